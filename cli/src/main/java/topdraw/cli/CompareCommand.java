package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.FindingJson;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.Comparison;

@Command(
    name = "compare",
    description = {
      "Compares two recordings on the prompts they share, pair by pair.",
      "",
      "In each the first reward chooses the winner of a batch; winners of the same prompt and batch are"
          + " paired. A run has the batches it was drawn in; of files of others all draws of a prompt"
          + " are one. Intervals count prompts, not completions."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw compare best-of-4 best-of-16 --reward negative-length"})
final class CompareCommand implements Callable<Integer> {
  private static final int NAMED = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FIRST",
      description = "What to compare with: a run folder, or a file as topdraw analyze reads them.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "SECOND", description = "What is compared.")
  private String second = "";

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description =
          "The reward that judges both winners, recorded or added by topdraw score. Default: the"
              + " one that selected in FIRST.")
  private @Nullable String reward;

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (Recording one = open(first);
        Recording other = open(second)) {
      String judge = reward == null ? ImportOptions.reward(null, one.rewards()) : reward;
      Comparison comparison = Comparison.of(one, other, judge);
      if (comparison.findings().isEmpty()) {
        throw new InputException(
            Problem.MISSING,
            "nothing to compare: "
                + first
                + " and "
                + second
                + " share no prompt that both scored");
      }
      if (json) {
        spec.commandLine().getOut().println(Json.line(json(comparison)));
      } else {
        print(comparison);
      }
    }
    return 0;
  }

  private Recording open(String input) throws IOException {
    return imports.open(List.of(input), spec.commandLine().getErr(), reward);
  }

  private void print(Comparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s against %s by %s: %d prompts, %d pairs%n",
        second, first, comparison.reward(), comparison.prompts(), comparison.pairs());
    FindingText.lines(comparison.findings()).forEach(line -> out.println("  " + line));
    if (comparison.unscored() > 0) {
      out.printf("  %d pairs left out: a winner has no score%n", comparison.unscored());
    }
    alone(out, first, comparison.onlyFirst());
    alone(out, second, comparison.onlySecond());
  }

  private static void alone(PrintWriter out, String run, List<String> prompts) {
    if (!prompts.isEmpty()) {
      out.printf("  %d prompts have completions in %s alone:%n", prompts.size(), run);
      prompts.stream().limit(NAMED).forEach(p -> out.println("    " + Terminal.oneLine(p, 100)));
      if (prompts.size() > NAMED) {
        out.printf("    and %d more%n", prompts.size() - NAMED);
      }
    }
  }

  private Map<String, Object> json(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("first", first);
    json.put("second", second);
    json.put("reward", comparison.reward());
    json.put("prompts", comparison.prompts());
    json.put("pairs", comparison.pairs());
    json.put("unscored_pairs", comparison.unscored());
    json.put("only_first", comparison.onlyFirst());
    json.put("only_second", comparison.onlySecond());
    json.put("findings", FindingJson.of(comparison.findings()));
    return json;
  }
}
