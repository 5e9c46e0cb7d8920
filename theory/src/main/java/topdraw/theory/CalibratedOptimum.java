package topdraw.theory;

import java.util.stream.IntStream;

/// The policy of largest win rate at its drift on one table: the reference tilted by the calibrated
/// reward, `∝ p(y) exp(slope C(y))`. *Exact.*
///
/// Source: the paper, eq. (2) with the calibrated reward of eq. (30).
///
/// @param kl `KL(π ‖ p)` in nats
/// @param winRate `W(π ‖ p)`
public record CalibratedOptimum(double kl, double winRate) {
  /// The optimum of one slope.
  ///
  /// @param table the reference policy
  /// @param slope how steeply wins are rewarded, at least 0 and finite
  /// @return its drift and win rate
  /// @throws IllegalArgumentException if the slope is out of range
  public static CalibratedOptimum of(OutcomeTable table, double slope) {
    if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "slope must be a finite number of at least 0, was " + slope);
    }
    Levels levels = table.levels();
    // Calibrated rewards have mean 1/2; around it the tilt of a small slope keeps its digits.
    double[] tilt =
        IntStream.range(0, levels.count)
            .mapToDouble(l -> levels.calibrated[l] - 0.5)
            .map(c -> slope * c)
            .toArray();
    double logTotal = logTotal(levels, tilt);
    double kl = 0;
    double winRate = 0;
    for (int l = 0; l < levels.count; l++) {
      double k = tilt[l] - logTotal;
      kl += levels.mass[l] * LogSpace.phi(k);
      winRate += Math.exp(levels.logMass[l] + k) * levels.calibrated[l];
    }
    return new CalibratedOptimum(kl, winRate);
  }

  private static double logTotal(Levels levels, double[] tilt) {
    double excess = 0;
    for (int l = 0; l < tilt.length; l++) {
      excess += levels.mass[l] * Math.expm1(tilt[l]);
    }
    if (Math.abs(excess) < 0.5) {
      return Math.log1p(excess);
    }
    return LogSpace.logSumExp(
        IntStream.range(0, tilt.length).mapToDouble(l -> levels.logMass[l] + tilt[l]).toArray());
  }
}
