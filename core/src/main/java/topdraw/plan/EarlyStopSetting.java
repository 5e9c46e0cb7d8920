package topdraw.plan;

import java.util.function.LongPredicate;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.law.Inverses;

/// Early stop has two knobs, the cap and the share that passes. At one win rate a larger cap with
/// an easier threshold draws less and drifts more, from best-of-n to rewind-and-repeat. Where that
/// end itself is to be had, and unless the ceilings ask for another, the cap is a tenth above the
/// `n` of best-of-n at that win rate: about a third of the draws saved for 1 to 4 % more drift.
/// Else it is the largest that the ceilings allow, which draws least.
final class EarlyStopSetting {
  static final double SPARE = 1.1;

  /// Beyond this many times the least cap, early stop is rewind-and-repeat to three digits.
  private static final long FAR = 64;

  private static final double ALMOST_ALWAYS = 1 - 1e-9;

  private EarlyStopSetting() {}

  /// The setting that reaches a win rate, its cap within the ceilings where there is one.
  ///
  /// @param fewest whether the cap is to be the one that draws least
  static Setting reaching(double winRate, Targets targets, boolean fewest) {
    double n = Inverses.nForWinRate(winRate);
    long least = Math.max(2, (long) Math.ceil(n * (1 - Targets.ROUNDING)));
    long usual = Math.max(2, (long) Math.ceil(SPARE * n * (1 - Targets.ROUNDING)));
    long most = FAR * least;
    // Along the caps drift rises and draws fall.
    long keepsDrift = last(cap -> at(cap, winRate).kl() <= targets.klCeiling(), least, most);
    long keepsDraws =
        1 + last(cap -> at(cap, winRate).draws() > targets.drawsCeiling(), least, most);
    boolean possible = keepsDraws <= keepsDrift;
    long wanted = fewest ? keepsDrift : usual;
    return at(possible ? Math.clamp(wanted, keepsDraws, keepsDrift) : usual, winRate);
  }

  /// The setting of the largest win rate within the ceilings.
  static Setting within(Targets targets) {
    boolean both = targets.kl().isPresent() && targets.draws().isPresent();
    // One ceiling alone would drive the other knob to its end, so the cap stays the usual one.
    Targets knobs = both ? targets : Targets.ofWinRate(0.5);
    double low = 0.5;
    double high = ALMOST_ALWAYS;
    if (!targets.keeps(reaching(low, knobs, false))) {
      return new Setting.EarlyStop(1, 0);
    }
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (targets.keeps(reaching(middle, knobs, false))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return reaching(low, knobs, false);
  }

  private static Setting at(long cap, double winRate) {
    double reachable = Math.min(winRate, WinRateBounds.analytical((double) cap));
    return new Setting.EarlyStop(cap, EarlyStopping.passRate((double) cap, reachable));
  }

  /// The last whole number of a range up to which a condition holds; `low - 1` when it never does.
  private static long last(LongPredicate holds, long low, long high) {
    long below = low - 1;
    long above = high + 1;
    while (above - below > 1) {
      long middle = below + (above - below) / 2;
      if (holds.test(middle)) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return below;
  }
}
