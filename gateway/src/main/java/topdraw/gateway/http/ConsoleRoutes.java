package topdraw.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import topdraw.gateway.console.ConsolePage;
import topdraw.gateway.console.ConsoleState;
import topdraw.json.Json;

/// The console: its files are for anyone, what they show needs the key that the rest needs.
final class ConsoleRoutes {
  private final ConsolePage page;
  private final ConsoleState state;
  private final Health health;
  private final Trials trials;

  ConsoleRoutes(ConsolePage page, ConsoleState state, Health health, Trials trials) {
    this.page = page;
    this.state = state;
    this.health = health;
    this.trials = trials;
  }

  void on(HttpRouting.Builder routing) {
    for (String way : ConsolePage.WAYS_THERE) {
      routing.get(
          way,
          (request, response) -> {
            response.header(HeaderNames.LOCATION, ConsolePage.PATH);
            response.status(Status.FOUND_302).send();
          });
    }
    for (String path : page.paths()) {
      routing.get(path, (request, response) -> send(page.at(path), response));
    }
    routing.get(
        "/console/state",
        (request, response) ->
            told(response, state.state(Requests.key(request), Health.version(), health.unready())));
    routing.get(
        "/console/ledger",
        (request, response) ->
            told(
                response,
                state.ledger(Requests.key(request), request.query().first("alias").orElse(""))));
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
}
