package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.words.ExactQuestion;
import topdraw.words.ExactSection;
import topdraw.words.NamedTable;
import topdraw.words.compute.TableFile;
import topdraw.words.json.ExactJson;
import topdraw.words.text.ExactText;

@Command(
    name = "exact",
    description = {
      "Prints everything exact about a small table, and every bound beside the truth.",
      "",
      "The table is JSON, {\"p\": [...], \"rewards\": [...]} or [{\"p\": ..., \"reward\": ..., \"name\":"
          + " ...}, ...], or CSV with a header of the same names; log_p may stand for p. Without"
          + " rewards the outcomes run from the worst to the best. Probabilities are divided by their"
          + " sum."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --threshold also best-of-n with early stop and rewind-and-repeat, with --temperature also"
          + " soft best-of-n and the KL-regularised optimum at that price of a nat.",
      "\"*\" marks the tightest proven bound from each side.",
      "",
      "Example: topdraw exact examples/table.json -n 4"
    })
final class ExactCommand extends AnsweringCommand {
  @Parameters(paramLabel = "TABLE", description = "A file that ends in .json or .csv.")
  private Path file = Path.of("");

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "16",
      description = "Completions drawn. Default: 16.")
  private int n;

  @Option(
      names = "--threshold",
      paramLabel = "R",
      description = "The reward that ends the drawing; a rank from 0 without rewards.")
  private @Nullable Double threshold;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of soft best-of-n and the optimum, in units of reward.")
  private @Nullable Double temperature;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (n < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "-n must be at least 1, was " + n);
    }
    NamedTable table = TableFile.read(file);
    ExactQuestion question = new ExactQuestion(n, Given.of(threshold), Given.of(temperature));
    List<ExactSection> sections = InputException.given(() -> question.sections(table.table()));
    answer(
        json,
        () -> ExactJson.of(file.toString(), table, sections),
        () -> ExactText.lines(table, sections));
    return 0;
  }
}
