package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

@Command(
    name = "theory",
    description = {
      "Times the exact KL divergence and win rate of best-of-n, beside numpy and SciPy.",
      "",
      "All get the same random table and take turns; what is timed runs from the array of"
          + " log-probabilities to both numbers, which must agree, and a round is the median of three"
          + " runs in a row. numpy has the same formulas, SciPy its special functions; Java uses all"
          + " cores, they one. A peer that is not installed is left out."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench theory --rounds 3"})
final class TheoryBenchCommand implements Callable<Integer> {
  private static final String SCRIPT = "theory_bench.py";

  /// Logarithms of the weights are uniform on this many nats.
  private static final double SPREAD = 12;

  @Spec private CommandSpec spec;

  @Option(
      names = "--against",
      paramLabel = "PEER",
      split = ",",
      defaultValue = "numpy,scipy",
      description = "Peers, of: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<TheoryPeer> against = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "7",
      description = "Rounds that count, after 10 to warm up. Default: 7.")
  private int rounds;

  @Option(
      names = "--outcomes",
      paramLabel = "L",
      defaultValue = "1000000",
      description = "Outcomes of the table. Default: 1000000.")
  private int outcomes;

  @Option(names = "-n", paramLabel = "N", defaultValue = "16", description = "Draws. Default: 16.")
  private int n;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the table. Default: 0.")
  private long seed;

  @Mixin private final PythonOption python = new PythonOption();

  @Option(
      names = "--json",
      description = "One JSON object on standard output; seconds, a round each.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    atLeastOne(rounds, "--rounds");
    atLeastOne(outcomes, "--outcomes");
    atLeastOne(n, "-n");
    double[] logP = table(outcomes, seed);
    Path file = Files.createTempFile("topdraw-theory", ".f64");
    try {
      Files.write(file, littleEndian(logP));
      measure(logP, file);
    } finally {
      Files.delete(file);
    }
    return 0;
  }

  private static void atLeastOne(int value, String option) {
    if (value < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, option + " must be at least 1, was " + value);
    }
  }

  /// Log-uniform weights in random order: the shares of nearly all outcomes are tiny.
  static double[] table(int outcomes, long seed) {
    return new Random(seed).doubles(outcomes).map(u -> -SPREAD * u).toArray();
  }

  private static byte[] littleEndian(double[] values) {
    var bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private void measure(double[] logP, Path file) throws IOException {
    List<TheoryPeer> there = new ArrayList<>();
    List<PythonPeer> started = new ArrayList<>();
    try {
      for (TheoryPeer peer : new LinkedHashSet<>(against)) {
        PythonPeer process = PythonPeer.start(python.interpreter(), SCRIPT, file, n, peer);
        started.add(process);
        if (!process.missing()) there.add(peer);
        else leaveOut(peer, started.removeLast());
      }
      List<TheoryBench.Side> sides = new TheoryBench(logP, n, rounds).measure(started);
      if (json) spec.commandLine().getOut().println(Json.line(asJson(there, sides)));
      else print(there, sides);
    } finally {
      for (PythonPeer peer : started) peer.close();
    }
  }

  private void leaveOut(TheoryPeer peer, PythonPeer process) throws IOException {
    spec.commandLine()
        .getErr()
        .printf(
            "%s is left out: %s lacks it (%s); tools/peers.sh installs it, or pip install %s%n",
            peer, python.interpreter(), process.name(), peer);
    process.close();
  }

  private Map<String, Object> asJson(List<TheoryPeer> there, List<TheoryBench.Side> sides)
      throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("n", n);
    report.put("outcomes", outcomes);
    report.put("seed", seed);
    report.put("machine", Machine.described());
    report.put("java", sides.getFirst().timings());
    for (int i = 0; i < there.size(); i++) {
      TheoryBench.Side side = sides.get(i + 1);
      report.put(there.get(i).toString(), side.timings());
      report.put(there.get(i) + " / java", side.ratio());
    }
    return report;
  }

  private void print(List<TheoryPeer> there, List<TheoryBench.Side> sides) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "best-of-%d on %,d outcomes, seed %d, %d rounds after %d to warm up%nmachine  %s%n",
        n,
        outcomes,
        seed,
        rounds,
        TheoryBench.WARM_UP,
        Machine.described());
    for (TheoryBench.Side side : sides) {
      TheoryTiming last = side.timings().getLast();
      out.printf(
          Locale.ROOT,
          "%-14s median %7.1f ms   KL %.15f   win rate %.15f%n",
          side.name(),
          side.median() * 1e3,
          last.kl(),
          last.winRate());
    }
    for (int i = 0; i < there.size(); i++) {
      TheoryBench.Side side = sides.get(i + 1);
      out.printf(
          Locale.ROOT,
          "%s / java: %s, median and range of adjacent pairs; difference %.1e%n",
          there.get(i),
          side.ratio(),
          side.difference());
    }
  }
}
