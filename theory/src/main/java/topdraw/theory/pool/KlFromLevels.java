package topdraw.theory.pool;

import java.util.Arrays;
import topdraw.theory.numeric.Checks;

/// The KL divergence of best-of-n from how often the draws of one prompt have equal rewards, almost
/// without bias at every `n`; no log-probability is needed.
///
///     K_n - Σ_l W_{h_l} e_{n,h_l}(c_l),   W_h = C(h, n) / C(N, n)
///
/// `c_l` draws are at level l and `h_l` at or below it. `e` is the loss `D_n(c/h)` of a level,
/// corrected for bias 64 times. The bias is at most [KlBias#allowance] for every reference policy.
/// Values of single prompts are not cut at 0 or `K_n`, since a cut one has a bias: cut their mean.
///
/// Source: ours, `docs/theory.md` 11.
public final class KlFromLevels {
  private final int[] counts;
  private final int draws;

  private KlFromLevels(int[] counts) {
    this.counts = counts;
    draws = Arrays.stream(counts).sum();
  }

  /// The draws of one prompt.
  ///
  /// @param counts how many draws are at each level, the lowest first; levels without a draw do not
  ///   matter
  /// @return the estimates
  /// @throws IllegalArgumentException if a count is negative, or there is no draw
  public static KlFromLevels of(int... counts) {
    for (int l = 0; l < counts.length; l++) {
      if (counts[l] < 0) {
        throw new IllegalArgumentException(
            "counts[" + l + "] is a number of draws, at least 0, was " + counts[l]);
      }
    }
    var levels = new KlFromLevels(Arrays.stream(counts).filter(c -> c > 0).toArray());
    Checks.atLeastOne(levels.draws, "the number of draws");
    return levels;
  }

  /// How many draws there are.
  ///
  /// @return `N`
  public int draws() {
    return draws;
  }

  /// The *estimate* of the KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the estimate in nats; of one pool it may lie outside `[0, K_n]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double estimate(int n) {
    PoolWeights.check(n, draws);
    CorrectedGaps gaps = CorrectedGaps.of(n);
    return gaps.analytical() - gap(gaps, counts);
  }

  private static double gap(CorrectedGaps gaps, int... counts) {
    int h = Arrays.stream(counts).sum();
    double[] weights = gaps.weights(h);
    double gap = 0;
    for (int l = counts.length - 1; l >= 0 && weights[h] > 0; h -= counts[l], l--) {
      gap += weights[h] * gaps.at(h, counts[l]);
    }
    return gap;
  }

  /// The variance of [#estimate] over draws, by leaving out one draw at a time: an *estimate*.
  ///
  ///     (N-1)/N Σ_l c_l (θ_(l) - mean)²,   θ_(l) without one draw of level l
  ///
  /// @param n draws per prompt, `1 <= n <= N-1`
  /// @return the variance in nats²
  /// @throws IllegalArgumentException if `n` is out of range
  public double jackknifeVariance(int n) {
    PoolWeights.check(n, draws - 1);
    double[] without = withoutOne(n);
    double mean = 0;
    for (int l = 0; l < counts.length; l++) {
      mean += counts[l] * without[l] / draws;
    }
    double squares = 0;
    for (int l = 0; l < counts.length; l++) {
      squares += counts[l] * (without[l] - mean) * (without[l] - mean);
    }
    return squares * (draws - 1) / draws;
  }

  /// The gaps without one draw of each level: levels above it keep their counts with one draw less
  /// up to them, levels below keep both.
  private double[] withoutOne(int n) {
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double[] weights = gaps.weights(draws - 1);
    var without = new double[counts.length];
    double above = 0;
    int h = draws;
    for (int l = counts.length - 1; l >= 0; h -= counts[l], l--) {
      without[l] = above + term(gaps, weights, h - 1, counts[l] - 1);
      above += l > 0 ? term(gaps, weights, h - 1, counts[l]) : 0;
    }
    double below = 0;
    for (int l = 0; l < counts.length; l++) {
      h += counts[l];
      without[l] += below;
      below += h < draws ? term(gaps, weights, h, counts[l]) : 0;
    }
    return without;
  }

  private static double term(CorrectedGaps gaps, double[] weights, int h, int count) {
    return h >= 0 && weights[h] > 0 ? weights[h] * gaps.at(h, count) : 0;
  }

  /// The draw that did not come: how far [#estimate] would move with one more draw better than all,
  /// or two more at the best level.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the larger of the two moves in nats, at least 0
  /// @throws IllegalArgumentException if `n` is out of range
  public double unseen(int n) {
    double estimate = estimate(n);
    CorrectedGaps gaps = CorrectedGaps.of(n);
    int[] better = Arrays.copyOf(counts, counts.length + 1);
    better[counts.length] = 1;
    int[] again = counts.clone();
    again[counts.length - 1] += 2;
    return Math.max(
        Math.abs(gaps.analytical() - gap(gaps, better) - estimate),
        Math.abs(gaps.analytical() - gap(gaps, again) - estimate));
  }
}
