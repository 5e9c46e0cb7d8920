package topdraw.gateway.http;

import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.gateway.Gateway;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.settings.Alias;
import topdraw.json.Json;

/// `/v1/models`: the names that clients can ask for.
final class Models {
  private final Gateway gateway;
  private final long created = System.currentTimeMillis() / 1000;

  Models(Gateway gateway) {
    this.gateway = gateway;
  }

  void on(HttpRouting.Builder routing) {
    routing.get(
        "/v1/models",
        (request, response) -> {
          List<Object> data = new ArrayList<>();
          gateway.aliases().forEach(alias -> data.add(model(alias)));
          Requests.json(response, Json.line(Map.of("object", "list", "data", data)));
        });
    routing.get(
        "/v1/models/{+name}",
        (request, response) -> {
          String name = request.path().pathParameters().get("name");
          Alias alias =
              gateway.aliases().stream()
                  .filter(known -> known.name().equals(name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new ApiException(
                              404,
                              "invalid_request_error",
                              "model_not_found",
                              Optional.of("model"),
                              "there is no such model here; /v1/models lists all"));
          Requests.json(response, Json.line(model(alias)));
        });
  }

  private Map<String, Object> model(Alias alias) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", alias.name());
    json.put("object", "model");
    json.put("created", created);
    json.put("owned_by", "topdraw");
    return json;
  }
}
