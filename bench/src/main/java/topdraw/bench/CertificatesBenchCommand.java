package topdraw.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.bench.CoverageStudy.Cell;
import topdraw.bench.CoverageStudy.Row;
import topdraw.cli.ConfidenceOption;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.words.Percent;

@Command(
    name = "certificates",
    description = {
      "How often intervals for a mean hold the truth, and how wide they are, on hard cases.",
      "",
      "One number per prompt: most at the top, a few prompts far below. Hoeffding, empirical Bernstein"
          + " and betting are proven; percentile and BCa bootstrap are not. BCa is measured also where"
          + " topdraw withholds it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench certificates --trials 100"})
final class CertificatesBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = "--trials",
      paramLabel = "T",
      defaultValue = "400",
      description = "Data sets drawn per line. Default: 400.")
  private int trials;

  @Option(
      names = "--resamples",
      paramLabel = "R",
      defaultValue = "1000",
      description = "Bootstrap resamples of each. Default: 1000.")
  private int resamples;

  @Option(
      names = "--prompts",
      split = ",",
      paramLabel = "B",
      defaultValue = "20,50,200,800",
      description = "Numbers of prompts. Default: 20,50,200,800.")
  private List<Integer> prompts = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed gives the same table. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    if (trials < 1 || resamples < 1 || prompts.stream().anyMatch(b -> b < 2)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--trials and --resamples must be at least 1 and --prompts at least 2, were "
              + trials
              + ", "
              + resamples
              + " and "
              + prompts);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("seed", seed);
      report.put("trials", trials);
      report.put("confidence", confidence.value().value());
      report.put(
          "rows",
          CoverageStudy.hardCases().stream()
              .flatMap(law -> prompts.stream().map(b -> run(law, b)))
              .toList());
      out.println(Json.line(report));
      return 0;
    }
    out.printf(
        "coverage / mean width of %s intervals, %d trials, seed %d%n",
        Percent.of(confidence.value().value()), trials, seed);
    out.println(
        "case (true mean)                  prompts  Hoeffding    Bernstein    betting      percentile"
            + "   BCa          BCa withheld");
    for (CoverageStudy.Case law : CoverageStudy.hardCases()) {
      prompts.forEach(b -> print(out, run(law, b)));
    }
    return 0;
  }

  private Row run(CoverageStudy.Case law, int count) {
    return CoverageStudy.run(law, count, trials, resamples, confidence.value().alpha(), seed);
  }

  private static void print(PrintWriter out, Row row) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-34s%-9d",
                String.format(Locale.ROOT, "%s (%.3f)", row.name(), row.mean()),
                row.prompts()));
    for (Cell cell : row.cells()) {
      line.append(
          String.format(
              Locale.ROOT,
              "%-13s",
              String.format(Locale.ROOT, "%.3f/%.3f", cell.coverage(), cell.width())));
    }
    line.append(Math.round(100 * row.cells().getLast().withheld())).append(" %");
    out.println(line);
    out.flush();
  }
}
