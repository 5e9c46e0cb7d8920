package topdraw.theory.pool;

import java.util.List;
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
  private final List<LevelLaw> laws;

  KlFromProbabilities(KlFromLevels levels, SeenCounts seen) {
    this.levels = levels;
    this.seen = seen;
    laws = LevelLaw.of(seen.laws(), levels.draws());
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
    return seen.complete();
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
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double[] weights = gaps.weights(levels.draws());
    double gap = 0;
    for (LevelLaw law : laws) {
      gap += law.mean(gaps, weights);
    }
    return gaps.analytical() - gap;
  }
}
