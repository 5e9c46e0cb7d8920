package topdraw.servers.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import topdraw.json.Json;

/// Toxiproxy before a server: a real proxy of TCP in another process that delays, slices, cuts,
/// resets and swallows what passes, switched on and off while it passes.
public final class FaultProxy implements AutoCloseable {
  private static final Path PROGRAM = Path.of("..", "target", "tools", "toxiproxy-server");
  private static final String ONE = "/proxies/server";

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String api;
  private final String url;

  private FaultProxy(String upstream) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    api = "http://127.0.0.1:" + port;
    process =
        new ProcessBuilder(
                PROGRAM.toAbsolutePath().toString(), "-host", "127.0.0.1", "-port", "" + port)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitApi();
      String made =
          call(
              "POST",
              "/proxies",
              Map.of(
                  "name",
                  "server",
                  "listen",
                  "127.0.0.1:0",
                  "upstream",
                  URI.create(upstream).getAuthority(),
                  "enabled",
                  true));
      url = "http://" + Json.read(made).path("listen").asString();
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Skips the test where there is no Toxiproxy, and says why.
  public static void assumeInstalled() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        "Toxiproxy is not installed in target/tools (./check --install brings it where Go 1.19 or"
            + " later is)");
  }

  /// Starts a proxy.
  ///
  /// @param url the server's address
  public static FaultProxy before(String url) {
    try {
      return new FaultProxy(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitApi() throws IOException, InterruptedException {
    while (true) {
      try {
        call("GET", "/version", Map.of());
        return;
      } catch (IOException e) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IOException("Toxiproxy ended with " + process.exitValue(), e);
        }
      }
    }
  }

  /// Where to ask in the server's place.
  public String url() {
    return url;
  }

  /// Does something to whatever the server answers, from now on.
  ///
  /// @param toxic Toxiproxy's name of it
  /// @param attributes its settings
  public void add(String toxic, Map<String, Object> attributes) {
    ask(
        "POST",
        ONE + "/toxics",
        Map.of("type", toxic, "stream", "downstream", "attributes", attributes));
  }

  /// Closes every connection and lets nobody connect.
  public void down() {
    ask("POST", ONE, Map.of("enabled", false));
  }

  /// Ends all faults.
  public void heal() {
    ask("POST", "/reset", Map.of());
  }

  private void ask(String method, String path, Map<String, Object> body) {
    try {
      call(method, path, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String call(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(api + path))
                .method(method, BodyPublishers.ofString(Json.line(body)))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) throw new IllegalStateException(answer.body());
    return answer.body();
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroyForcibly();
  }
}
