package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.imports.SyntheticRecording;

@Command(
    name = "analysis",
    description = {
      "Times topdraw analyze on a large Parquet recording, beside the same estimates made by others.",
      "",
      "pandas and polars: best-of-n and early stop at 64 values of n, means over prompts with"
          + " intervals, prompt by prompt in numpy. estimator: the mean reward over subsets alone, as"
          + " papers publish it. scorio: pass@k and pass^k. Each side is a process of its own, timed"
          + " from its start to its end, in turns; ours also audits the samples and certifies."
          + " Numbers that both sides have must agree. A peer that is not installed is left out."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench analysis --prompts 1000 --against polars"})
final class AnalysisBenchCommand implements Callable<Integer> {
  @Option(
      names = "--against",
      paramLabel = "PEER",
      split = ",",
      defaultValue = "pandas,polars,estimator,scorio",
      description = "Peers, of: ${COMPLETION-CANDIDATES}. Default: all.")
  List<AnalysisPeer> against = List.of();

  @Option(
      names = "--prompts",
      paramLabel = "B",
      defaultValue = "10000",
      description = "Prompts of the made-up recording. Default: 10000.")
  long prompts;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Samples of each prompt. Default: 1000.")
  int samples;

  @Option(
      names = "--threshold",
      paramLabel = "REWARD",
      defaultValue = "0.9",
      description =
          "Where early stop and rewind-and-repeat accept; rewards are uniform in (0, 1)."
              + " Default: 0.9.")
  double threshold;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "1",
      description = "Runs of each side behind every median. Default: 1.")
  int rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the recording. Default: 0.")
  long seed;

  @Mixin final PythonOption python = new PythonOption();

  @Option(names = "--alone", description = "Leave the peers out.")
  boolean alone;

  @Option(names = "--json", description = "One JSON object on standard output.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  AnalysisBenchCommand() {}

  /// The answer.
  ///
  /// @param rows of the recording
  /// @param prompts of it
  /// @param grid how many values of n
  /// @param seed of it
  /// @param rounds behind every median
  /// @param machine that measured
  /// @param sides a row each
  record Report(
      long rows,
      long prompts,
      int grid,
      long seed,
      int rounds,
      String machine,
      List<AnalysisBench.Row> sides) {
    /// Copies the list.
    Report {
      sides = List.copyOf(sides);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (prompts < 1 || samples < 2 || rounds < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--prompts and --rounds are at least 1 and --samples at least 2, were %d, %d and %d"
              .formatted(prompts, rounds, samples));
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Path folder = Files.createTempDirectory("topdraw-bench");
    Path file = folder.resolve("samples.parquet");
    try {
      AnalysisRecording recording =
          new AnalysisRecording(file, AnalysisRecording.grid(samples), threshold);
      AnalysisBench bench = new AnalysisBench(recording, python.interpreter(), err::println);
      if (!alone) for (AnalysisPeer peer : new LinkedHashSet<>(against)) bench.add(peer);
      SyntheticRecording.write(file, prompts, samples, seed);
      Report report =
          new Report(
              prompts * samples,
              prompts,
              recording.grid().size(),
              seed,
              rounds,
              Machine.described(),
              bench.measure(rounds));
      if (json) out.println(Json.line(report));
      else print(report, out);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
    return 0;
  }

  static void print(Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d rows, %d prompts, %d values of n, seed %d, medians of %d rounds%nmachine  %s%n",
        report.rows(),
        report.prompts(),
        report.grid(),
        report.seed(),
        report.rounds(),
        report.machine());
    for (AnalysisBench.Row side : report.sides()) print(side, out);
  }

  private static void print(AnalysisBench.Row side, PrintWriter out) {
    Double processor = side.processorSeconds();
    Long peak = side.peakBytes();
    PairedRatio ratio = side.ratio();
    PairedRatio ofProcessor = side.processorRatio();
    if (ratio == null) out.println();
    out.printf(
        Locale.ROOT,
        "%8.1f s%s%s  %s (%s)%n",
        side.seconds(),
        processor == null
            ? ""
            : String.format(Locale.ROOT, ", of the processor %6.1f s", processor),
        peak == null ? "" : String.format(Locale.ROOT, ", %5.2f GiB", peak / 0x1p30),
        side.name(),
        side.way());
    if (ratio == null) return;
    out.printf(
        Locale.ROOT,
        "          its time / topdraw's %s%s; largest difference of %d numbers: %.1e%n",
        ratio,
        ofProcessor == null ? "" : ", of the processor " + ofProcessor,
        side.compared(),
        side.largestDifference());
  }
}
