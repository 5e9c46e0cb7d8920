package topdraw.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What the gateway adds to the draws that it makes, how many answers it gives, what it holds.
///
/// @param folder takes settings and ledgers
/// @param n completions an answer
/// @param rounds runs of each side behind every median
/// @param progress is told each run in a line
record GatewayBench(Path folder, int n, int rounds, Consumer<String> progress) {
  private static final int TOKENS = 16;
  private static final byte[] HALF = "POST /v1/chat/comple".getBytes(StandardCharsets.US_ASCII);
  private static final int WARMING = 8;
  private static final int WARM_UP = 5_000;
  private static final int LATE_MILLIS = 5_000;

  /// One gateway at a constant rate, in turns with the same draws made side by side without it.
  ///
  /// @param ledger whether drift was counted, in a file of SQLite
  /// @param perSecond answers a second that came, the median of the rounds
  /// @param direct 50th and 99th percentile of the draws alone, in milliseconds
  /// @param gateway the same of its answers
  /// @param addedMedian the gateway's median less that of the draws alone, of each round, in
  ///   milliseconds
  /// @param addedTail the same of the 99th percentiles
  /// @param processorMillis the gateway's, for one answer
  record Rate(
      boolean ledger,
      double perSecond,
      Percentiles direct,
      Percentiles gateway,
      List<Double> addedMedian,
      List<Double> addedTail,
      double processorMillis) {
    /// Copies the lists.
    Rate {
      addedMedian = List.copyOf(addedMedian);
      addedTail = List.copyOf(addedTail);
    }
  }

  /// Two percentiles, each the median of the rounds.
  ///
  /// @param median the 50th, in milliseconds
  /// @param tail the 99th
  record Percentiles(double median, double tail) {
    static Percentiles of(List<Latencies> runs) {
      return new Percentiles(
          Median.of(runs, run -> run.millis(.5)), Median.of(runs, run -> run.millis(.99)));
    }
  }

  /// Many streams at once.
  ///
  /// @param streams how many, all of them open at one time
  /// @param peakBytes the gateway's peak of resident memory
  record Streams(int streams, long peakBytes) {}

  /// Answers with idle connections and readers that do not read beside them.
  ///
  /// @param idle connections on which nothing, or half a question, is ever sent
  /// @param slow streams that nobody reads
  /// @param answers those of the others, at the rate of [Rate]
  /// @param peakBytes the gateway's peak of resident memory
  record Crowd(int idle, int slow, Percentiles answers, long peakBytes) {}

  /// A question to the gateway.
  ///
  /// @param model the name that is asked for
  /// @param more fields, each after a comma
  static byte[] question(String model, long seed, String more) {
    return Connection.post(
        "/v1/chat/completions",
        ("{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Say sixteen words.\"}],"
                + "\"max_tokens\":%d,\"seed\":%d%s}")
            .formatted(model, TOKENS, seed, more));
  }

  /// What the gateway asks for one of its draws.
  private static byte[] draw(long seed) {
    return question("words", seed, ",\"temperature\":1,\"logprobs\":true,\"top_logprobs\":1");
  }

  static Connection.Reply answered(Connection.Reply reply) throws IOException {
    if (reply.status() == 200) return reply;
    throw new IOException("answered with " + reply.status() + ": " + reply.text());
  }

  /// Measures what the gateway adds.
  ///
  /// @param upstream the model's server
  /// @param ledger whether drift is counted
  /// @param load how it is asked
  Rate rate(ServerProcess upstream, boolean ledger, ConstantRate load) throws IOException {
    List<Latencies> direct = new ArrayList<>();
    List<Latencies> through = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    try (GatewayProcess gateway = start(upstream, ledger);
        Connections draws = new Connections(upstream.port());
        Connections answers = new Connections(gateway.port())) {
      warmUp(answers, load);
      for (int round = 1; round <= rounds; round++) {
        int first = round * load.questions();
        Latencies alone = load.of(i -> drawn(draws, (long) (first + i) * n));
        Duration before = gateway.processorTime();
        Latencies with = load.of(i -> answered(answers.ask(question("best", first + i, ""))));
        Duration used = gateway.processorTime().minus(before);
        direct.add(alone);
        through.add(with);
        processor.add(used.toNanos() / 1e6 / load.questions());
        progress.accept(
            "%s, round %d: draws alone %.2f and %.2f ms, answers %.2f and %.2f ms, %.0f answers/s"
                .formatted(
                    ledger ? "with a ledger" : "no ledger",
                    round,
                    alone.millis(.5),
                    alone.millis(.99),
                    with.millis(.5),
                    with.millis(.99),
                    with.perSecond()));
      }
    }
    return new Rate(
        ledger,
        Median.of(through, Latencies::perSecond),
        Percentiles.of(direct),
        Percentiles.of(through),
        added(direct, through, .5),
        added(direct, through, .99),
        Median.of(processor, millis -> millis));
  }

  private static List<Double> added(List<Latencies> direct, List<Latencies> through, double share) {
    return IntStream.range(0, direct.size())
        .mapToObj(i -> through.get(i).millis(share) - direct.get(i).millis(share))
        .toList();
  }

  /// Until most of what runs is compiled, whatever the rate that follows.
  private void warmUp(Connections answers, ConstantRate load) throws IOException {
    int each = Math.min(WARM_UP, load.questions()) / WARMING + 1;
    together(
        WARMING,
        client -> {
          for (int i = 0; i < each; i++) {
            answered(answers.ask(question("best", (long) client << 16 | i, "")));
          }
        });
  }

  private GatewayProcess start(ServerProcess upstream, boolean ledger) throws IOException {
    Path file = Files.createTempDirectory(folder, "ledger").resolve("ledger.db");
    return GatewayProcess.start(
        folder,
        GatewayProcess.settings(upstream.url(), n, ledger ? Optional.of(file) : Optional.empty()));
  }

  /// As many draws as an answer takes, side by side, until the last has come.
  private void drawn(Connections draws, long seed) throws IOException {
    together(n, i -> answered(draws.ask(draw(seed + i))));
  }

  /// Runs several side by side, each in a thread of its own, until all have ended.
  ///
  /// @throws IOException what the first of them failed with
  static void together(int times, ConstantRate.Asking asking) throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> coming = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int each = i;
        coming.add(
            threads.submit(
                () -> {
                  asking.ask(each);
                  return each;
                }));
      }
      for (Future<?> one : coming) one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /// The peak of a gateway with many streams under way at once, each of them seen to the end.
  ///
  /// @param count how many
  Streams streams(int count) throws IOException {
    String late = ",\"stream\":true,\"late_ms\":" + LATE_MILLIS; // not when it is looked at first
    try (ServerProcess upstream = ServerProcess.fast(Duration.ZERO);
        GatewayProcess gateway = start(upstream, true)) {
      CountDownLatch asked = new CountDownLatch(count);
      AtomicInteger early = new AtomicInteger();
      together(
          count,
          i -> {
            try (Connection connection = new Connection(gateway.port())) {
              connection.send(question("best", i, late));
              asked.countDown();
              String text = answered(connection.reply()).text();
              if (asked.getCount() > 0) early.incrementAndGet();
              if (!text.contains("data: [DONE]")) throw new IOException("a stream ends: " + text);
            }
          });
      if (early.get() > 0) {
        throw new IOException(early + " streams had ended before the last began");
      }
      progress.accept("%d streams at once: all came to their end".formatted(count));
      return new Streams(count, gateway.vitals().peakBytes());
    }
  }

  private static void awaitQuiet(ServerProcess upstream) throws IOException {
    try {
      long before = -1;
      for (long now = upstream.calls(); now > before; now = upstream.calls()) {
        before = now;
        TimeUnit.SECONDS.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// Whether connections that say nothing, and streams that nobody reads, hold up the others.
  ///
  /// @param upstream the model's server
  /// @param idle how many connections say nothing, or half a question
  /// @param slow how many streams are not read
  /// @param load how the others ask
  Crowd crowd(ServerProcess upstream, int idle, int slow, ConstantRate load) throws IOException {
    List<Connection> held = new ArrayList<>();
    try (GatewayProcess gateway = start(upstream, true);
        Connections answers = new Connections(gateway.port())) {
      warmUp(answers, load);
      for (int i = 0; i < idle; i++) {
        Connection connection = new Connection(gateway.port());
        held.add(connection);
        if (i % 2 == 1) connection.send(HALF);
      }
      for (int i = 0; i < slow; i++) {
        Connection connection = new Connection(gateway.port());
        held.add(connection);
        connection.send(
            question("best", i, ",\"stream\":true,\"topdraw\":{\"candidates\":\"full\"}"));
      }
      awaitQuiet(upstream); // their draws are work as any other's; that nobody reads them is not
      List<Latencies> runs = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        Latencies with = load.of(i -> answered(answers.ask(question("best", i, ""))));
        runs.add(with);
        progress.accept(
            "beside %d idle connections and %d slow readers: %.2f and %.2f ms"
                .formatted(idle, slow, with.millis(.5), with.millis(.99)));
      }
      return new Crowd(idle, slow, Percentiles.of(runs), gateway.vitals().peakBytes());
    } finally {
      held.forEach(Connection::close);
    }
  }
}
