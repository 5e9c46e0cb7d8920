package topdraw.gateway.http;

import io.helidon.webserver.http.HttpRouting;
import java.util.Map;
import java.util.Optional;
import topdraw.gateway.Gateway;
import topdraw.json.Json;

/// Whether the process lives, and whether it can answer. Neither draws a token.
final class Health {
  private final Gateway gateway;
  private volatile boolean draining;

  Health(Gateway gateway) {
    this.gateway = gateway;
  }

  /// From now on others are to be asked.
  void drain() {
    draining = true;
  }

  /// Why nothing can be answered now; empty where it can.
  Optional<String> unready() {
    return draining ? Optional.of("the gateway is about to end") : gateway.unready();
  }

  /// The program's version.
  static String version() {
    return Optional.ofNullable(Health.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  void on(HttpRouting.Builder routing) {
    routing.get(
        "/healthz/live",
        (request, response) -> Requests.json(response, Json.line(Map.of("status", "live"))));
    routing.get(
        "/healthz/ready",
        (request, response) -> {
          Optional<String> why = unready();
          response.status(why.isEmpty() ? 200 : 503);
          Requests.json(
              response,
              Json.line(
                  why.isEmpty()
                      ? Map.of("status", "ready")
                      : Map.of("status", "not ready", "reason", why.get())));
        });
    routing.get(
        "/version",
        (request, response) ->
            Requests.json(
                response, Json.line(Map.of("topdraw", version(), "model", gateway.model()))));
  }
}
