package topdraw.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.Seeds;
import topdraw.reward.Reward;
import topdraw.theory.law.Selection;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.law.Selection.BestOfPoisson;
import topdraw.theory.law.Selection.EarlyStop;
import topdraw.theory.law.Selection.RewindAndRepeat;
import topdraw.theory.law.Selection.SoftBestOfN;

/// Draws from a reference policy, scores, and chooses.
///
/// Choices go by the candidates' index, never by the order in which they arrive. Of equal scores
/// the first drawn wins; a missing score ranks below every number and never reaches a threshold;
/// when no candidate has a score the first drawn is returned.
public final class Selector {
  private final ReferencePolicy policy;
  private final List<Reward> rewards;

  /// A selector over one reference policy.
  ///
  /// @param policy where completions come from; stays the caller's to close
  /// @param rewards at least one; the first selects, the others are only recorded
  public Selector(ReferencePolicy policy, List<Reward> rewards) {
    if (rewards.isEmpty()) {
      throw new IllegalArgumentException("a selection needs at least one reward");
    }
    this.policy = policy;
    this.rewards = List.copyOf(rewards);
  }

  /// Makes one selection.
  ///
  /// @param selection how to choose; its `n` must be whole
  /// @param prompt what is asked
  /// @param first index of the first completion, from 0; rounds of one prompt must not overlap
  /// @param progress is told how the drawing goes
  /// @return the round
  /// @throws InputException if `n` is not a whole number of draws, or a reward that compares draws
  ///   would not see all of them
  public Round select(Selection selection, Prompt prompt, int first, DrawProgress progress) {
    if (!(selection instanceof BestOfN)) {
      rewards.stream().filter(Reward::comparesDraws).findFirst().ifPresent(Selector::refuse);
    }
    return switch (selection) {
      case BestOfN(double n) -> bestOf(selection, prompt, first, wholeDraws(n), progress);
      case EarlyStop(double n, double threshold) ->
          drawUntil(selection, threshold, prompt, first, wholeDraws(n), progress);
      case RewindAndRepeat(double threshold) ->
          drawUntil(selection, threshold, prompt, first, Integer.MAX_VALUE - first, progress);
      case SoftBestOfN(int n, double temperature) ->
          softBestOf(selection, temperature, prompt, first, n, progress);
      case BestOfPoisson(double mu) -> {
        int n = 1 + RandomChoice.poisson(mu, choices(prompt, first));
        yield bestOf(selection, prompt, first, n, progress);
      }
    };
  }

  private static void refuse(Reward reward) {
    throw new InputException(
        Problem.CONFLICT,
        reward.name() + " compares all draws of a round, so it goes with ",
        Parameter.N,
        " alone: without ",
        Parameter.THRESHOLD,
        ", ",
        Parameter.SOFT,
        " and ",
        Parameter.POISSON);
  }

  /// Makes one selection from completion 0 on, in silence.
  ///
  /// @param selection how to choose; its `n` must be whole
  /// @param prompt what is asked
  /// @return the round
  public Round select(Selection selection, Prompt prompt) {
    return select(selection, prompt, 0, (completions, tokens) -> {});
  }

  private Round bestOf(
      Selection selection, Prompt prompt, int first, int n, DrawProgress progress) {
    List<Draw> draws = scored(prompt, policy.draw(prompt, first, n, progress));
    return round(
        selection, prompt, draws, n, best(draws.stream().map(Draw::score).toList()), false);
  }

  private Round softBestOf(
      Selection selection,
      double temperature,
      Prompt prompt,
      int first,
      int n,
      DrawProgress progress) {
    List<Draw> draws = scored(prompt, policy.draw(prompt, first, n, progress));
    double[] ranks = draws.stream().mapToDouble(d -> d.score().rank()).toArray();
    int chosen = RandomChoice.soft(ranks, temperature, choices(prompt, first));
    return round(selection, prompt, draws, n, chosen, false);
  }

  private RandomGenerator choices(Prompt prompt, int first) {
    return Seeds.choices(policy.provenance().seed(), prompt.key(), first);
  }

  /// Draws a policy's width at a time: the draws beyond the one that passes cost little, and the
  /// choice goes by index, so the law is that of drawing one by one.
  private Round drawUntil(
      Selection selection,
      double threshold,
      Prompt prompt,
      int first,
      int most,
      DrawProgress progress) {
    List<Draw> draws = new ArrayList<>();
    long tokens = 0;
    while (draws.size() < most) {
      int drawn = draws.size();
      int count = Math.min(policy.capabilities().width(), most - drawn);
      long before = tokens;
      List<Draw> wave =
          policy.draw(
              prompt, first + drawn, count, (c, t) -> progress.drawn(drawn + c, before + t));
      for (Draw draw : wave) {
        tokens += (long) draw.length().orElse(0);
      }
      draws.addAll(scored(prompt, wave));
      for (int i = drawn; i < draws.size(); i++) {
        if (draws.get(i).score() instanceof Score.Value(double value) && value >= threshold) {
          return round(selection, prompt, draws, i + 1, i, true);
        }
      }
    }
    return round(
        selection, prompt, draws, most, best(draws.stream().map(Draw::score).toList()), false);
  }

  private Round round(
      Selection selection,
      Prompt prompt,
      List<Draw> draws,
      int considered,
      int chosen,
      boolean stopped) {
    List<String> names = rewards.stream().map(Reward::name).toList();
    return new Round(prompt, selection, names, draws, considered, chosen, stopped);
  }

  private List<Draw> scored(Prompt prompt, List<Draw> draws) {
    return scored(rewards, PromptDraws.of(prompt, draws));
  }

  /// Scores the draws of one prompt by each reward.
  ///
  /// @param rewards the rewards
  /// @param prompt what was asked, and its draws
  /// @return the draws in their order, these scores behind those they had
  /// @throws IllegalStateException if a reward does not give one score per draw
  public static List<Draw> scored(List<Reward> rewards, PromptDraws prompt) {
    List<String> names = rewards.stream().map(Reward::name).toList();
    List<List<Score>> byReward = rewards.stream().map(reward -> checked(reward, prompt)).toList();
    List<Draw> scored = new ArrayList<>(prompt.draws().size());
    for (Draw draw : prompt.draws()) {
      int at = scored.size();
      Scores scores = new Scores(names, byReward.stream().map(each -> each.get(at)).toList());
      scored.add(draw.withScores(draw.scores().and(scores)));
    }
    return scored;
  }

  private static List<Score> checked(Reward reward, PromptDraws prompt) {
    List<Score> scores = reward.score(prompt);
    if (scores.size() != prompt.draws().size()) {
      throw new IllegalStateException(
          "reward "
              + reward.name()
              + " gave "
              + scores.size()
              + " scores for "
              + prompt.draws().size()
              + " completions");
    }
    return scores;
  }

  /// Position of the largest score, the first of equals; a missing score ranks below every number.
  ///
  /// @param scores at least one score
  /// @return its position
  public static int best(List<Score> scores) {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      if (scores.get(i).rank() > scores.get(best).rank()) {
        best = i;
      }
    }
    return best;
  }

  private static int wholeDraws(double n) {
    if (n != Math.rint(n) || n < 1 || n > Integer.MAX_VALUE) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "n counts completions, so it must be a whole number from 1, was "
              + n
              + "; only the law of best-of-n knows other n");
    }
    return (int) n;
  }
}
