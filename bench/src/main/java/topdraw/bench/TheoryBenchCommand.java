package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

@Command(
    name = "theory",
    description = {
      "Times the exact KL divergence and win rate of best-of-n against the same formulas in numpy.",
      "",
      "Both sides get the same random table and take turns; what is timed runs from the array of"
          + " log-probabilities to both numbers, and a round is the median of three runs in a row."
          + " Java uses all cores, numpy one."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench theory --rounds 3"})
final class TheoryBenchCommand implements Callable<Integer> {
  private static final String SCRIPT = "theory_bench.py";
  private static final int WARM_UP = 10;

  /// Logarithms of the weights are uniform on this many nats.
  private static final double SPREAD = 12;

  @Spec private CommandSpec spec;

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

  @Option(
      names = "--python",
      paramLabel = "PATH",
      defaultValue = "python3",
      description = "A Python that has numpy. Default: python3.")
  private String python = "python3";

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
      compare(logP, file);
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

  private void compare(double[] logP, Path file) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(asJson(logP, file)));
      return;
    }
    out.printf(
        "best-of-%d on %,d outcomes, seed %d, %d cores, %d rounds after %d to warm up%n",
        n, outcomes, seed, Runtime.getRuntime().availableProcessors(), rounds, WARM_UP);
    try (PythonPeer numpy = PythonPeer.start(python, SCRIPT, file, n)) {
      if (!numpy.missing()) {
        faceToFace(out, logP, numpy);
        return;
      }
      out.println(
          python
              + " has no numpy, so Java runs alone; to get it: pip install numpy, or"
              + " python3-numpy from apt");
    }
    alone(out, logP);
  }

  private Map<String, Object> asJson(double[] logP, Path file) throws IOException {
    List<TheoryTiming> ours = new ArrayList<>();
    List<TheoryTiming> theirs = new ArrayList<>();
    Map<String, Object> report = new LinkedHashMap<>();
    try (PythonPeer numpy = PythonPeer.start(python, SCRIPT, file, n)) {
      for (int r = 0; r < WARM_UP + rounds; r++) {
        ours.add(TheoryTiming.round(() -> TheoryTiming.ofJava(logP, n)));
        if (!numpy.missing()) theirs.add(TheoryTiming.round(() -> TheoryTiming.of(numpy)));
      }
      report.put("n", n);
      report.put("outcomes", outcomes);
      report.put("seed", seed);
      report.put("java", ours.stream().skip(WARM_UP).toList());
      report.put("numpy", theirs.stream().skip(WARM_UP).toList());
    }
    return report;
  }

  private void faceToFace(PrintWriter out, double[] logP, PythonPeer numpy) throws IOException {
    List<TheoryTiming> ours = new ArrayList<>();
    List<TheoryTiming> theirs = new ArrayList<>();
    for (int r = 0; r < WARM_UP + rounds; r++) {
      ours.add(TheoryTiming.round(() -> TheoryTiming.ofJava(logP, n)));
      theirs.add(TheoryTiming.round(() -> TheoryTiming.of(numpy)));
    }
    TheoryTiming java = ours.getLast();
    TheoryTiming peer = theirs.getLast();
    print(out, "java", ours);
    print(out, numpy.name(), theirs);
    out.printf(
        "numpy / java: %.2f, median of adjacent pairs%n",
        Median.of(
            IntStream.range(WARM_UP, ours.size())
                .mapToDouble(r -> theirs.get(r).seconds() / ours.get(r).seconds())
                .toArray()));
    out.printf(
        "relative difference: KL %.1e, win rate %.1e%n",
        relative(java.kl(), peer.kl()), relative(java.winRate(), peer.winRate()));
  }

  private void alone(PrintWriter out, double[] logP) throws IOException {
    List<TheoryTiming> ours = new ArrayList<>();
    for (int r = 0; r < WARM_UP + rounds; r++) {
      ours.add(TheoryTiming.round(() -> TheoryTiming.ofJava(logP, n)));
    }
    print(out, "java", ours);
  }

  private static void print(PrintWriter out, String name, List<TheoryTiming> timings) {
    double seconds =
        Median.of(timings.stream().skip(WARM_UP).mapToDouble(TheoryTiming::seconds).toArray());
    TheoryTiming last = timings.getLast();
    out.printf(
        "%-14s median %7.1f ms   KL %.15f   win rate %.15f%n",
        name, seconds * 1e3, last.kl(), last.winRate());
  }

  private static double relative(double a, double b) {
    return a == b ? 0 : Math.abs(a - b) / Math.abs(b);
  }
}
