package topdraw.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.cli.ConfidenceOption;
import topdraw.cli.ProgressLine;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.words.Percent;

@Command(
    name = "coverage",
    description = {
      "How often the intervals of topdraw analyze hold the truth, on simulated draws.",
      "",
      "drift: KL divergences of best-of-n and early stop, with their bias, from log-probabilities and"
          + " from equal rewards alone; means: pass@k, pass^k, maj@k, rewards and win rates. Prompts are"
          + " of one kind or of several; of fewer than ten the intervals speak of these prompts alone."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench coverage --only means --trials 200"})
final class CoverageBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = "--trials",
      paramLabel = "T",
      defaultValue = "200",
      description =
          "Data sets of each cell; of drifts fewer at more than 16 draws, and up to ten times as many"
              + " of fewer than 200 prompts. Default: 200.")
  private int trials;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only what has this text in its line: drift, means, a law, 'N = 16'.")
  private String only = "";

  @Option(names = "--all", description = "Print every cell, not only those that miss.")
  private boolean all;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed gives the same cells. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    if (trials < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "--trials must be at least 1, was " + trials);
    }
    double alpha = confidence.value().alpha();
    List<CoveragePart> parts =
        Stream.concat(
                new DriftCoverage(trials, alpha, seed).parts().stream(),
                new MeanCoverage(trials, alpha, seed).parts().stream())
            .filter(part -> part.title().contains(only))
            .toList();
    if (parts.isEmpty()) {
      throw new InputException(
          Problem.UNKNOWN, "no part of the study has '" + only + "' in its line");
    }
    List<CoverageCell> cells = new ArrayList<>();
    var report = new CoverageReport(confidence.value().value());
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.printf(
          "intervals at %s, %d trials a cell, seed %d%n",
          Percent.of(confidence.value().value()), trials, seed);
      out.println(CoverageReport.HEADER);
    }
    try (ProgressLine progress =
        ProgressLine.of(spec.commandLine().getErr(), "coverage", parts.size(), "")) {
      for (int i = 0; i < parts.size(); i++) {
        CoveragePart part = parts.get(i);
        int done = i;
        progress.show(
            done, part.title(), () -> done + " of " + parts.size() + " parts, " + part.title());
        List<CoverageCell> found = part.cells().get();
        cells.addAll(found);
        if (!json) {
          found.stream()
              .filter(cell -> all || report.misses(cell))
              .map(report::line)
              .forEach(out::println);
          out.flush();
        }
      }
    }
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("seed", seed);
      object.put("trials", trials);
      object.put("confidence", confidence.value().value());
      object.put("cells", cells.stream().map(CoverageReport::json).toList());
      out.println(Json.line(object));
    } else {
      report.summary(cells).forEach(out::println);
    }
    return 0;
  }
}
