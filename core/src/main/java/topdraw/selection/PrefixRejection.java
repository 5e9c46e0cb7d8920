package topdraw.selection;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.Beginnings;
import topdraw.reference.PausingPolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reward.Reward;

/// Best-of-n with prefix-scored rejection: `n` completions are begun, at each checkpoint the reward
/// scores what there is of them and those without hope are given up, the others are drawn to their
/// end and the best is returned. Source: Sun et al. (2024), *Fast Best-of-N Decoding via
/// Speculative Rejection*, arXiv 2410.20290, of which this is the form with fixed checkpoints.
///
/// What is returned is one of `n` independent draws, whatever the beginnings looked like, so the
/// bounds of any such rule hold (Theorem 7): a drift of at most `K_n`, a win rate of at most
/// `n/(n+1)`. How much of the win rate is kept depends on how well beginnings tell the ends.
///
/// Of equal scores the first drawn wins; a missing score ranks below every number. Without a
/// checkpoint before the end it is best-of-n itself.
public final class PrefixRejection {
  private final int n;
  private final RejectionRule rule;
  private final List<Reward> rewards;

  /// The method.
  ///
  /// @param n completions begun, at least 1
  /// @param rule when to look, and whom to give up
  /// @param rewards at least one; the first scores beginnings and selects, the others are recorded
  ///   for what is whole
  /// @throws InputException if `n` is out of range, or the first reward cannot score beginnings
  public PrefixRejection(int n, RejectionRule rule, List<Reward> rewards) {
    if (n < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "n must be at least 1, was " + n);
    }
    this.rewards = RewardsOfBeginnings.of(rewards, "tell which to give up");
    this.n = n;
    this.rule = rule;
  }

  /// Draws and chooses one completion.
  ///
  /// @param policy where completions come from
  /// @param prompt what is asked
  /// @param progress is told how many completions are whole and how many tokens were drawn
  /// @return the round
  /// @throws InputException if the policy cannot draw so many completions of the prompt
  public RejectionRound select(PausingPolicy policy, Prompt prompt, DrawProgress progress) {
    try (Beginnings texts = policy.beginnings(prompt, n)) {
      return select(texts, prompt, policy.provenance().sampling().maxTokens(), progress);
    }
  }

  private RejectionRound select(
      Beginnings texts, Prompt prompt, int mostTokens, DrawProgress progress) {
    List<Draw> draws = new ArrayList<>();
    List<Integer> left = RejectionRule.all(n);
    List<Integer> reached = new ArrayList<>();
    for (int checkpoint : rule.checkpoints()) {
      if (checkpoint >= mostTokens) {
        break;
      }
      drawTo(checkpoint, texts, prompt, left, draws, progress);
      boolean[] whole = new boolean[n];
      double[] ranks = new double[n];
      for (int j = 0; j < n; j++) {
        whole[j] = !draws.get(j).finish().cut();
        ranks[j] = draws.get(j).score().rank();
      }
      if (left.stream().allMatch(j -> whole[j])) {
        break;
      }
      reached.add(checkpoint);
      List<Integer> givenUp = rule.givenUp(left, ranks, whole);
      givenUp.forEach(texts::giveUp);
      left = RejectionRule.without(left, givenUp);
    }
    drawTo(mostTokens, texts, prompt, left, draws, progress);
    scoreByOthers(prompt, left, draws);
    List<Draw> contenders = left.stream().map(draws::get).toList();
    int best = Selector.best(contenders.stream().map(Draw::score).toList());
    return new RejectionRound(
        prompt,
        rule,
        rewards.stream().map(Reward::name).toList(),
        draws,
        reached,
        left,
        left.get(best),
        texts.tokensDecoded());
  }

  /// Draws on, and scores anew those that are left.
  private void drawTo(
      int tokens,
      Beginnings texts,
      Prompt prompt,
      List<Integer> left,
      List<Draw> draws,
      DrawProgress progress) {
    long before = draws.stream().mapToLong(draw -> (long) draw.length().orElse(0)).sum();
    List<Draw> now = texts.drawTo(tokens, (done, drawn) -> progress.drawn(done, before + drawn));
    List<Draw> scored =
        Selector.scored(
            rewards.subList(0, 1), PromptDraws.of(prompt, left.stream().map(now::get).toList()));
    if (draws.isEmpty()) {
      draws.addAll(scored);
    } else {
      for (int i = 0; i < scored.size(); i++) {
        draws.set(left.get(i), scored.get(i));
      }
    }
  }

  /// The other rewards have no say, so they score whole completions only.
  private void scoreByOthers(Prompt prompt, List<Integer> left, List<Draw> draws) {
    List<Draw> whole =
        Selector.scored(
            rewards.subList(1, rewards.size()),
            PromptDraws.of(prompt, left.stream().map(draws::get).toList()));
    for (int i = 0; i < whole.size(); i++) {
      draws.set(left.get(i), whole.get(i));
    }
  }
}
