package topdraw.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.estimate.Comparison;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.RecordedComparison;
import topdraw.words.json.ComparisonJson;
import topdraw.words.text.ComparisonText;

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
final class CompareCommand extends AnsweringCommand {
  @Mixin private ConfidenceOption confidence;

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
      String judge = reward == null ? one.reward(Optional.empty()) : reward;
      Comparison comparison = RecordedComparison.of(one, other, judge, confidence.value());
      if (comparison.findings().isEmpty()) {
        throw new InputException(
            Problem.MISSING,
            "nothing to compare: "
                + first
                + " and "
                + second
                + " share no prompt that both scored");
      }
      answer(
          json,
          () -> ComparisonJson.of(comparison, first, second),
          () -> ComparisonText.lines(comparison, first, second));
    }
    return 0;
  }

  private Recording open(String input) throws IOException {
    return imports.open(List.of(input), err(), reward);
  }
}
