package topdraw.cli;

import java.util.List;
import topdraw.report.Plate;
import topdraw.selection.Round;

/// The paper's Figures 4 and 5, and their kin of appendix C.3, from completions of a model.
final class ModelFigures {
  /// More prompts than this make a wall, not a figure.
  static final int MOST_PROMPTS = 8;

  private static final int FEWEST_COMPLETIONS = 4;

  private ModelFigures() {}

  static Plate logLikelihood(String id, String title, List<Round> rounds) {
    return plate(
        id,
        title,
        "Reward: the model's own log-likelihood. Where few completions hold most of the probability the"
            + " textbook is far too high, and (25) and d* come close to what is proven from the"
            + " likeliest completion seen (the paper's better upper bound).",
        0,
        rounds);
  }

  static Plate negativeLength(String id, String title, List<Round> rounds) {
    return plate(
        id,
        title,
        "Reward: minus the number of tokens. Completions of equal length tie, so the estimators, which"
            + " look at one completion's probability and not at its length's, overstate.",
        1,
        rounds);
  }

  private static Plate plate(
      String id, String title, String caption, int reward, List<Round> rounds) {
    List<Round> shown = rounds.stream().limit(MOST_PROMPTS).toList();
    int fewest = shown.stream().mapToInt(round -> round.candidates().size()).min().orElse(0);
    if (fewest < FEWEST_COMPLETIONS) {
      throw new IllegalArgumentException(
          "a figure needs at least "
              + FEWEST_COMPLETIONS
              + " completions a prompt, the run has a prompt with "
              + fewest
              + "; draw more with topdraw run");
    }
    QuickstartFindings findings = QuickstartFindings.of(shown, Math.min(PoolRun.N, fewest / 2));
    String words =
        caption
            + " Curves average over all subsets of n of the completions drawn; they are dashed beyond a"
            + " fourth of them. Shaded: tilted minimum to maximum of (25), tilts −10 and +10.";
    return Plate.ofKl(
        id, QuickstartReport.figure(title, words, PoolRun.REWARDS.get(reward).name(), findings));
  }
}
