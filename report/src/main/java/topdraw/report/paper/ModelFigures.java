package topdraw.report.paper;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptPool;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.report.figure.Figure;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.PromptPanel;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

/// The paper's Figures 4 and 5, and their kin of appendix C.3, from recorded completions of a
/// model. Both rewards follow from what every recording of ours has: the log-probability of a
/// completion and its length.
public final class ModelFigures {
  /// More prompts than this make a wall, not a figure.
  public static final int MOST_PROMPTS = 8;

  private static final int FEWEST_COMPLETIONS = 4;

  private ModelFigures() {}

  /// KL divergence against n, reward log-likelihood.
  ///
  /// @param id the figure's name
  /// @param title its title
  /// @param prompts recorded prompts, of which the first [#MOST_PROMPTS] are shown
  /// @return the figure
  /// @throws InputException if one has too few draws, or lacks what its reward is made of
  public static Figure logLikelihood(String id, String title, List<PromptDraws> prompts) {
    return figure(
        id,
        title,
        "Reward: the model's own log-likelihood. Where few completions hold most of the probability the"
            + " textbook is far too high, and (25) and d* come close to what is proven from the"
            + " likeliest completion seen (the paper's better upper bound).",
        prompts,
        prompt -> pool(Rewards.logLikelihood(), prompt, prompt.logProbabilities()));
  }

  /// KL divergence against n, reward negative length.
  ///
  /// @param id the figure's name
  /// @param title its title
  /// @param prompts recorded prompts, of which the first [#MOST_PROMPTS] are shown
  /// @return the figure
  /// @throws InputException if one has too few draws, or lacks what its reward is made of
  public static Figure negativeLength(String id, String title, List<PromptDraws> prompts) {
    return figure(
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
                                    + " name its column with ",
                                Parameter.MAP,
                                " tokens=COLUMN")))
        .toArray();
  }

  private static Figure figure(
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
    return Figure.ofKl(
        id,
        new PromptFigure(
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

  private static PromptPanel panel(String title, PromptPool pool) {
    int size = pool.estimators().size();
    return new PromptPanel(
        title,
        size / 4,
        PoolCurves.kl(pool),
        Optional.of(PoolCurves.band(pool.estimators())),
        List.of(),
        1,
        List.of(),
        "",
        "",
        "");
  }
}
