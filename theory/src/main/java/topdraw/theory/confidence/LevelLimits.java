package topdraw.theory.confidence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import topdraw.theory.numeric.Checks;

/// Exact lower limits on the probability of a level from how often draws met it, each computed
/// once.
public final class LevelLimits {
  /// Odd, so that different pairs stay different, and of many bits, so that their hashes do too.
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private final double a;
  private final Map<Long, Double> logLimits = new ConcurrentHashMap<>();

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
  ///
  /// @param count how many draws met the level
  /// @param total how many draws there are, at least 1
  /// @return the logarithm in nats
  public double log(int count, int total) {
    if (count == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return logLimits.computeIfAbsent(
        SPREAD * (((long) total << Integer.SIZE) + count),
        unknown -> Math.log(ReferenceIntervals.clopperPearsonLower(count, total, a)));
  }
}
