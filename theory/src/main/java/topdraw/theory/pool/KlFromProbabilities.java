package topdraw.theory.pool;

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
  private static final double NEGLIGIBLE = 1e-15;

  private final KlFromLevels levels;
  private final SeenCounts seen;

  /// The law of each level's count, of the counts above it and below it together.
  private final CountLaw[] at;

  private final CountLaw[] above;
  private final CountLaw[] below;

  KlFromProbabilities(KlFromLevels levels, SeenCounts seen) {
    this.levels = levels;
    this.seen = seen;
    at = seen.laws();
    above = new CountLaw[at.length];
    below = new CountLaw[at.length];
    for (int l = at.length - 1; l >= 0; l--) {
      above[l] =
          l == at.length - 1 ? CountLaw.point(0) : above[l + 1].plus(at[l + 1], levels.draws());
    }
    for (int l = 0; l < at.length; l++) {
      below[l] = l == 0 ? CountLaw.point(0) : below[l - 1].plus(at[l - 1], levels.draws());
    }
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
    if (at.length == 0) {
      return levels.estimate(n);
    }
    PoolWeights.check(n, levels.draws());
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double[] weights = KlFromLevels.weights(n, levels.draws());
    double gap = 0;
    for (int l = 0; l < at.length; l++) {
      gap += ofLevel(gaps, weights, l);
    }
    return gaps.analytical() - gap;
  }

  private double ofLevel(CorrectedGaps gaps, double[] weights, int l) {
    double sum = 0;
    double total = 0;
    for (int a = above[l].first(); a <= Math.min(above[l].last(), levels.draws()); a++) {
      int h = levels.draws() - a;
      double ofThese = 0;
      double all = 0;
      for (int c = at[l].first(); c <= Math.min(at[l].last(), h); c++) {
        double chance = at[l].at(c) * below[l].at(h - c);
        all += chance;
        ofThese += chance > 0 && weights[h] > NEGLIGIBLE ? chance * gaps.at(h, c) : 0;
      }
      sum += above[l].at(a) * weights[h] * ofThese;
      total += above[l].at(a) * all;
    }
    return total > 0 ? sum / total : 0;
  }
}
