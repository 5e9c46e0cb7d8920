package topdraw.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Answers a second beside optillm, a best-of-n proxy of others. For a best of n that asks for n
/// completions in one call and then has each rated in a call of its own; ours asks for n + 1
/// completions, one a call, so that both make n + 1 calls to the model's server.
///
/// @param folder takes settings
/// @param program optillm
/// @param rounds runs of each
/// @param time of each run
/// @param progress is told each run in a line
record OptillmBench(
    Path folder, Path program, int rounds, Duration time, Consumer<String> progress) {
  private static final Duration START = Duration.ofMinutes(3);

  /// Both, asked by clients that ask one question after the other.
  ///
  /// @param clients how many
  /// @param ourCalls to the model's server for one answer
  /// @param theirCalls the same of optillm
  /// @param ours answers a second of each round
  /// @param theirs answers a second of each round
  record Report(
      int clients, double ourCalls, double theirCalls, List<Double> ours, List<Double> theirs) {
    /// Copies the lists.
    Report {
      ours = List.copyOf(ours);
      theirs = List.copyOf(theirs);
    }
  }

  /// One run.
  private record Run(int answers, double seconds, long calls) {
    double perSecond() {
      return answers / seconds;
    }
  }

  /// Measures both, in turns.
  ///
  /// @param upstream the model's server
  /// @param clients how many ask
  /// @param n completions of optillm's answers
  Report beside(ServerProcess upstream, int clients, int n) throws IOException {
    int port = ServerProcess.freePort();
    Process optillm = start(upstream, port, n);
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder, GatewayProcess.settings(upstream.url(), n + 1, Optional.empty()))) {
      awaitPort(optillm, port);
      List<Run> ours = new ArrayList<>();
      List<Run> theirs = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        Run mine = run(upstream, gateway.port(), clients);
        Run other = run(upstream, port, clients);
        if (round == 0) continue; // warms up
        ours.add(mine);
        theirs.add(other);
        progress.accept(
            "round %d: %.1f answers/s, optillm %.1f"
                .formatted(round, mine.perSecond(), other.perSecond()));
      }
      return new Report(
          clients,
          calls(ours),
          calls(theirs),
          ours.stream().map(Run::perSecond).toList(),
          theirs.stream().map(Run::perSecond).toList());
    } finally {
      optillm.destroyForcibly();
    }
  }

  private static double calls(List<Run> runs) {
    return runs.stream().mapToLong(Run::calls).sum()
        / (double) runs.stream().mapToInt(Run::answers).sum();
  }

  private Process start(ServerProcess upstream, int port, int n) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toAbsolutePath().toString(),
                "--base-url",
                upstream.url() + "/v1",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--approach",
                "bon",
                "--best-of-n",
                Integer.toString(n),
                "--log",
                "error")
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("OPENAI_API_KEY", "none");
    return builder.start();
  }

  private static void awaitPort(Process process, int port) throws IOException {
    long until = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        new Connection(port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > until) {
          throw new IOException("optillm does not listen", e);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// A connection a question: optillm's server keeps none open.
  private Run run(ServerProcess upstream, int port, int clients) throws IOException {
    long before = upstream.calls();
    long began = System.nanoTime();
    long until = began + time.toNanos();
    AtomicInteger answers = new AtomicInteger();
    GatewayBench.together(
        clients,
        client -> {
          for (int i = 0; System.nanoTime() < until; i++) {
            try (Connection connection = new Connection(port)) {
              byte[] question = GatewayBench.question("best", (long) client << 16 | i, "");
              GatewayBench.answered(connection.ask(question));
              answers.incrementAndGet();
            }
          }
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Run(answers.get(), seconds, upstream.calls() - before);
  }
}
