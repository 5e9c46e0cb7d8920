package topdraw.theory;

import java.util.HashMap;
import java.util.Map;

/// Exact lower limits on the probability of a level from how often draws met it, each computed
/// once. For one thread.
public final class LevelLimits {
  private final double a;
  private final Map<Long, Double> logLimits = new HashMap<>();

  /// Limits that each fail with a small chance.
  ///
  /// @param a that chance, in `(0, 1)`, such as 0.001
  /// @throws IllegalArgumentException if it is out of range
  public LevelLimits(double a) {
    this.a = Checks.openUnit(a, "a");
  }

  /// The chance that a limit fails.
  ///
  /// @return in `(0, 1)`
  public double a() {
    return a;
  }

  /// The logarithm of the limit; `-∞` for a count of 0.
  double log(int count, int total) {
    return logLimits.computeIfAbsent(
        ((long) total << Integer.SIZE) + count,
        _ -> Math.log(ReferenceIntervals.clopperPearsonLower(count, total, a)));
  }
}
