package topdraw.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `topdraw serve` in a process of its own, as the program starts it.
///
/// @param process the gateway
/// @param port where it listens
record GatewayProcess(Process process, int port) implements AutoCloseable {
  private static final Pattern SERVED = Pattern.compile(".* is served at http://[^:]+:(\\d+)/.*");

  /// What the gateway is told: one name, `best`, and room for as many as ask here.
  ///
  /// @param upstream the model's server
  /// @param n completions an answer
  /// @param ledger where drift is counted
  static String settings(String upstream, int n, Optional<Path> ledger) {
    return ledger.map(file -> "ledger = '" + file + "'\n").orElse("")
        + """
        [server]
        url = "%s"
        at-once = 16384
        [aliases.best]
        n = %d
        [limits]
        at-once = 8192
        """
            .formatted(upstream, n);
  }

  /// Starts it and waits until it listens.
  ///
  /// @param folder takes its settings
  /// @param settings what its file says
  /// @throws IOException if it ends before it listens
  static GatewayProcess start(Path folder, String settings) throws IOException {
    Path file = Files.writeString(folder.resolve("gateway.toml"), settings);
    List<String> command =
        new ArrayList<>(
            List.of(
                ServerProcess.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.incubator.vector"));
    Stream.of(System.getenv().getOrDefault("TOPDRAW_JAVA_OPTS", "").split(" ", -1))
        .filter(option -> !option.isEmpty())
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "topdraw.cli.Topdraw",
            "serve",
            "--port",
            "0",
            "--gateway",
            file.toString()));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new GatewayProcess(process, served(process.errorReader()));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int served(BufferedReader told) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      Matcher served = SERVED.matcher(line);
      if (served.matches()) {
        Thread.ofVirtual().start(() -> drain(told)); // it must not wait for us
        return Integer.parseInt(served.group(1));
      }
      all.append(line).append('\n');
    }
    throw new IOException("the gateway ended before it listened, and said: " + all);
  }

  private static void drain(BufferedReader told) {
    try {
      told.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // it was killed
    }
  }

  Vitals vitals() throws IOException {
    return Vitals.of(process.pid());
  }

  /// What it has used of the processor since it started.
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Ends it as a power cut would, and waits for the end.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
