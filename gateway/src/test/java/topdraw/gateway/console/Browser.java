package topdraw.gateway.console;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// A real browser without a window, driven over its own protocol: what a person can press, type and
/// see. `CHROMIUM` names its program; otherwise it is found on the path.
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<String> addresses = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final WebSocket page;

  private Browser(Process process, int port) throws IOException, InterruptedException {
    this.process = process;
    HttpRequest fresh =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String target = client.send(fresh, BodyHandlers.ofString()).body();
    page =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(Json.read(target).path("webSocketDebuggerUrl").stringValue()),
                new Heard())
            .join();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) ask(domain + ".enable");
  }

  /// Skips the test, saying why, where there is no Chromium.
  static Browser in(Path folder) throws IOException, InterruptedException {
    String program =
        program()
            .orElseGet(
                () ->
                    abort(
                        "SKIPPED: no Chromium on the path, so the console was not opened in a"
                            + " browser; install chromium or name its program in CHROMIUM"));
    Path profile = folder.resolve("profile");
    Process process =
        new ProcessBuilder(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 10 * PATIENCE_SECONDS; i++) {
      if (Files.exists(port) && Files.readString(port).contains("\n")) {
        return new Browser(process, Integer.parseInt(Files.readAllLines(port).getFirst()));
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new IllegalStateException("Chromium did not open its port");
  }

  private static Optional<String> program() {
    return Optional.ofNullable(System.getenv("CHROMIUM")).or(Browser::onPath);
  }

  private static Optional<String> onPath() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private final class Heard implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean end) {
      text.append(data);
      if (end) {
        heard(Json.read(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void heard(JsonNode message) {
    CompletableFuture<JsonNode> waits = asked.remove(message.path("id").asInt(-1));
    if (waits != null) waits.complete(message);
    JsonNode told = message.path("params");
    switch (message.path("method").asString("")) {
      case "Network.requestWillBeSent" ->
          addresses.add(told.path("request").path("url").stringValue());
      case "Network.webSocketCreated" -> addresses.add(told.path("url").stringValue());
      case "Runtime.exceptionThrown", "Runtime.consoleAPICalled" -> complaints.add(told.toString());
      case "Log.entryAdded" -> complaints.add(told.path("entry").toString());
      default -> {}
    }
  }

  private JsonNode ask(String method, Object... settings) {
    var parameters = new java.util.LinkedHashMap<String, Object>();
    for (int i = 0; i < settings.length; i += 2)
      parameters.put((String) settings[i], settings[i + 1]);
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    page.sendText(Json.line(Map.of("id", id, "method", method, "params", parameters)), true).join();
    JsonNode message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (message.has("error"))
      throw new IllegalStateException(method + ": " + message.path("error"));
    return message.path("result");
  }

  void open(String address) {
    ask("Page.navigate", "url", address);
    until("document.readyState === 'complete'");
  }

  /// What an expression of the page comes to.
  JsonNode value(String expression) {
    JsonNode answer =
        ask(
            "Runtime.evaluate",
            "expression",
            expression,
            "returnByValue",
            true,
            "awaitPromise",
            true);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  String text(String expression) {
    return value("String(" + expression + ")").stringValue();
  }

  boolean holds(String expression) {
    return value("Boolean(" + expression + ")").booleanValue();
  }

  /// Waits until something holds; what the page shows is told where it never does.
  void until(String expression) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds(expression)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never came to be: "
                + expression
                + "\n"
                + complaints
                + "\n"
                + text("document.body.innerText"));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Presses a key as a hand does.
  void press(String key, int code) {
    String text = key.equals("Enter") ? "\r" : "";
    for (String type : List.of("keyDown", "keyUp")) {
      ask(
          "Input.dispatchKeyEvent",
          "type",
          type.equals("keyDown") && text.isEmpty() ? "rawKeyDown" : type,
          "key",
          key,
          "code",
          key,
          "windowsVirtualKeyCode",
          code,
          "text",
          type.equals("keyDown") ? text : "");
    }
  }

  void tab() {
    press("Tab", 9);
  }

  void enter() {
    press("Enter", 13);
  }

  /// Goes by the tabulator to the element of a name.
  void tabTo(String id) {
    for (int i = 0; i < 60; i++) {
      if (text("document.activeElement.id").equals(id)) return;
      tab();
    }
    throw new AssertionError("the tabulator does not lead to " + id);
  }

  /// Types into what has the focus.
  void type(String text) {
    ask("Input.insertText", "text", text);
  }

  void size(int width, int height) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        false);
  }

  /// What the person at the screen prefers.
  void prefers(String feature, String value) {
    ask("Emulation.setEmulatedMedia", "features", List.of(Map.of("name", feature, "value", value)));
  }

  void picture(Path file) throws IOException {
    String png = ask("Page.captureScreenshot", "format", "png").path("data").stringValue();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  /// Begins anew: nothing asked for, nothing complained of, nothing stored.
  void forget() {
    open("about:blank");
    addresses.clear();
    complaints.clear();
  }

  /// Every address that the page has asked for.
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  /// What the browser and its page have complained of.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Asks it to end, so that it tidies up, and ends it where it does not.
  @Override
  public void close() {
    page.sendText(Json.line(Map.of("id", 0, "method", "Browser.close")), true).join();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    client.shutdownNow(); // close would wait for the socket to the browser that has ended
  }
}
