package topdraw.plan;

import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Inverses;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.Rewind;

/// Win rates at one drift: the ceiling is a *theorem* for every policy on every reference; those of
/// the methods are *exact* for continuous rewards, `n` and the others being real numbers here.
///
/// @param kl the drift in nats
/// @param ceiling the largest win rate of any policy
/// @param bestOfN that of best-of-n
/// @param bestOfPoisson that of best-of-Poisson
/// @param rewindAndRepeat that of rewind-and-repeat
public record FrontierPoint(
    double kl, double ceiling, double bestOfN, double bestOfPoisson, double rewindAndRepeat) {
  /// The win rates at a drift.
  ///
  /// @param kl the drift in nats, at least 0
  /// @return the point
  public static FrontierPoint at(double kl) {
    return new FrontierPoint(
        kl,
        OptimalFrontier.winRate(kl),
        WinRateBounds.analytical(Inverses.nForKl(kl)),
        BestOfPoissonLaw.winRateContinuous(BestOfPoissonLaw.muForKl(kl)),
        Rewind.winRate(Rewind.passRateForKl(kl)));
  }
}
