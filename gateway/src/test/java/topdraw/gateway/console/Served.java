package topdraw.gateway.console;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import topdraw.gateway.AccountsLedger;
import topdraw.gateway.Gateway;
import topdraw.gateway.Ledger;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.http.Door;
import topdraw.gateway.http.GatewayServer;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.OptionsReader;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Budget;
import topdraw.gateway.settings.GatewaySettings.Key;
import topdraw.gateway.settings.Limits;
import topdraw.json.Json;
import topdraw.reward.RewardCatalog;
import topdraw.theory.finding.Confidence;

/// A gateway with its console, in front of some model.
final class Served implements AutoCloseable {
  static final String PROMPT = "What is the capital of France?";

  private final Gateway gateway;
  private final GatewayServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private Served(Upstream upstream, Ledger ledger, List<Alias> aliases, Map<String, Key> keys) {
    gateway =
        new Gateway(
            upstream,
            new RewardShelf(RewardCatalog.withoutModel(), Map.of()),
            Limits.USUAL,
            aliases,
            ledger,
            answer -> {});
    server =
        GatewayServer.start(
            gateway,
            new Door(keys, Set.of("127.0.0.1")),
            Limits.USUAL,
            Confidence.DEFAULT,
            "127.0.0.1",
            0,
            new RequestLog(new PrintStream(PrintStream.nullOutputStream())));
  }

  /// Two names, nothing counted.
  static Served of(Upstream upstream) {
    return new Served(upstream, new Ledger.None(), aliases(), Map.of());
  }

  /// The same behind a key, whose name is `alice`.
  static Served locked(Upstream upstream, String key) {
    return new Served(
        upstream,
        new Ledger.None(),
        aliases(),
        Map.of("alice", new Key(Json.sha256(key), OptionalInt.empty())));
  }

  /// The same with a ledger in a file.
  static Served counted(Upstream upstream, Path file) throws IOException {
    List<Alias> aliases = aliases();
    return new Served(
        upstream,
        new AccountsLedger(
            DriftAccounts.open(new Database.Sqlite(file), "one", InstantSource.system()),
            aliases,
            Limits.USUAL,
            Confidence.DEFAULT,
            line -> {}),
        aliases,
        Map.of());
  }

  private static List<Alias> aliases() {
    return List.of(
        new Alias("plain", Options.NONE, Optional.empty()),
        new Alias(
            "paris",
            OptionsReader.of(
                Json.read("{\"n\": 16, \"reward\": \"regex:Paris\", \"method\": \"best-of-n\"}"),
                ""),
            Optional.of(new Budget(60, false, true, Optional.of(Duration.ofDays(1)), 2, 16))));
  }

  /// What the page sends for the name `paris`.
  static String asked(String options) {
    return "{\"model\":\"paris\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + PROMPT
        + "\"}],\"max_tokens\":24,\"topdraw\":{"
        + options
        + "}}";
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The answer of the interface itself to what the page asks.
  JsonNode answer() throws Exception {
    return Json.read(post("/v1/chat/completions", asked("\"candidates\":\"full\"")).body());
  }

  /// Ends the server, not what is behind it.
  void end() {
    server.close();
  }

  @Override
  public void close() {
    http.close();
    server.close();
    gateway.close();
  }
}
