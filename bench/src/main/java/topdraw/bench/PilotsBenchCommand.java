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
import topdraw.bench.PilotStudy.Row;
import topdraw.cli.ConfidenceOption;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.theory.confidence.Scope;
import topdraw.words.Percent;

@Command(
    name = "pilots",
    description = {
      "How often topdraw plan --run promises, and how often what it promises is false.",
      "",
      "Pilots simulated where the truth is known: rare success, ties, few prompts, heavy tails, files"
          + " sorted by outcome; for prompts like those recorded and for these alone. A false promise is"
          + " a guarantee that the truth breaks; of all pilots at most 5 %% may get one."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench pilots --pilots 200"})
final class PilotsBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = "--pilots",
      paramLabel = "T",
      defaultValue = "1000",
      description = "Pilots drawn per line. Default: 1000.")
  private int pilots;

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
    if (pilots < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "--pilots must be at least 1, was " + pilots);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("seed", seed);
      report.put("pilots", pilots);
      report.put("confidence", confidence.value().value());
      report.put("rows", PilotStudy.cases().stream().map(one -> json(run(one))).toList());
      out.println(Json.line(report));
      return 0;
    }
    out.printf(
        "promises at %s, %d pilots a line, seed %d%n",
        Percent.of(confidence.value().value()), pilots, seed);
    out.println(
        "pilots                    prompts  draws  speaks of      promise  false    95 % limits of false");
    for (PilotStudy.Case one : PilotStudy.cases()) {
      print(out, run(one));
    }
    return 0;
  }

  private Row run(PilotStudy.Case asked) {
    return PilotStudy.run(asked, pilots, confidence.value(), seed);
  }

  private static String speaksOf(Row row) {
    return row.asked().scope() == Scope.DRAWS ? "these prompts" : "others too";
  }

  private static Map<String, Object> json(Row row) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("case", row.asked().name());
    one.put("prompts", row.asked().prompts());
    one.put("draws", row.asked().draws());
    one.put("speaks_of", speaksOf(row));
    one.put("promised", row.promised());
    one.put("false", row.broken());
    one.put("false_between", List.of(row.limits().lower(), row.limits().upper()));
    return one;
  }

  private static void print(PrintWriter out, Row row) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-26s%-9d%-7d%-15s%-9.3f%-9.4f[%.4f, %.4f]",
            row.asked().name(),
            row.asked().prompts(),
            row.asked().draws(),
            speaksOf(row),
            (double) row.promised() / row.pilots(),
            row.brokenShare(),
            row.limits().lower(),
            row.limits().upper()));
    out.flush();
  }
}
