package topdraw.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import topdraw.llama.file.ModelFile;

/// A server in a process of its own, which ends when this is closed.
///
/// @param process the server
/// @param url where it listens
record ServerProcess(Process process, String url) implements AutoCloseable {
  private static final String SCRIPT = "llama_server.py";

  /// A server that draws nothing.
  ///
  /// @param late how long it waits before each answer
  static ServerProcess fast(Duration late) throws IOException {
    return fast(late, List.of());
  }

  /// The same, which now and then refuses, breaks off or dawdles.
  ///
  /// @param late how long it waits before each answer
  static ServerProcess faulty(Duration late) throws IOException {
    return fast(late, List.of("faults"));
  }

  private static ServerProcess fast(Duration late, List<String> more) throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(FastServer.class.getName());
    command.add(Long.toString(late.toMillis()));
    command.addAll(more);
    Process process = start(command);
    return new ServerProcess(process, "http://127.0.0.1:" + line(process));
  }

  /// llama.cpp's own server.
  ///
  /// @param python a Python that has it
  /// @param slots how many completions it draws at once
  static ServerProcess llama(Path python, ModelFile model, int slots) throws IOException {
    int port = freePort();
    Process process =
        start(
            List.of(
                python.toString(),
                "-c",
                script(),
                model.path().toString(),
                Integer.toString(port),
                Integer.toString(slots)));
    String line = line(process);
    while (!line.equals("ready")) line = line(process);
    return new ServerProcess(process, "http://127.0.0.1:" + port);
  }

  int port() {
    return URI.create(url).getPort();
  }

  /// How many completions one that draws nothing was asked for.
  long calls() throws IOException {
    try (Connection connection = new Connection(port())) {
      return Long.parseLong(connection.ask(Connection.get("/calls")).text());
    }
  }

  /// A port that nobody listens on.
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /// The Java that runs this.
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String line(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    String line = reader.readLine();
    if (line == null) throw new IOException("the server ended before it was ready");
    return line;
  }

  private static String script() throws IOException {
    try (InputStream in = ServerProcess.class.getResourceAsStream(SCRIPT)) {
      return new String(Objects.requireNonNull(in, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
