package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what topdraw serve adds to the draws that it makes.",
      "",
      "The model's server draws nothing and answers after a fixed time, so that only load is"
          + " measured. Answers are asked for at a constant rate, in turns with as many draws made"
          + " side by side without the gateway; times count from when a question was due. Then what"
          + " many streams take of memory, whether idle connections and readers that do not read"
          + " hold up the others and, where optillm is there, answers a second beside it. Takes"
          + " minutes.",
      "",
      "With --soak instead: answers under faults for that long, the gateway killed twice meanwhile;"
          + " then the ledger is held against what its clients were told."
    },
    footer = {"", "Example: topdraw bench gateway --rounds 3"})
final class GatewayBenchCommand implements Callable<Integer> {
  private static final int CLIENTS = 32;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "200",
      description = "Answers a second that are asked for. Default: 200.")
  double rate;

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "4",
      description = "Completions an answer. Default: 4.")
  int n;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      defaultValue = "20",
      description = "How long the model's server waits before it answers. Default: 20.")
  int latency;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long each run lasts. Default: 10.")
  int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Runs of each side behind every median. Default: 5.")
  int rounds;

  @Option(
      names = "--streams",
      paramLabel = "C",
      defaultValue = "1000",
      description = "Streams at once; 0 leaves them out. Default: 1000.")
  int streams;

  @Option(
      names = "--idle",
      paramLabel = "C",
      defaultValue = "10000",
      description = "Idle connections; 0 leaves them and slow readers out. Default: 10000.")
  int idle;

  @Option(
      names = "--optillm",
      paramLabel = "COMMAND",
      description = "optillm's program. Default: target/python-optillm/bin/optillm.")
  Path optillm = Path.of("target", "python-optillm", "bin", "optillm");

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description = "Soak the gateway in faults for so long, and measure nothing else.")
  @Nullable Double soak;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  GatewayBenchCommand() {}

  /// All that was measured.
  ///
  /// @param n completions an answer
  /// @param latencyMillis how long the model's server waits
  /// @param asked answers a second that were asked for
  /// @param rounds runs of each side behind every median
  /// @param rates without a ledger and with one
  /// @param streams many at once; null where they were left out
  /// @param crowd idle connections and slow readers; null where they were left out
  /// @param peer optillm; null where it is not there
  record Report(
      int n,
      int latencyMillis,
      double asked,
      int rounds,
      List<GatewayBench.Rate> rates,
      GatewayBench.@Nullable Streams streams,
      GatewayBench.@Nullable Crowd crowd,
      OptillmBench.@Nullable Report peer) {
    /// Copies the list.
    Report {
      rates = List.copyOf(rates);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1
        || n < 1
        || latency < 0
        || seconds < 1
        || !(rate > 0)
        || streams < 0
        || idle < 0) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--rounds, --n and --seconds are at least 1, --rate is above 0, --latency, --streams and"
              + " --idle are at least 0");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Path folder = Files.createTempDirectory("topdraw-bench");
    try {
      if (soak != null) {
        GatewaySoak.Report report =
            new GatewaySoak(
                    folder, n, rate, Duration.ofMillis((long) (soak * 60_000)), err::println)
                .run();
        if (json) out.println(Json.line(report));
        else print(report, out);
        return report.addsUp() ? 0 : 1;
      }
      Report report = measured(folder, err);
      if (json) out.println(Json.line(report));
      else print(report, out);
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
    }
  }

  private Report measured(Path folder, PrintWriter err) throws IOException {
    GatewayBench bench = new GatewayBench(folder, n, rounds, err::println);
    ConstantRate load = new ConstantRate(rate, Math.max(1, (int) (rate * seconds)));
    try (ServerProcess upstream = ServerProcess.fast(Duration.ofMillis(latency))) {
      List<GatewayBench.Rate> rates = new ArrayList<>();
      for (boolean ledger : new boolean[] {false, true}) {
        rates.add(bench.rate(upstream, ledger, load));
      }
      GatewayBench.Crowd crowd =
          idle == 0 ? null : bench.crowd(upstream, idle, Math.max(1, idle / 100), load);
      GatewayBench.Streams many = streams == 0 ? null : bench.streams(streams);
      OptillmBench.@Nullable Report peer = null;
      if (Files.isExecutable(optillm)) {
        peer =
            new OptillmBench(folder, optillm, rounds, Duration.ofSeconds(seconds), err::println)
                .beside(upstream, CLIENTS, n);
      } else {
        err.println(optillm + " is not there: nothing stands beside ours (--optillm)");
      }
      return new Report(n, latency, rate, rounds, rates, many, crowd, peer);
    }
  }

  static void print(Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "best of %d, a server that answers after %d ms, %.0f answers a second asked for, medians of"
            + " %d%n",
        report.n(),
        report.latencyMillis(),
        report.asked(),
        report.rounds());
    out.printf(
        Locale.ROOT, "milliseconds, 50th and 99th percentile; added: gateway less draws%n%n");
    for (GatewayBench.Rate rate : report.rates()) {
      out.printf(
          Locale.ROOT,
          "%s: %.0f answers/s, %.2f ms of processor time each%n",
          rate.ledger() ? "with a ledger" : "no ledger",
          rate.perSecond(),
          rate.processorMillis());
      out.printf(
          Locale.ROOT,
          "  draws alone  %8.2f %8.2f%n",
          rate.direct().median(),
          rate.direct().tail());
      out.printf(
          Locale.ROOT,
          "  gateway      %8.2f %8.2f   added %s and %s%n",
          rate.gateway().median(),
          rate.gateway().tail(),
          range(rate.addedMedian(), 2),
          range(rate.addedTail(), 2));
    }
    out.println();
    if (report.crowd() != null) {
      out.printf(
          Locale.ROOT,
          "beside %,d idle connections and %d slow readers: gateway %.2f %.2f, peak of the process"
              + " %s%n",
          report.crowd().idle(),
          report.crowd().slow(),
          report.crowd().answers().median(),
          report.crowd().answers().tail(),
          mebibytes(report.crowd().peakBytes()));
    }
    if (report.streams() != null) {
      out.printf(
          Locale.ROOT,
          "%,d streams at once: peak of the process %s%n",
          report.streams().streams(),
          mebibytes(report.streams().peakBytes()));
    }
    if (report.peer() != null) print(report.peer(), out);
  }

  private static void print(OptillmBench.Report peer, PrintWriter out) {
    List<Double> ratios =
        IntStream.range(0, peer.ours().size())
            .mapToObj(i -> peer.ours().get(i) / peer.theirs().get(i))
            .toList();
    out.printf(
        Locale.ROOT,
        "%d clients: %.1f answers/s, %.2f calls each; optillm %.1f, %.2f calls each; ratio %s%n",
        peer.clients(),
        Median.of(peer.ours(), rate -> rate),
        peer.ourCalls(),
        Median.of(peer.theirs(), rate -> rate),
        peer.theirCalls(),
        range(ratios, 1));
  }

  /// The median, with the least and the most.
  private static String range(List<Double> values, int digits) {
    return "%.#f (%.#f to %.#f)"
        .replace("#", Integer.toString(digits))
        .formatted(
            Median.of(values, value -> value), Collections.min(values), Collections.max(values));
  }

  static void print(GatewaySoak.Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%.1f minutes, %d kills: %,d asked, %,d answered, %,d left, %,d errors, %,d while it was"
            + " down%n",
        report.minutes(),
        report.kills(),
        report.asked(),
        report.answered(),
        report.left(),
        report.errors(),
        report.down());
    out.printf(
        Locale.ROOT,
        "ledger: %,d entries told, each of them settled at that: %s; %,d settled, sums and"
            + " certificate follow from them: %s; %,d open though nobody killed their gateway, %,d"
            + " left open by kills%n",
        report.told(),
        report.toldAreSettled(),
        report.settled(),
        report.sumsFollow(),
        report.open(),
        report.orphans());
    out.println("  minute  resident MiB  threads  descriptors");
    for (GatewaySoak.Sample sample : report.samples()) {
      out.printf(
          Locale.ROOT,
          "%8.1f  %12.0f  %7d  %11d%n",
          sample.minute(),
          sample.vitals().residentBytes() / 1048576.0,
          sample.vitals().threads(),
          sample.vitals().descriptors());
    }
  }

  private static String mebibytes(long bytes) {
    return "%.0f MiB".formatted(bytes / 1048576.0);
  }
}
