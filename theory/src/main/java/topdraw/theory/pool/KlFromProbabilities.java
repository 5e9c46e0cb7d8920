package topdraw.theory.pool;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.theory.bound.KlBounds;

/// The KL divergence of best-of-n from one prompt's draws and their log-probabilities:
/// [KlFromLevels] averaged over how often what was seen could have been seen.
///
/// Its bias is that of the estimate from counts and its variance never larger: given which
/// completions came, the law of their counts is known. Thin completions count as often as they
/// came, heavy ones by their probability. Where no log-probability is known, or where one is
/// contradicted by its repeats, it is the estimate from counts.
///
/// Source: ours, `docs/theory.md` 11 (the conditional mean: Blackwell).
public final class KlFromProbabilities {
  /// So many weights are held at once.
  private static final int NUMBERS = 1 << 23;

  private final KlFromLevels levels;
  private final SeenCounts seen;
  private final boolean complete;

  /// Of the draws with their full rewards.
  private final @Nullable LevelLaws laws;

  /// The same draws with their full rewards, whose levels below the best one are these too.
  private final @Nullable KlFromProbabilities whole;

  private final @Nullable LevelLaw top;

  private volatile @Nullable Known known;

  KlFromProbabilities(KlFromLevels levels, SeenCounts seen) {
    this.levels = levels;
    this.seen = seen;
    complete = seen.complete();
    CountLaw[] at = seen.laws();
    laws = at.length == 0 ? null : new LevelLaws(at, levels.draws());
    whole = null;
    top = null;
  }

  private KlFromProbabilities(
      KlFromLevels levels, SeenCounts seen, KlFromProbabilities whole, LevelLaw top) {
    this.levels = levels;
    this.seen = seen;
    complete = seen.complete();
    laws = whole.laws;
    this.whole = whole;
    this.top = top;
  }

  /// What was asked last: what each level took of which not one draw is certain.
  private record Known(CorrectedGaps of, double[][] each) {}

  /// The estimates of draws whose best levels have become one.
  KlFromProbabilities clipped(KlFromLevels clipped, SeenCounts seen) {
    int best = seen.levels() - 1;
    if (laws == null || whole != null || seen.distinct() < this.seen.distinct()) {
      return new KlFromProbabilities(clipped, seen);
    }
    return new KlFromProbabilities(
        clipped, seen, this, laws.top(best, seen.law(best, this.seen.logRate())));
  }

  /// The same draws without their log-probabilities.
  ///
  /// @return the estimates from counts
  public KlFromLevels levels() {
    return levels;
  }

  /// Whether every possible completion was drawn: the probabilities seen sum to 1.
  ///
  /// @return whether [#exact] is the KL divergence itself
  public boolean complete() {
    return complete;
  }

  /// The KL divergence among the completions seen; *exact* where they are all there are.
  ///
  /// @param n draws per prompt, at least 1
  /// @return the divergence in nats, in `[0, K_n]`
  /// @throws IllegalArgumentException if `n < 1`
  public double exact(int n) {
    double top = KlBounds.analytical(n);
    double gap = 0;
    double upTo = 0;
    for (double mass : seen.masses()) {
      upTo += mass;
      gap +=
          mass == 0
              ? 0
              : Math.pow(Math.min(1, upTo), n) * KlBounds.gap(n, Math.min(1, mass / upTo));
    }
    return Math.max(0, top - gap);
  }

  /// The *estimate* of the KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the estimate in nats; of one pool it may lie outside `[0, K_n]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double estimate(int n) {
    PoolWeights.check(n, levels.draws());
    return estimates(CorrectedGaps.of(n))[0];
  }

  /// The same at each `n` up to `N`.
  double[] estimates(CorrectedGaps gaps) {
    if (laws == null) {
      return levels.estimates(gaps);
    }
    int some = gaps.upTo(levels.draws());
    int atOnce = Math.max(1, NUMBERS / levels.draws());
    if (some <= atOnce) {
      return estimates(laws, gaps);
    }
    return IntStream.range(0, Math.ceilDiv(some, atOnce))
        .mapToObj(k -> gaps.part(k * atOnce, Math.min(some, (k + 1) * atOnce)))
        .flatMapToDouble(part -> Arrays.stream(estimates(laws, part)))
        .toArray();
  }

  private double[] estimates(LevelLaws laws, CorrectedGaps gaps) {
    double[][] weights = gaps.weights(levels.draws());
    double[] estimates;
    if (whole == null) {
      estimates = laws.sum(laws.count(), gaps, weights, each(laws, gaps, weights));
    } else {
      double[][] each = whole.each(laws, gaps, weights);
      estimates = laws.sum(seen.levels() - 1, gaps, weights, each);
      Objects.requireNonNull(top).addMeans(gaps, weights, estimates);
    }
    Arrays.setAll(estimates, i -> gaps.analytical(i) - estimates[i]);
    return estimates;
  }

  /// Best-of-n and early stop ask in turn.
  private double[][] each(LevelLaws laws, CorrectedGaps gaps, double[][] weights) {
    Known now = known;
    if (now == null || now.of != gaps) {
      now = new Known(gaps, laws.each(gaps, weights));
      known = now;
    }
    return now.each;
  }
}
