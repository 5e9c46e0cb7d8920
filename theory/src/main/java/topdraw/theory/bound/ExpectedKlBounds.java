package topdraw.theory.bound;

import java.util.function.IntToDoubleFunction;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.numeric.Chunks;

/// The means of the estimators of [KlBounds] under best-of-n on a table: upper bounds on
/// `KL(π_n ‖ p)` (*theorem*), in nats, each evaluated at the mass of the returned level.
///
///     KL <= sharpBound <= bound <= alternateBound <= K_n
public final class ExpectedKlBounds {
  private ExpectedKlBounds() {}

  /// The mean of [KlBounds#bound]. Source: the paper, Conjecture 4.4, which is a theorem (T1).
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param table the reference policy
  /// @return the mean in nats
  /// @throws IllegalArgumentException if `n <= 0`
  public static double bound(double n, OutcomeTable table) {
    return mean(n, table, boundOf(n, table.levels()));
  }

  /// The mean of [KlBounds#sharpBound]. Source: T1.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param table the reference policy
  /// @return the mean in nats
  /// @throws IllegalArgumentException if `n <= 0`
  public static double sharpBound(double n, OutcomeTable table) {
    Levels levels = table.levels();
    return mean(n, table, l -> KlBounds.sharpBound(n, levels.logMass(l), levels.logComplement(l)));
  }

  /// The mean of [KlBounds#alternateBound]. Source: the paper, Lemma 4.1 and eq. (23).
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param table the reference policy
  /// @return the mean in nats
  /// @throws IllegalArgumentException if `n <= 0`
  public static double alternateBound(double n, OutcomeTable table) {
    Levels levels = table.levels();
    return mean(n, table, l -> KlBounds.alternateBoundFromLog(n, levels.logMass(l)));
  }

  /// The variance of [KlBounds#bound] over one return of best-of-n. At most `m (K_n - m)`, with `m`
  /// the mean, so at most `K_n^2 / 4`. Source: the paper, Lemma 4.5; T2.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param table the reference policy
  /// @return the variance in nats squared
  /// @throws IllegalArgumentException if `n <= 0`
  public static double variance(double n, OutcomeTable table) {
    IntToDoubleFunction bound = boundOf(n, table.levels());
    double mean = mean(n, table, bound);
    return mean(
        n,
        table,
        l -> {
          double deviation = bound.applyAsDouble(l) - mean;
          return deviation * deviation;
        });
  }

  /// The most that [#variance] can be where the mean is known, `m (K_n - m)`; at most `K_n^2 / 4`
  /// where it is not, so that a standard deviation is at most `K_n / 2` (*theorem*). Source: T2
  /// (Bhatia and Davis; Popoviciu), half of the paper's Lemma 4.5, eq. (26) and (27).
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param mean the mean of an estimator whose values are in `[0, K_n]`
  /// @return an upper bound on the variance of one value, in nats squared
  /// @throws IllegalArgumentException if `n <= 0` or the mean is not in `[0, K_n]`
  public static double varianceUpper(double n, double mean) {
    double top = KlBounds.analytical(n);
    if (!(mean >= 0 && mean <= top)) {
      throw new IllegalArgumentException("a mean is in [0, K_n = " + top + "], was " + mean);
    }
    return mean * (top - mean);
  }

  private static IntToDoubleFunction boundOf(double n, Levels levels) {
    return l -> KlBounds.bound(n, levels.logMass(l), levels.logComplement(l));
  }

  /// The mean over the returned level.
  static double mean(double n, OutcomeTable table, IntToDoubleFunction value) {
    double[] returned = Law.levelProbabilities(n, table);
    return Chunks.sum(
        returned.length,
        (from, to) -> {
          double sum = 0;
          for (int l = from; l < to; l++) {
            sum += returned[l] * value.applyAsDouble(l);
          }
          return sum;
        });
  }
}
