package topdraw.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import topdraw.gateway.console.ConsolePage;
import topdraw.gateway.console.ConsoleState;
import topdraw.gateway.question.ApiException;
import topdraw.json.Json;

/// The console: its files are for anyone, what they show needs the key that the rest needs.
final class ConsoleRoutes {
  private static final ConsolePage PAGE = new ConsolePage();
  private static final Set<String> WAYS_THERE = Set.of("/", "/console");

  private final ConsoleState state;
  private final Health health;
  private final Trials trials;

  ConsoleRoutes(ConsoleState state, Health health, Trials trials) {
    this.state = state;
    this.health = health;
    this.trials = trials;
  }

  /// Whether a path holds nothing of anybody's.
  static boolean open(String path) {
    return WAYS_THERE.contains(path) || PAGE.paths().contains(path);
  }

  void on(HttpRouting.Builder routing) {
    for (String way : WAYS_THERE) {
      routing.get(
          way,
          (request, response) -> {
            response.header(HeaderNames.LOCATION, ConsolePage.PATH);
            response.status(Status.FOUND_302).send();
          });
    }
    for (String path : PAGE.paths()) {
      routing.get(path, (request, response) -> send(PAGE.at(path), response));
    }
    routing.get(
        "/console/state",
        (request, response) ->
            told(response, state.state(key(request), Health.version(), health.unready())));
    routing.get(
        "/console/ledger",
        (request, response) ->
            told(response, state.ledger(key(request), request.query().first("alias").orElse(""))));
    routing.post("/console/try", trials::answer);
  }

  private static void send(ConsolePage.Asset asset, ServerResponse response) {
    ConsolePage.HEADERS.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.header(HeaderNames.CONTENT_TYPE, asset.type());
    response.send(asset.bytes());
  }

  private static void told(ServerResponse response, Map<String, Object> json) {
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    Requests.json(response, Json.line(json));
  }

  static String key(ServerRequest request) {
    return request.context().get(Requests.KEY, String.class).orElse(Door.NOBODY);
  }

  /// A form of another page cannot set a header.
  static void requireOurs(ServerRequest request) {
    if (!Requests.header(request, "x-topdraw-console").equals(Optional.of("1"))) {
      throw new ApiException(
          403,
          "permission_error",
          "console_only",
          Optional.empty(),
          "this route is the console's own, with the header X-Topdraw-Console: 1; programs ask"
              + " /v1/chat/completions");
    }
  }
}
