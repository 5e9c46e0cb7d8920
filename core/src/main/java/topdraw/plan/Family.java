package topdraw.plan;

import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Inverses;
import topdraw.theory.law.Rewind;

/// The settings of one method, from which targets pick one. Win rate, drift and draws rise together
/// along a family, so a floor picks the least setting that reaches it and ceilings the largest that
/// keeps to them.
interface Family {
  /// Rounding must not cost a draw.
  double NEARLY = 1e-12;

  /// The least setting that reaches a win rate.
  Setting reaching(double winRate, Targets targets);

  /// The largest setting within the ceilings, of which there is at least one.
  Setting within(Targets targets);

  static Family of(Method method) {
    return switch (method) {
      case BEST_OF_N -> new BestOfN();
      case EARLY_STOP -> new EarlyStopFamily();
      case REWIND_AND_REPEAT -> new RewindAndRepeat();
      case BEST_OF_POISSON -> new BestOfPoisson();
    };
  }

  record BestOfN() implements Family {
    @Override
    public Setting reaching(double winRate, Targets targets) {
      double n = Inverses.nForWinRate(winRate);
      return new Setting.BestOfN((long) Math.ceil(n * (1 - NEARLY)));
    }

    @Override
    public Setting within(Targets targets) {
      double byKl =
          targets.kl().isPresent() ? Inverses.nForKl(targets.klCeiling()) : Double.MAX_VALUE;
      double n = Math.min(byKl, targets.drawsCeiling());
      return new Setting.BestOfN((long) Math.floor(n * (1 + NEARLY)));
    }
  }

  record RewindAndRepeat() implements Family {
    @Override
    public Setting reaching(double winRate, Targets targets) {
      return new Setting.RewindAndRepeat(Rewind.passRateForWinRate(winRate));
    }

    @Override
    public Setting within(Targets targets) {
      return new Setting.RewindAndRepeat(
          Math.max(
              targets.kl().isPresent() ? Rewind.passRateForKl(targets.klCeiling()) : 0,
              1 / targets.drawsCeiling()));
    }
  }

  record BestOfPoisson() implements Family {
    @Override
    public Setting reaching(double winRate, Targets targets) {
      return new Setting.BestOfPoisson(BestOfPoissonLaw.muForWinRate(winRate));
    }

    @Override
    public Setting within(Targets targets) {
      double byKl =
          targets.kl().isPresent()
              ? BestOfPoissonLaw.muForKl(targets.klCeiling())
              : Double.MAX_VALUE;
      double byDraws = Math.max(Double.MIN_NORMAL, targets.drawsCeiling() - 1);
      return new Setting.BestOfPoisson(Math.min(byKl, byDraws));
    }
  }
}
