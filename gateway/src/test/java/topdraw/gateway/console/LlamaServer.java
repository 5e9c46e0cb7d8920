package topdraw.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import topdraw.gateway.draw.ServerUpstream;
import topdraw.gateway.draw.Upstream;
import topdraw.provider.Surroundings;
import topdraw.servers.Forwarding;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;

/// llama.cpp's own server with the small model, in a process of its own.
///
/// @param process the server, which ends with its input
/// @param url where it listens
record LlamaServer(Process process, String url) implements AutoCloseable {
  private static final Path PYTHON = Path.of("..", "target", "python-servers", "bin", "python3");
  private static final Path SCRIPT =
      Path.of("..", "bench", "src", "main", "resources", "topdraw", "bench", "llama_server.py");
  private static final Path MODEL =
      Path.of(
          System.getProperty("user.home"),
          ".cache",
          "topdraw",
          "models",
          "SmolLM2-135M-Instruct.Q4_1.gguf");

  /// Starts it; skips the test where it is not installed.
  ///
  /// @param slots how many completions it draws at once
  static LlamaServer start(int slots) throws IOException {
    assumeTrue(
        Files.isExecutable(PYTHON),
        "llama.cpp's server is not installed in target/python-servers (./check --install brings"
            + " it)");
    assumeTrue(Files.isReadable(MODEL), "the small model was not fetched yet (./topdraw models)");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                PYTHON.toAbsolutePath().toString(),
                SCRIPT.toAbsolutePath().toString(),
                MODEL.toString(),
                Integer.toString(port),
                Integer.toString(slots))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    LlamaServer server = new LlamaServer(process, "http://127.0.0.1:" + port);
    assertThat(process.inputReader().lines().anyMatch("ready"::equals)).isTrue();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  Upstream upstream() {
    return new ServerUpstream(
        Forwarding.open(
            ServerClient.of(
                ServerAddress.of(url),
                Optional.empty(),
                ClientSettings.defaults(),
                Surroundings.of(Map.of())),
            Optional.empty()),
        16,
        4);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
