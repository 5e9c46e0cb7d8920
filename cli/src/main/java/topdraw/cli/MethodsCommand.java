package topdraw.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.plan.SideBySide;
import topdraw.recordings.Recording;
import topdraw.words.AssumptionWords;
import topdraw.words.json.MethodsJson;
import topdraw.words.text.MethodsText;

@Command(
    name = "methods",
    description = {
      "Every method at the win rate of best-of-n, side by side, on recorded samples.",
      "",
      "Each method's exact law is worked out on the samples of each prompt, taken as an outcome table;"
          + " the numbers are means over prompts, and of the model itself estimates."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw methods my-run -n 8"})
final class MethodsCommand extends AnsweringCommand {
  @Parameters(arity = "1..*", paramLabel = "RUN|FILE", description = "A run folder, or files.")
  private List<String> inputs = List.of();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "8",
      description = "Draws of best-of-n, whose win rate all are set to. Default: 8.")
  private int n;

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description = "The recorded reward that selects. Default: the first.")
  private @Nullable String reward;

  @Mixin private ConfidenceOption confidence;
  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SideBySide.check(n); // before anything is read
    try (Recording recording = imports.open(inputs, err(), reward)) {
      String selects = recording.reward(Optional.ofNullable(reward));
      var comparison = new SideBySide(selects, n, confidence.value());
      recording.forEach(comparison::add);
      List<SideBySide.Row> rows = comparison.rows();
      List<String> supposed = recording.n().isPresent() ? List.of() : AssumptionWords.ofPool(true);
      answer(
          json,
          () -> MethodsJson.of(selects, n, rows, confidence.value(), supposed),
          () -> MethodsText.lines(selects, n, rows, supposed));
    }
    return 0;
  }
}
