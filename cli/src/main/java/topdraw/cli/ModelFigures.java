package topdraw.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptPool;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.report.Figure;
import topdraw.report.Panel;
import topdraw.report.Plate;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

/// The paper's Figures 4 and 5, and their kin of appendix C.3, from recorded completions of a
/// model. Both rewards follow from what every recording of ours has: the log-probability of a
/// completion and its length.
final class ModelFigures {
  /// More prompts than this make a wall, not a figure.
  static final int MOST_PROMPTS = 8;

  private static final int FEWEST_COMPLETIONS = 4;

  private ModelFigures() {}

  static Plate logLikelihood(String id, String title, List<PromptDraws> prompts) {
    return plate(
        id,
        title,
        "Reward: the model's own log-likelihood. Where few completions hold most of the probability the"
            + " textbook is far too high, and (25) and d* come close to what is proven from the"
            + " likeliest completion seen (the paper's better upper bound).",
        prompts,
        prompt -> pool(Rewards.logLikelihood(), prompt, prompt.logProbabilities()));
  }

  static Plate negativeLength(String id, String title, List<PromptDraws> prompts) {
    return plate(
        id,
        title,
        "Reward: minus the number of tokens. Completions of equal length tie. (23), (25), d* and the"
            + " seen mass know only the probability of the completions that were seen of a length,"
            + " and overstate; the estimate of the KL divergence also counts how often each length"
            + " was drawn.",
        prompts,
        prompt -> pool(Rewards.negativeLength(), prompt, negativeLengths(prompt)));
  }

  private static PromptPool pool(Reward reward, PromptDraws prompt, double[] ranks) {
    return PromptPool.of(reward.name(), prompt.outcomes(), ranks, prompt.logProbabilities());
  }

  private static double[] negativeLengths(PromptDraws prompt) {
    return prompt.draws().stream()
        .mapToDouble(
            draw ->
                -draw.length()
                    .orElseThrow(
                        () ->
                            new InputException(
                                Problem.MISSING,
                                draw.place()
                                    + ": no number of tokens, which is the reward of this figure;"
                                    + " name its column with topdraw export --map tokens=COLUMN")))
        .toArray();
  }

  private static Plate plate(
      String id,
      String title,
      String caption,
      List<PromptDraws> prompts,
      Function<PromptDraws, PromptPool> pool) {
    List<PromptDraws> shown = prompts.stream().limit(MOST_PROMPTS).toList();
    shown.forEach(ModelFigures::check);
    String words =
        caption
            + " Curves average over all subsets of n of the completions drawn; they are dashed beyond a"
            + " fourth of them. Shaded: tilted minimum to maximum of (25), tilts −10 and +10.";
    return Plate.ofKl(
        id,
        new Figure(
            title,
            words,
            shown.stream().map(prompt -> panel(prompt.display(), pool.apply(prompt))).toList()));
  }

  private static void check(PromptDraws prompt) {
    int drawn = prompt.draws().size();
    if (drawn < FEWEST_COMPLETIONS) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "a figure needs at least "
              + FEWEST_COMPLETIONS
              + " completions a prompt, the run has a prompt with "
              + drawn
              + "; draw more with topdraw run");
    }
    for (Draw draw : prompt.draws()) {
      if (!draw.logProbability().proves()) {
        throw new InputException(
            Problem.MALFORMED,
            draw.place()
                + ": "
                + draw.logProbability().sentence()
                + "; the figure is made of them");
      }
    }
  }

  private static Panel panel(String title, PromptPool pool) {
    int size = pool.estimators().size();
    return new Panel(
        title,
        size / 4,
        QuickstartReport.klCurves(pool),
        Optional.of(QuickstartReport.band(pool.estimators())),
        List.of(),
        1,
        List.of(),
        "",
        "",
        "");
  }
}
