package topdraw.theory.pool;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

  private volatile @Nullable Known known;

  private volatile @Nullable Moves moves;

  /// What was asked last.
  private record Known(CorrectedGaps of, double[] sums) {}

  /// How estimates move with the draws: the variance at each `n` up to `N-1`, and what one draw
  /// that did not come would do at each up to `N`.
  record Moves(CorrectedGaps of, double[] variances, double[] unseen) {}

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

  /// The same of a pool.
  static KlFromLevels of(PoolLevels levels) {
    return new KlFromLevels(IntStream.range(0, levels.count).map(levels::draws).toArray());
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
    return estimates(CorrectedGaps.of(n))[0];
  }

  /// The same at each `n` up to `N`.
  double[] estimates(CorrectedGaps gaps) {
    double[] sums = gaps(gaps).clone();
    Arrays.setAll(sums, i -> gaps.analytical(i) - sums[i]);
    return sums;
  }

  /// What is taken from `K_n`, at each `n` up to `N`.
  private double[] gaps(CorrectedGaps gaps) {
    Known now = known;
    if (now == null || now.of != gaps) {
      now = new Known(gaps, gaps(gaps, 0));
      known = now;
    }
    return now.sums;
  }

  /// The same of as many draws more, which are worse than all.
  private double[] gaps(CorrectedGaps gaps, int worse) {
    CorrectedGaps.Falling weights = gaps.falling(draws + worse);
    var sums = new double[gaps.upTo(draws)];
    int h = draws + worse;
    for (int l = counts.length - 1; l >= 0; h -= counts[l], l--) {
      int some = Math.min(sums.length, weights.to(h));
      int silent = gaps.silent(h, counts[l]);
      if (silent < some) {
        double[] values = gaps.at(h, counts[l]);
        RowSums.addProducts(sums, silent, some, weights.chances(), values);
      }
    }
    return sums;
  }

  Moves moves(CorrectedGaps gaps) {
    Moves now = moves;
    if (now == null || now.of != gaps) {
      now = new Moves(gaps, jackknifeVariances(gaps), unseen(gaps));
      moves = now;
    }
    return now;
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
    return jackknifeVariances(CorrectedGaps.of(n))[0];
  }

  /// The same at each `n` up to `N-1`.
  ///
  /// Without a draw of a level those above it keep their counts with one draw less up to them,
  /// those below keep both.
  private double[] jackknifeVariances(CorrectedGaps gaps) {
    int all = gaps.upTo(draws - 1);
    double[] whole = gaps(gaps);
    CorrectedGaps.Falling weights = gaps.falling(draws - 1);
    CorrectedGaps.Falling before = gaps.falling(draws);
    double[] top = gaps.at(draws, counts[counts.length - 1]);
    // What the levels above and below take, less what all take.
    var others = new double[all];
    var without = new double[all];
    for (int i = 0; i < all; i++) {
      others[i] = more(gaps.n(i)) * (whole[i] - top[i]) - whole[i];
    }
    var sum = new double[all];
    var squares = new double[all];
    int h = draws;
    int some = all;
    for (int l = counts.length - 1; l >= 0; h -= counts[l], l--) {
      int count = counts[l];
      int now = Math.min(some, Math.max(weights.to(h - 1), before.to(h)));
      // From here on down nothing changes any more.
      sumUp(others, now, some, h, sum, squares);
      some = now;
      if (gaps.silent(h - 1, count) >= some) {
        sumUp(others, 0, some, count, sum, squares);
        continue;
      }
      double[] kept = l < counts.length - 1 ? gaps.at(h, count) : gaps.at(h, 0);
      double[] lessUpTo = l > 0 ? gaps.at(h - 1, count) : gaps.at(h, 0);
      double[] less = gaps.at(h - 1, count - 1);
      double[] up = before.chances();
      double[] w = weights.chances();
      for (int i = 0; i < some; i++) {
        others[i] -= more(gaps.n(i)) * up[i] * kept[i];
        without[i] = others[i] + w[i] * less[i];
      }
      sumUp(without, 0, some, count, sum, squares);
      for (int i = 0; i < some; i++) {
        others[i] += w[i] * lessUpTo[i];
      }
    }
    for (int i = 0; i < all; i++) {
      squares[i] = Math.max(0, squares[i] - sum[i] * sum[i] / draws) * (draws - 1) / draws;
    }
    return squares;
  }

  /// `C(N, n) / C(N-1, n)`.
  private double more(int n) {
    return draws / (double) (draws - n);
  }

  private static void sumUp(
      double[] values, int from, int to, int count, double[] sum, double[] squares) {
    for (int i = from; i < to; i++) {
      sum[i] += count * values[i];
      squares[i] += count * values[i] * values[i];
    }
  }

  /// The draw that did not come: how far [#estimate] would move with one more draw, better than all
  /// or worse than all, or two more at the best level.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the largest of the moves in nats, at least 0
  /// @throws IllegalArgumentException if `n` is out of range
  public double unseen(int n) {
    PoolWeights.check(n, draws);
    return unseen(CorrectedGaps.of(n))[0];
  }

  /// The same at each `n` up to `N`.
  private double[] unseen(CorrectedGaps gaps) {
    double[] whole = gaps(gaps);
    double[] worse = gaps(gaps, 1);
    int best = counts[counts.length - 1];
    double[] top = gaps.at(draws, best);
    double[] above = gaps.at(draws + 1, 1);
    double[] again = gaps.at(draws + 2, best + 2);
    var most = new double[whole.length];
    double size = draws;
    for (int i = 0; i < most.length; i++) {
      int n = gaps.n(i);
      // C(N, n) / C(N+1, n), and the same of two more.
      double one = (size + 1 - n) / (size + 1);
      double two = one * (size + 2 - n) / (size + 2);
      double better = above[i] + one * whole[i];
      double twice = again[i] + two * (whole[i] - top[i]);
      most[i] =
          Math.max(
              Math.abs(worse[i] - whole[i]),
              Math.max(Math.abs(better - whole[i]), Math.abs(twice - whole[i])));
    }
    return most;
  }
}
