package topdraw.plan;

import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Inverses;
import topdraw.theory.law.Rewind;

/// The setting of a method that targets ask for. Win rate, drift and draws rise together along a
/// method's settings, so a floor picks the least that reaches it and ceilings the largest that
/// keeps to them.
final class TargetSetting {
  private TargetSetting() {}

  /// The least setting that reaches a win rate.
  ///
  /// @param fewest whether early stop is to take the cap that draws least
  static Setting reaching(Method method, double winRate, Targets targets, boolean fewest) {
    return switch (method) {
      case BEST_OF_N -> {
        double n = Inverses.nForWinRate(winRate);
        yield new Setting.BestOfN((long) Math.ceil(n * (1 - Targets.ROUNDING)));
      }
      case EARLY_STOP -> EarlyStopSetting.reaching(winRate, targets, fewest);
      case REWIND_AND_REPEAT -> new Setting.RewindAndRepeat(Rewind.passRateForWinRate(winRate));
      case BEST_OF_POISSON -> poisson(BestOfPoissonLaw.muForWinRate(winRate));
    };
  }

  /// The largest setting within the ceilings, of which there is at least one.
  static Setting within(Method method, Targets targets) {
    boolean drifts = targets.kl().isPresent();
    return switch (method) {
      case BEST_OF_N -> {
        double byKl = drifts ? Inverses.nForKl(targets.klCeiling()) : Double.MAX_VALUE;
        double n = Math.min(byKl, targets.drawsCeiling());
        yield new Setting.BestOfN((long) Math.floor(n * (1 + Targets.ROUNDING)));
      }
      case EARLY_STOP -> EarlyStopSetting.within(targets);
      case REWIND_AND_REPEAT -> {
        double byKl = Rewind.passRateForKl(targets.klCeiling());
        yield new Setting.RewindAndRepeat(Math.max(byKl, 1 / targets.drawsCeiling()));
      }
      case BEST_OF_POISSON -> {
        double byKl = drifts ? BestOfPoissonLaw.muForKl(targets.klCeiling()) : Double.MAX_VALUE;
        yield poisson(Math.min(byKl, targets.drawsCeiling() - 1));
      }
    };
  }

  /// A rate that adds nothing to one draw, in doubles, is that draw.
  private static Setting poisson(double mu) {
    return 1 + mu > 1 ? new Setting.BestOfPoisson(mu) : new Setting.BestOfN(1);
  }
}
