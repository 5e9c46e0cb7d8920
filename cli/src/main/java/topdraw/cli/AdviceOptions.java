package topdraw.cli;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.advice.AdviceQuestion;
import topdraw.advice.ScoredDraws;
import topdraw.estimate.AnalysisQuestion;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The options that ask an analysis for more than its curve.
final class AdviceOptions {
  @Option(
      names = "--forecast",
      split = ",",
      paramLabel = "K",
      description = "Also pass@k for more draws than were recorded, where the samples can tell.")
  private List<Integer> forecasts = List.of();

  @Option(
      names = "--accept",
      paramLabel = "SHARE",
      description =
          "Also the score from which on an answer is given, so that no more than SHARE are wrong; with"
              + " --gold of 0 and 1.")
  private @Nullable Double accept;

  @Option(
      names = "--guard",
      description =
          "With --gold: also how hard to choose by the reward, chosen on half of the prompts and judged"
              + " on the other; and what more draws cannot help above.")
  private boolean guard;

  @Option(
      names = "--budget",
      split = ",",
      paramLabel = "DRAWS",
      description =
          "Also what stopping early and spending draws unevenly would have saved, at so many draws a"
              + " prompt.")
  private List<Double> budgets = List.of();

  /// Refuses what cannot be asked of any samples.
  ///
  /// @throws InputException if an option is out of range, or needs a gold reward
  void check(AnalysisOptions wanted, RecordingOptions options) {
    question(wanted.question("", options.check()));
  }

  /// The question, beside that of the analysis.
  ///
  /// @param analysis what the curve is asked
  /// @throws InputException if an option is out of range, or needs a gold reward
  AdviceQuestion question(AnalysisQuestion analysis) {
    if (analysis.gold().isEmpty() && (guard || accept != null)) {
      throw new InputException(
          Problem.MISSING,
          (guard ? "--guard" : "--accept") + " needs a second reward, --gold NAME");
    }
    return new AdviceQuestion(
        new ScoredDraws(analysis.reward(), analysis.gold()),
        forecasts,
        budgets,
        accept == null ? OptionalDouble.empty() : OptionalDouble.of(accept),
        guard,
        analysis.grid(),
        analysis.scope());
  }
}
