package topdraw.servers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.servers.http.Failure;
import topdraw.servers.http.Reply;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;

/// Tells servers apart by what they answer at routes that draw nothing: who owns the models at
/// `/v1/models`, and the routes that only one kind has.
public final class Recognition {
  private static final String VERSION = "version";

  private final ServerClient client;

  private Recognition(ServerClient client) {
    this.client = client;
  }

  /// Asks a server what it is.
  ///
  /// @param client asks it
  /// @return what it says
  /// @throws ServerException if nobody answers there, or not whoever asks with this key
  public static ServerIdentity of(ServerClient client) {
    return new Recognition(client.with(client.settings().within(client.settings().soon()).once()))
        .identity();
  }

  private ServerIdentity identity() {
    Optional<Reply> models = ask("/v1/models");
    JsonNode list = models.map(reply -> reply.json().path("data")).orElse(Json.mapper().nullNode());
    ServerKind kind = byOwner(list);
    if (kind == ServerKind.COMPATIBLE) kind = byHeaders(models);
    if (kind == ServerKind.COMPATIBLE) kind = byRoutes();
    List<String> names = new ArrayList<>();
    for (JsonNode model : list) model.path("id").asStringOpt().ifPresent(names::add);
    return switch (kind) {
      case LLAMA_CPP -> llamaCpp(names, list.path(0).path("meta"));
      case VLLM -> plain(kind, version("/version", VERSION), names);
      case OLLAMA -> plain(kind, version("/api/version", VERSION), names);
      case SGLANG -> plain(kind, version("/get_server_info", VERSION), names);
      case TRANSFORMERS, OPENAI, COMPATIBLE -> plain(kind, "", names);
    };
  }

  private static ServerKind byOwner(JsonNode models) {
    return switch (models.path(0).path("owned_by").asString("")) {
      case "llamacpp" -> ServerKind.LLAMA_CPP;
      case "vllm" -> ServerKind.VLLM;
      case "sglang" -> ServerKind.SGLANG;
      case "library" -> ServerKind.OLLAMA;
      default -> ServerKind.COMPATIBLE;
    };
  }

  private ServerKind byHeaders(Optional<Reply> models) {
    if (client.server().root().getHost().equals("api.openai.com")
        || models.flatMap(reply -> reply.header("openai-version")).isPresent()) {
      return ServerKind.OPENAI;
    }
    return models.flatMap(reply -> reply.header("server")).orElse("").equals("llama.cpp")
        ? ServerKind.LLAMA_CPP
        : ServerKind.COMPATIBLE;
  }

  private ServerKind byRoutes() {
    if (ask("/props").filter(r -> r.json().has("default_generation_settings")).isPresent()) {
      return ServerKind.LLAMA_CPP;
    }
    if (!version("/api/version", VERSION).isEmpty()) return ServerKind.OLLAMA;
    if (ask("/get_model_info").filter(r -> r.json().has("model_path")).isPresent()) {
      return ServerKind.SGLANG;
    }
    return ServerKind.COMPATIBLE;
  }

  private static ServerIdentity plain(ServerKind kind, String version, List<String> names) {
    return new ServerIdentity(kind, version, names, 0, 0, Map.of());
  }

  private ServerIdentity llamaCpp(List<String> names, JsonNode meta) {
    JsonNode props = ask("/props").map(Reply::json).orElse(Json.mapper().nullNode());
    Map<String, String> facts = new LinkedHashMap<>();
    props
        .path("chat_template")
        .asStringOpt()
        .ifPresent(template -> facts.put("chat-template-sha256", Json.sha256(template)));
    for (String fact : List.of("ftype", "size", "n_params")) {
      String value = meta.path(fact).asString("");
      if (!value.isEmpty()) facts.put("model-" + fact.replace('_', '-'), value);
    }
    return new ServerIdentity(
        ServerKind.LLAMA_CPP,
        props.path("build_info").asString(""),
        names.stream().map(Recognition::file).toList(),
        Math.max(0, props.path("total_slots").asInt(0)),
        Math.max(0, meta.path("n_vocab").asInt(0)),
        facts);
  }

  /// A model's name, where it is called by its file's path.
  static String file(String name) {
    return name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
  }

  private String version(String route, String name) {
    return ask(route).map(reply -> reply.json().path(name).asString("")).orElse("");
  }

  /// What stands at a route; empty where there is no such route.
  private Optional<Reply> ask(String route) {
    try {
      return Optional.of(client.get(route));
    } catch (ServerException e) {
      if (lasting(e.failure())) throw e;
      return Optional.empty();
    }
  }

  /// Whether the server will answer nothing else either.
  private static boolean lasting(@Nullable Failure failure) {
    return failure == null
        || switch (failure.kind()) {
          case UNREACHABLE, TIMED_OUT, BROKEN, NOT_ALLOWED -> true;
          case REFUSED, BUSY, SERVER_ERROR, UNREADABLE -> false;
        };
  }
}
