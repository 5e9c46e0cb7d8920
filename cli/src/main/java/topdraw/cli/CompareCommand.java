package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.estimate.Comparison;
import topdraw.json.Json;
import topdraw.recordings.RunComparison;
import topdraw.recordings.RunReader;
import topdraw.words.json.ComparisonJson;
import topdraw.words.text.ComparisonText;

@Command(
    name = "compare",
    description = {
      "Compares two recorded runs on the prompts they share, pair by pair.",
      "",
      "In each run the first reward chooses the winner of a batch; winners of the same prompt and"
          + " batch are paired. Intervals count prompts, not completions."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw compare best-of-4 best-of-16 --reward negative-length"})
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfidenceOption confidence;

  @Parameters(index = "0", paramLabel = "FIRST", description = "The run to compare with.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "SECOND", description = "The run compared.")
  private Path second = Path.of("");

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description =
          "The reward that judges both winners, recorded or added by topdraw score. Default: the"
              + " one that selected in FIRST.")
  private @Nullable String reward;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (RunReader one = RunReader.open(first);
        RunReader other = RunReader.open(second)) {
      String judge = reward == null ? one.rewards().getFirst().name() : reward;
      Comparison comparison = RunComparison.of(one, other, judge, confidence.value());
      if (comparison.findings().isEmpty()) {
        throw new IllegalArgumentException(
            "nothing to compare: "
                + first
                + " and "
                + second
                + " share no prompt that both scored");
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(ComparisonJson.of(comparison, first.toString(), second.toString())));
      } else {
        ComparisonText.lines(comparison, first.toString(), second.toString()).forEach(out::println);
      }
    }
    return 0;
  }
}
