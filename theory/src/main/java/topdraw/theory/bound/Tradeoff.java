package topdraw.theory.bound;

import topdraw.theory.law.Inverses;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Roots;

/// A point of win rate against KL divergence, and the curves between which best-of-n runs on one
/// table. Source: the paper, Definition 7.1.
///
/// A curve is given by its points at `t = 1, 2, 3, …`; as a bound on a win rate at a drift it is
/// their monotone hull ([#winRateLower], [#winRateUpper]), because drift and win rate rise with `n`
/// (T7).
///
/// @param kl the drift in nats; below 0 where a bound says nothing
/// @param winRate the win rate; below 1/2 where a bound says nothing
public record Tradeoff(double kl, double winRate) {

  /// Best-of-n when all probabilities vanish, `(K_t, t/(t+1))`: *exact* there, Example 3. As a
  /// bound for every reference policy it is Conjecture 7.2 as we read it, and false:
  /// [#conjecturedWinRate].
  ///
  /// @param t completions drawn per prompt, at least 1
  /// @return the point
  /// @throws IllegalArgumentException if `t < 1`
  public static Tradeoff limit(double t) {
    return new Tradeoff(KlBounds.analytical(t), WinRateBounds.analytical(t));
  }

  /// The win rate at a drift on the curve of [#limit], `u(K_t) = t/(t+1)`. *Not a bound*: `p =
  /// (0.4, 0.2, 0.2, 0.2)` with `n = 2` wins 0.652 at a drift where it says 0.6508. The true one is
  /// [OptimalFrontier#winRate], at most 0.0095 above. Source: the paper, Conjecture 7.2, as we read
  /// it.
  ///
  /// @param kl the drift in nats, at least 0
  /// @return the win rate of the curve, in `[1/2, 1]`
  /// @throws IllegalArgumentException if the drift is negative or not finite
  public static double conjecturedWinRate(double kl) {
    double n = Inverses.nForKl(kl);
    return n == Double.POSITIVE_INFINITY ? 1 : WinRateBounds.analytical(n);
  }

  /// A point of the lower curve, `(K_t, t/(t+1) - (t-1)/2 exp(-H_2))`. Source: the paper, Theorem
  /// A.6; the constant as reconstructed.
  ///
  /// @param t completions drawn per prompt, 1 or at least 2
  /// @param table the reference policy
  /// @return the point
  /// @throws IllegalArgumentException if `t < 2` and is not 1
  public static Tradeoff lower(double t, OutcomeTable table) {
    return limit(t).losing(0, WinRateBounds.gapUpper(t, table));
  }

  /// A point of the upper curve, `(K_t - 2t(t-1) exp(-H_2), t/(t+1))`. Source: the paper, Theorem
  /// A.7; the constant as reconstructed.
  ///
  /// @param t completions drawn per prompt, 1 or at least 2
  /// @param table the reference policy
  /// @return the point
  /// @throws IllegalArgumentException if `t < 2` and is not 1
  public static Tradeoff upper(double t, OutcomeTable table) {
    return limit(t).losing(KlGapBounds.upper(t, table), 0);
  }

  /// A point of a higher lower curve: Theorem A.6 with T4 in place of the paper's Theorem 5.4.
  ///
  /// @param t completions drawn per prompt, at least 1
  /// @param table the reference policy
  /// @return the point
  /// @throws IllegalArgumentException if `t < 1`
  public static Tradeoff sharpLower(double t, OutcomeTable table) {
    return limit(t).losing(0, WinRateBounds.gapUpperLocal(t, table));
  }

  /// A point of a lower upper curve: Theorem A.7 with T3 in place of the paper's Theorem 3.4.
  ///
  /// @param t completions drawn per prompt, at least 1
  /// @param table the reference policy
  /// @return the point
  /// @throws IllegalArgumentException if `t < 1`
  public static Tradeoff sharpUpper(double t, OutcomeTable table) {
    return limit(t).losing(KlGapBounds.upperSharp(t, table), 0);
  }

  private Tradeoff losing(double nats, double wins) {
    return new Tradeoff(kl - nats, winRate - wins);
  }

  /// The least win rate of best-of-n at a drift, by Theorem A.6: the highest point of the curve up
  /// to there.
  ///
  /// @param kl the drift of best-of-n with a whole `n`, in nats, finite
  /// @param table the reference policy
  /// @return a lower bound on the win rate (*theorem*), at least 1/2
  /// @throws IllegalArgumentException if the drift is negative or not finite
  public static double winRateLower(double kl, OutcomeTable table) {
    double last = Math.floor(Inverses.nForKl(kl));
    // t/(t+1) - (t-1) h/2 is concave in t with its top at (t+1)² = 2/h.
    double top = Math.sqrt(2) * Math.exp(table.renyiEntropy() / 2) - 1;
    double before = Math.max(1, Math.min(last, Math.floor(top)));
    double after = Math.min(last, before + 1);
    return Math.max(0.5, Math.max(lower(before, table).winRate, lower(after, table).winRate));
  }

  /// The largest win rate of best-of-n at a drift, by Theorem A.7: `t/(t+1)` at the last `t` whose
  /// point, and all before it, drift no further. Beyond the curve's largest drift it says 1.
  ///
  /// @param kl the drift of best-of-n with a whole `n`, in nats
  /// @param table the reference policy
  /// @return an upper bound on the win rate (*theorem*)
  /// @throws IllegalArgumentException if the drift is negative or NaN
  public static double winRateUpper(double kl, OutcomeTable table) {
    Checks.divergence(kl, "kl");
    double squares = Math.exp(-table.renyiEntropy());
    double peak = peak(squares);
    if (kl < upperKl(2, squares) || kl >= upperKl(peak, squares)) {
      return kl < upperKl(2, squares) ? 0.5 : 1;
    }
    return WinRateBounds.analytical(Roots.rising(t -> upperKl(t, squares) - kl, 2, peak));
  }

  private static double upperKl(double t, double squares) {
    return KlBounds.analytical(t) - 2 * t * (t - 1) * squares;
  }

  /// Where the upper curve turns back, 2 if it only does: its drift rises while `(t-1)/(t²(2t-1))`,
  /// which falls and is below `1/(2t²)`, exceeds `2 exp(-H_2)`.
  private static double peak(double squares) {
    double beyond = 0.5 / Math.sqrt(squares);
    return beyond <= 2
        ? 2
        : Roots.falling(t -> (t - 1) / (t * t * (2 * t - 1)) - 2 * squares, 2, beyond);
  }
}
