package topdraw.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.ServerUpstream;
import topdraw.gateway.http.Door;
import topdraw.gateway.http.GatewayServer;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.question.Options;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.GatewaySettings.Key;
import topdraw.gateway.settings.Limits;
import topdraw.json.Json;
import topdraw.provider.Surroundings;
import topdraw.reward.RewardCatalog;
import topdraw.servers.Forwarding;
import topdraw.servers.WordServer;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.Secret;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.theory.finding.Confidence;

/// A gateway in front of a server of four words, each as likely: what it answers can be worked out.
final class ServedWords implements AutoCloseable {
  static final Alias WORDS = new Alias("words", Options.NONE, Optional.empty());

  private final WordServer words;
  private final Gateway gateway;
  private final GatewayServer server;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedWords(
      WordServer words,
      Optional<Secret> upstreamKey,
      Set<String> keys,
      List<Alias> aliases,
      Limits limits,
      Ledger ledger) {
    this(words, upstreamKey, keys, aliases, limits, ledger, GatewayServer.ARRIVAL, answer -> {});
  }

  private ServedWords(
      WordServer words,
      Optional<Secret> upstreamKey,
      Set<String> keys,
      List<Alias> aliases,
      Limits limits,
      Ledger ledger,
      Duration arrival,
      Consumer<Answer> told) {
    this.words = words;
    Forwarding forwarding =
        Forwarding.open(
            ServerClient.of(
                ServerAddress.of(words.url()),
                upstreamKey,
                ClientSettings.defaults().once(),
                Surroundings.of(Map.of())),
            Optional.empty());
    gateway =
        new Gateway(
            new ServerUpstream(forwarding, 64, 4),
            new RewardShelf(
                RewardCatalog.withoutModel(),
                Map.of("colourful", "sum(1*regex:red, 2*regex:blue)")),
            limits,
            aliases,
            ledger,
            told);
    Map<String, Key> known = new TreeMap<>();
    keys.forEach(
        key ->
            known.put(
                "caller" + (known.size() + 1), new Key(Json.sha256(key), OptionalInt.empty())));
    server =
        GatewayServer.start(
            gateway,
            new Door(known, Set.of("127.0.0.1", "localhost")),
            limits,
            Confidence.DEFAULT,
            "127.0.0.1",
            0,
            new RequestLog(new PrintStream(log, true, StandardCharsets.UTF_8)),
            arrival);
  }

  static ServedWords start() {
    return start(WordServer.Fault.NONE);
  }

  static ServedWords start(WordServer.Fault fault) {
    return start(fault, List.of(WORDS), Limits.USUAL);
  }

  static ServedWords start(WordServer.Fault fault, List<Alias> aliases, Limits limits) {
    return new ServedWords(
        WordServer.start("words", fault),
        Optional.empty(),
        Set.of(),
        aliases,
        limits,
        new Ledger.None());
  }

  static ServedWords counted(List<Alias> aliases, WordServer.Fault fault, Database database)
      throws IOException {
    return new ServedWords(
        WordServer.start("words", fault),
        Optional.empty(),
        Set.of(),
        aliases,
        Limits.USUAL,
        new AccountsLedger(
            DriftAccounts.open(database, "test", InstantSource.system()),
            aliases,
            Limits.USUAL,
            Confidence.DEFAULT,
            line -> {}));
  }

  static ServedWords locked(Set<String> keys) {
    return locked(keys, Optional.empty(), WordServer.Fault.NONE, new Ledger.None());
  }

  /// Behind a key, in front of a server that has one of its own.
  static ServedWords locked(
      Set<String> keys, Optional<Secret> upstreamKey, WordServer.Fault fault, Ledger ledger) {
    return new ServedWords(
        WordServer.start("words", fault), upstreamKey, keys, List.of(WORDS), Limits.USUAL, ledger);
  }

  /// A request has to arrive within some seconds.
  static ServedWords dripping(int seconds) {
    return new ServedWords(
        WordServer.start(),
        Optional.empty(),
        Set.of(),
        List.of(WORDS),
        Limits.USUAL,
        new Ledger.None(),
        Duration.ofSeconds(seconds),
        answer -> {});
  }

  /// Each answer is told before it goes out.
  static ServedWords telling(Consumer<Answer> told) {
    return new ServedWords(
        WordServer.start(),
        Optional.empty(),
        Set.of(),
        List.of(WORDS),
        Limits.USUAL,
        new Ledger.None(),
        GatewayServer.ARRIVAL,
        told);
  }

  WordServer words() {
    return words;
  }

  Gateway gateway() {
    return gateway;
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  GatewayServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  /// A conversation, with what a body holds beside it.
  static String chat(String more) {
    return "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"Colours?\"}],"
        + "\"max_tokens\":3"
        + (more.isEmpty() ? "" : "," + more)
        + "}";
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    return sent(request.build());
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
    if (headers.length > 0) request.headers(headers);
    return sent(request.build());
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Asks, and expects an answer.
  JsonNode ask(String more, String... headers) {
    HttpResponse<String> answer = post("/v1/chat/completions", chat(more), headers);
    if (answer.statusCode() != 200) throw new AssertionError(answer.body());
    return Json.read(answer.body());
  }

  /// Asks, and expects none.
  JsonNode refused(int status, String body) {
    HttpResponse<String> answer = post("/v1/chat/completions", body);
    if (answer.statusCode() != status) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Json.read(answer.body()).path("error");
  }

  @Override
  public void close() {
    server.close();
    gateway.close();
    words.close();
  }
}
