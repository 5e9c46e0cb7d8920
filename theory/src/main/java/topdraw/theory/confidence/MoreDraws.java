package topdraw.theory.confidence;

import topdraw.theory.numeric.Checks;

/// How many more draws, or prompts, would settle a guarantee: an *estimate*.
public final class MoreDraws {
  /// Beyond this no one draws.
  private static final double MOST = 1e12;

  private static final int[] TIMES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};

  private MoreDraws() {}

  /// The draws after which Clopper and Pearson's bound on the rate would reach what a target needs,
  /// if successes go on to come as often.
  ///
  ///     least T' with I⁻¹_α(p T', (1-p) T' + 1) >= 1 - (1 - target)^(1/n),   p = successes/draws
  ///
  /// @param successes how many draws succeed
  /// @param draws out of how many
  /// @param target the chance that one of `n` draws succeeds that is to be proven, in `(0, 1)`
  /// @param n draws per prompt that are allowed, at least 1
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return what would settle it
  /// @throws IllegalArgumentException if an argument is out of range
  public static Settling forPasses(
      long successes, long draws, double target, double n, double alpha) {
    Checks.openUnit(target, "target");
    Checks.atLeastOne(n, "n");
    double now = ReferenceIntervals.clopperPearsonLower(successes, draws, alpha);
    double needed = -Math.expm1(Math.log1p(-target) / n);
    if (successes == 0) {
      return new Settling.NoSuccess(Math.min(1, 3.0 / draws));
    }
    double rate = (double) successes / draws;
    if (now >= needed) {
      return new Settling.More(0);
    }
    if (rate <= needed) {
      return new Settling.OutOfReach(
          Math.max(1, Math.ceil(Math.log1p(-target) / Math.log1p(-rate))));
    }
    double below = draws;
    double above = draws;
    while (!proven(rate, above, needed, alpha) && above < MOST) {
      below = above;
      above *= 2;
    }
    while (above - below > 1) {
      double middle = Math.floor((below + above) / 2);
      if (proven(rate, middle, needed, alpha)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return new Settling.More(Math.round(above) - draws);
  }

  private static boolean proven(double rate, double draws, double needed, double alpha) {
    return EffectiveSample.lower(rate * draws, draws, alpha) >= needed;
  }

  /// How many more prompts like these would let betting prove a target: the values at hand, twice,
  /// three times … up to 64 times.
  ///
  /// @param values one per prompt, in `[0, 1]`, in an order that says nothing of them
  /// @param target the mean to prove, in `(0, 1)`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return what would settle it; out of reach, for every `n`, where 64 times as many do not
  /// @throws IllegalArgumentException if an argument is out of range
  public static Settling forPrompts(double[] values, double target, double alpha) {
    Checks.openUnit(target, "target");
    for (int times : TIMES) {
      var more = new double[values.length * times];
      for (int i = 0; i < more.length; i++) {
        more[i] = values[i % values.length];
      }
      if (Betting.lower(more, alpha) >= target) {
        return new Settling.More((times - 1L) * values.length);
      }
    }
    return new Settling.OutOfReach(Double.POSITIVE_INFINITY);
  }
}
