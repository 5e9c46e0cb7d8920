package topdraw.theory.bound;

import topdraw.theory.law.Levels;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// Upper bounds on what the KL divergence of best-of-n falls short of the analytical formula, `K_n
/// - KL(π_n ‖ p)`, in nats.
///
/// All are *theorems* and take the masses of levels: with equal rewards the probabilities of
/// outcomes would be too small. A bound above `K_n` says nothing. Lower bounds: [KlBounds#gap].
public final class KlGapBounds {
  private KlGapBounds() {}

  /// An upper bound from the Rényi entropy, `2 n (n-1) exp(-H_2)`. The constant is as
  /// reconstructed: true, and 20 to 60 times too large. Source: the paper, Theorem 3.4, eq. (15).
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param table the reference policy
  /// @return an upper bound on the gap, in nats
  /// @throws IllegalArgumentException if `n < 2` and is not 1, where the statement is false
  public static double upper(double n, OutcomeTable table) {
    Checks.oneOrAtLeastTwo(n, "n");
    return 2 * n * (n - 1) * Math.exp(-table.renyiEntropy());
  }

  /// An upper bound from the largest probability, `2 n (n-1) δ`. Source: the paper, Corollary 3.5,
  /// eq. (17).
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param delta the largest probability of a level, over all prompts
  /// @return an upper bound on the gap, in nats
  /// @throws IllegalArgumentException if `n < 2` and is not 1, or `delta` is not in `[0, 1]`
  public static double upperFromDelta(double n, double delta) {
    Checks.probability(delta, "delta");
    Checks.oneOrAtLeastTwo(n, "n");
    return 2 * n * (n - 1) * delta;
  }

  /// An upper bound in closed form that is of the order of the gap itself.
  ///
  ///     n = 2:  (log 2 - 1/2) Σ P_l^2
  ///     n > 2:  n (n-1)^2 / (2 π^2 (n-2)) Σ P_l^2 (F_l^(n-2) - F_{l-1}^(n-2))
  ///
  /// Source: T3 (a), (b).
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param table the reference policy
  /// @return an upper bound on the gap, in nats
  /// @throws IllegalArgumentException if `n < 2` and is not 1
  public static double upperLocal(double n, OutcomeTable table) {
    Checks.oneOrAtLeastTwo(n, "n");
    return n <= 2
        ? local(n) * Math.exp(-table.renyiEntropy())
        : local(n) * table.levels().squaresTimesPowers(n - 2);
  }

  /// [#upperLocal] from the chance that two draws are of equal reward, `Σ P_l^2`, alone: the
  /// differences of powers are at most 1.
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param collisions the chance, in `[0, 1]`
  /// @return an upper bound on the gap, in nats; linear in `collisions`, so of a mean it bounds the
  ///   mean gap
  /// @throws IllegalArgumentException if `n < 2` and is not 1, or `collisions` is not in `[0, 1]`
  public static double upperFromCollisions(double n, double collisions) {
    Checks.probability(collisions, "collisions");
    Checks.oneOrAtLeastTwo(n, "n");
    return local(n) * collisions;
  }

  private static double local(double n) {
    if (n <= 2) {
      return n == 1 ? 0 : LogSpace.LN_2 - 0.5;
    }
    return n * (n - 1) * (n - 1) / (2 * Math.PI * Math.PI * (n - 2));
  }

  /// [#upperLocal] with 1/24 in place of `1/(2 π^2)` for `n >= 3`, the least constant there can be:
  /// a *conjecture*, checked numerically only. Source: T3.
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param table the reference policy
  /// @return what is conjectured to be an upper bound on the gap, in nats
  /// @throws IllegalArgumentException if `n < 2` and is not 1
  public static double upperConjectured(double n, OutcomeTable table) {
    double proven = upperLocal(n, table);
    return n < 3 ? proven : proven * (Math.PI * Math.PI / 12);
  }

  /// An upper bound that is right to first order as all probabilities vanish.
  ///
  ///     E_{π_n}[ min(K_n, ((n-1) log(F/F⁻))^2 / 24) ]
  ///
  /// Source: T3 (d).
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param table the reference policy
  /// @return an upper bound on the gap, in nats, at most `K_n`
  /// @throws IllegalArgumentException if `n < 1`
  public static double upperSharp(double n, OutcomeTable table) {
    Checks.atLeastOne(n, "n");
    Levels levels = table.levels();
    return ExpectedKlBounds.mean(
        n, table, l -> KlBounds.gapShapeUpperFromMiss(n, levels.logMiss(l)));
  }
}
