package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import topdraw.llama.file.ModelFile;

/// llama.cpp's own server in a process of its own.
///
/// @param process the server, which ends with its input
/// @param url where it listens
record LlamaServer(Process process, String url) implements AutoCloseable {
  private static final Path PYTHON = Path.of("..", "target", "python-servers", "bin", "python3");
  private static final Path SCRIPT =
      Path.of("..", "bench", "src", "main", "resources", "topdraw", "bench", "llama_server.py");

  /// Starts it; skips the test where it is not installed.
  ///
  /// @param model what it holds
  /// @param slots how many completions it draws at once
  static LlamaServer start(ModelFile model, int slots) throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                PYTHON.toAbsolutePath().toString(),
                SCRIPT.toAbsolutePath().toString(),
                model.path().toString(),
                Integer.toString(port),
                Integer.toString(slots))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    LlamaServer server = new LlamaServer(process, "http://127.0.0.1:" + port);
    assertThat(process.inputReader().lines().anyMatch("ready"::equals)).isTrue();
    return server;
  }

  static void assumeInstalled() {
    assumeTrue(
        Files.isExecutable(PYTHON),
        "llama.cpp's server is not installed in target/python-servers (./check --install brings it)");
  }

  /// A port on which nobody listens for now.
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
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
