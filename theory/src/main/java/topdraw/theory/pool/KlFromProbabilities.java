package topdraw.theory.pool;

import java.util.Arrays;
import java.util.List;
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
  private final KlFromLevels levels;
  private final SeenCounts seen;
  private final boolean complete;

  /// The same draws with their full rewards, whose levels below the first of [#laws] are these too.
  private final @Nullable KlFromProbabilities whole;

  /// From the lowest level that is not shared.
  private final List<LevelLaw> laws;

  private volatile Gaps last = new Gaps(0, new double[0]);

  KlFromProbabilities(KlFromLevels levels, SeenCounts seen) {
    this.levels = levels;
    this.seen = seen;
    complete = seen.complete();
    whole = null;
    laws = LevelLaw.of(seen.laws(), levels.draws());
  }

  private KlFromProbabilities(
      KlFromLevels levels, SeenCounts seen, KlFromProbabilities whole, LevelLaw top) {
    this.levels = levels;
    this.seen = seen;
    complete = seen.complete();
    this.whole = whole;
    laws = List.of(top);
  }

  /// What each level of one `n` takes.
  private record Gaps(int n, double[] each) {}

  /// The estimates of draws whose best levels have become one.
  KlFromProbabilities clipped(KlFromLevels clipped, SeenCounts seen) {
    int top = seen.levels() - 1;
    if (laws.isEmpty() || whole != null || seen.distinct() < this.seen.distinct()) {
      return new KlFromProbabilities(clipped, seen);
    }
    CountLaw[] at = seen.laws();
    return at.length == 0
        ? new KlFromProbabilities(clipped, seen)
        : new KlFromProbabilities(clipped, seen, this, laws.get(top).with(at[top], levels.draws()));
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
    if (laws.isEmpty()) {
      return levels.estimate(n);
    }
    PoolWeights.check(n, levels.draws());
    double gap = Arrays.stream(gaps(n)).sum();
    if (whole != null) {
      double[] below = whole.gaps(n);
      gap += Arrays.stream(below, 0, seen.levels() - 1).sum();
    }
    return KlBounds.analytical(n) - gap;
  }

  /// Best-of-n and early stop ask in turn for each `n`.
  private double[] gaps(int n) {
    Gaps known = last;
    if (known.n() == n) {
      return known.each();
    }
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double[] weights = gaps.weights(levels.draws());
    double[] each = laws.stream().mapToDouble(law -> law.mean(gaps, weights)).toArray();
    last = new Gaps(n, each);
    return each;
  }
}
