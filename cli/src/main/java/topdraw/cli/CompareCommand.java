package topdraw.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.estimate.Compared;
import topdraw.recordings.compare.CompareQuestion;
import topdraw.words.json.ComparisonJson;
import topdraw.words.text.ComparisonText;

@Command(
    name = "compare",
    description = {
      "Compares two recordings on the prompts they share, or two rewards of one, pair by pair.",
      "",
      "Two recordings: in each the first reward chooses the winner of a batch; winners of the same"
          + " prompt and batch are paired. A run has the batches it was drawn in; of files of"
          + " others all draws of a prompt are one. Then both at equal n, for every n. With --gold:"
          + " who selects better, by a reward that counts. Intervals count prompts, not"
          + " completions."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: topdraw compare best-of-4 best-of-16 --reward negative-length",
      "Example: topdraw compare pool.jsonl --rewards judge,rm --gold correct"
    })
final class CompareCommand extends AnsweringCommand {
  @Mixin private ConfidenceOption confidence;

  @Parameters(
      index = "0",
      paramLabel = "FIRST",
      description = "What to compare with: a run folder, or a file as topdraw analyze reads them.")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SECOND",
      description = "What is compared. Without it, two rewards of FIRST: --rewards and --gold.")
  private @Nullable String second;

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description =
          "The reward that judges both winners, recorded or added by topdraw score. Default: the"
              + " one that selected in FIRST.")
  private @Nullable String reward;

  @Option(
      names = "--rewards",
      paramLabel = "A,B",
      description =
          "The rewards that select: A in FIRST, and B in SECOND or in FIRST too. A name with a"
              + " comma in it: --rewards A --rewards B.")
  private List<String> rewards = List.of();

  @Option(
      names = "--gold",
      paramLabel = "NAME",
      description = "A recorded reward that counts: who selects better by it?")
  private @Nullable String gold;

  @Option(
      names = "-n",
      split = ",",
      paramLabel = "N",
      description = "The values of n. Default: 1, 2, 3, 4, 6, 8, 12, ...")
  private List<Integer> grid = List.of();

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    CompareQuestion question =
        new CompareQuestion(
            first,
            Optional.ofNullable(second),
            rewards,
            Optional.ofNullable(reward),
            Optional.ofNullable(gold).or(imports::gold),
            grid,
            confidence.value());
    String[] columns = question.rewards().toArray(String[]::new);
    Compared found = question.answer(input -> imports.open(List.of(input), err(), columns));
    answer(json, () -> ComparisonJson.of(found), () -> ComparisonText.lines(found));
    return 0;
  }
}
