package topdraw.advice;

import java.util.Arrays;
import java.util.Optional;
import topdraw.theory.confidence.Range;

/// The scores of one prompt's draws, in the order drawn.
///
/// @param rewards of the reward that selects; `-∞` where missing
/// @param gold of the reward that counts, NaN where missing; empty where none was asked for
record Scored(double[] rewards, double[] gold) {
  int draws() {
    return rewards.length;
  }

  /// Whether every score that is known is 0 or 1. A draw without one does not pass.
  boolean binary() {
    return Range.ofPasses(rewards).isPresent()
        || Arrays.stream(rewards).allMatch(Double::isInfinite);
  }

  boolean goldIsKnown() {
    return gold.length > 0 && Arrays.stream(gold).noneMatch(Double::isNaN);
  }

  boolean goldIsBinary() {
    return goldIsKnown() && Arrays.stream(gold).allMatch(g -> g == 0 || g == 1);
  }

  /// How many of the first draws pass.
  int passing(int first) {
    return (int) Arrays.stream(rewards, 0, first).filter(r -> r == 1).count();
  }

  /// The first draw with the best score among the first ones; empty where none has a score.
  Optional<Integer> winner(int first) {
    int best = 0;
    for (int i = 1; i < first; i++) {
      best = rewards[i] > rewards[best] ? i : best;
    }
    return Double.isInfinite(rewards[best]) ? Optional.empty() : Optional.of(best);
  }

  /// The same prompt with its first draws alone.
  Scored first(int draws) {
    return new Scored(
        Arrays.copyOf(rewards, draws), gold.length == 0 ? gold : Arrays.copyOf(gold, draws));
  }
}
