package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.llama.file.ModelFile;

/// Ollama in a process of its own, with a folder of its own.
///
/// @param process the server
/// @param url where it listens
record OllamaServer(Process process, String url) implements AutoCloseable {
  private static final Path PROGRAM = Path.of("..", "target", "ollama", "ollama").toAbsolutePath();
  private static final String MODEL = "smollm2";

  static void assumeInstalled() {
    assumeTrue(
        Boolean.getBoolean("topdraw.servers"),
        "only ./check --servers draws from Ollama, which takes minutes to build");
    assumeTrue(
        Files.isExecutable(PROGRAM),
        "Ollama could not be built in target/ollama (tools/ollama.sh says why)");
  }

  /// Starts it with one model, `smollm2`.
  ///
  /// @param home its folder
  static OllamaServer start(Path home, ModelFile model) throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + LlamaServer.freePort();
    OllamaServer server = new OllamaServer(command(home, url, "serve").start(), url);
    try {
      server.awaitAnswer();
      Path recipe =
          Files.writeString(
              home.resolve("Modelfile"), "FROM " + model.path() + "\nPARAMETER num_thread 1\n");
      Process create = command(home, url, "create", MODEL, "-f", recipe.toString()).start();
      assertThat(create.waitFor()).isZero();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static ProcessBuilder command(Path home, String url, String... words) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(PROGRAM.toString()), List.of(words).stream()).toList())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("OLLAMA_HOST", URI.create(url).getAuthority());
    builder.environment().put("OLLAMA_MODELS", home.resolve("models").toString());
    return builder;
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    while (true) {
      try {
        ask("/api/tags", "");
        return;
      } catch (IOException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) throw e;
      }
    }
  }

  /// What it says at a route.
  ///
  /// @param body what is asked; empty to ask for what lies there
  JsonNode ask(String route, String body) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + route));
      if (!body.isEmpty()) request.POST(BodyPublishers.ofString(body));
      return Json.read(http.send(request.build(), BodyHandlers.ofString()).body());
    }
  }

  /// Ends it, and the process of its own that holds the model.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
