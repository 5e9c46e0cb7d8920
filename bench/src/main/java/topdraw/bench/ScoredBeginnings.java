package topdraw.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import topdraw.selection.RejectionRule;

/// The draws of one prompt, with scores of their beginnings: what methods are replayed on.
///
/// @param rewards of whole completions, in the order drawn
/// @param lengths in tokens
/// @param beginnings by checkpoint, in tokens, the score of each completion cut there; of one that
///   is whole by then its reward
record ScoredBeginnings(double[] rewards, int[] lengths, SortedMap<Integer, double[]> beginnings) {
  ScoredBeginnings {
    if (rewards.length != lengths.length
        || beginnings.values().stream().anyMatch(scores -> scores.length != rewards.length)) {
      throw new IllegalArgumentException("every draw has a reward, a length and all scores");
    }
  }

  int size() {
    return rewards.length;
  }

  double meanLength() {
    return Arrays.stream(lengths).average().orElseThrow();
  }

  /// The same prompt with some of its draws alone.
  ScoredBeginnings part(int from, int to) {
    SortedMap<Integer, double[]> parts = new TreeMap<>();
    beginnings.forEach((at, scores) -> parts.put(at, Arrays.copyOfRange(scores, from, to)));
    return new ScoredBeginnings(
        Arrays.copyOfRange(rewards, from, to), Arrays.copyOfRange(lengths, from, to), parts);
  }

  /// What a round of prefix-scored rejection comes to.
  ///
  /// @param draw the one returned
  /// @param tokens drawn, over all that were begun
  record Kept(int draw, long tokens) {}

  /// Prefix-scored rejection ([topdraw.selection.PrefixRejection]) of some of the draws, in this
  /// order.
  ///
  /// @param begun positions of draws, at least one
  /// @param rule looks at recorded checkpoints alone
  Kept kept(int[] begun, RejectionRule rule) {
    List<Integer> left = IntStream.range(0, begun.length).boxed().toList();
    long tokens = 0;
    for (int checkpoint : rule.checkpoints()) {
      double[] scores =
          Objects.requireNonNull(beginnings.get(checkpoint), "a checkpoint nobody recorded");
      double[] ranks = new double[begun.length];
      boolean[] whole = new boolean[begun.length];
      for (int j = 0; j < begun.length; j++) {
        ranks[j] = scores[begun[j]];
        whole[j] = lengths[begun[j]] <= checkpoint;
      }
      List<Integer> givenUp = rule.givenUp(left, ranks, whole);
      tokens += (long) checkpoint * givenUp.size();
      left = left.stream().filter(j -> !givenUp.contains(j)).toList();
    }
    int best = left.getFirst();
    for (int j : left) {
      tokens += lengths[begun[j]];
      best = rewards[begun[j]] > rewards[begun[best]] ? j : best;
    }
    return new Kept(begun[best], tokens);
  }
}
