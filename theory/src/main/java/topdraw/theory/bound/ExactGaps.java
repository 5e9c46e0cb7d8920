package topdraw.theory.bound;

import java.util.function.IntToDoubleFunction;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.Selection;
import topdraw.theory.numeric.Chunks;

/// What drift and win rate of a selection fall short of their values for continuous rewards, which
/// are upper bounds on them: *exact*, for best-of-n and early stop summed without cancellation.
public final class ExactGaps {
  private ExactGaps() {}

  /// What the KL divergence falls short of `K_n` by.
  ///
  ///     K_n - KL = Σ_l F_l^n D_n(P_l / F_l)
  ///
  /// Source: the paper, eq. (14) and Lemma A.2, in the scaled form `Δ_l = F_l^n D_n(s_l)`.
  ///
  /// @param law the law of a selection
  /// @return the gap in nats, at least 0; `∞` for rewind-and-repeat, which is early stop at `n → ∞`
  public static double kl(Law law) {
    return switch (law.selection()) {
      case Selection.BestOfN best -> kl(best.n(), law.levels());
      case Selection.EarlyStop stop -> kl(stop.n(), law.levels());
      case Selection.RewindAndRepeat rewind -> Double.POSITIVE_INFINITY;
      case Selection.SoftBestOfN soft -> Math.max(0, KlBounds.analytical(soft.n()) - law.kl());
      case Selection.BestOfPoisson poisson ->
          Math.max(0, BestOfPoissonLaw.klContinuous(poisson.mu()) - law.kl());
    };
  }

  private static double kl(double n, Levels levels) {
    return sum(levels, n, l -> KlBounds.gapFromMiss(n, levels.logMiss(l)));
  }

  /// What the win rate falls short of `n/(n+1)` by.
  ///
  ///     n/(n+1) - W = Σ_l F_l^(n+1) w_n(P_l / F_l)
  ///
  /// Source: the paper, eq. (33) and Lemma A.4.
  ///
  /// @param law the law of a selection
  /// @return the gap, at least 0 for `n >= 1`; `z/2` for rewind-and-repeat, which is early stop at
  ///     `n → ∞`
  public static double winRate(Law law) {
    return switch (law.selection()) {
      case Selection.BestOfN best -> winRate(best.n(), law.levels());
      case Selection.EarlyStop stop -> winRate(stop.n(), law.levels());
      case Selection.RewindAndRepeat rewind -> 1 - law.winRate();
      case Selection.SoftBestOfN soft ->
          Math.max(0, WinRateBounds.analytical(soft.n()) - law.winRate());
      case Selection.BestOfPoisson poisson ->
          Math.max(0, BestOfPoissonLaw.winRateContinuous(poisson.mu()) - law.winRate());
    };
  }

  private static double winRate(double n, Levels levels) {
    return sum(levels, n + 1, l -> WinRateBounds.gap(n, levels.logShare(l), levels.logMiss(l)));
  }

  /// `Σ_l F_l^power shape(l)`.
  private static double sum(Levels levels, double power, IntToDoubleFunction shape) {
    return Chunks.sum(
        levels.count(),
        (from, to) -> {
          double sum = 0;
          for (int l = from; l < to; l++) {
            double weight = Math.exp(power * levels.logCumulative(l));
            sum += weight == 0 ? 0 : weight * shape.applyAsDouble(l);
          }
          return sum;
        });
  }
}
