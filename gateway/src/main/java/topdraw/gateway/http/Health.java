package topdraw.gateway.http;

import io.helidon.webserver.http.HttpRouting;
import java.util.Map;
import java.util.Optional;
import topdraw.gateway.Gateway;
import topdraw.json.Json;

/// Whether the process lives, and whether it can answer. Neither draws a token.
final class Health {
  private static final long FRESH_NANOS = 1_000_000_000;

  private final Gateway gateway;
  private volatile boolean draining;
  private Optional<String> unready = Optional.empty();
  private long seen = System.nanoTime() - FRESH_NANOS;

  Health(Gateway gateway) {
    this.gateway = gateway;
  }

  /// From now on others are to be asked.
  void drain() {
    draining = true;
  }

  /// Why nothing can be answered now; empty where it can. Anyone may ask, so the model's server and
  /// the ledger are asked once a second at most.
  synchronized Optional<String> unready() {
    if (draining) return Optional.of("the gateway is about to end");
    if (System.nanoTime() - seen >= FRESH_NANOS) {
      unready = gateway.unready();
      seen = System.nanoTime();
    }
    return unready;
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
