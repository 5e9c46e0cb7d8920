package topdraw.estimate;

import java.util.random.RandomGenerator;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;

/// The joint band as plain numbers, for tests of how often it holds.
public final class Bands {
  private Bands() {}

  /// Whether a band around the mean of curves holds a whole curve.
  ///
  /// @param curves a curve a prompt
  /// @param truth the curve
  public static boolean holds(
      double[][] curves, double[] truth, double confidence, RandomGenerator random) {
    int i = 0;
    for (Interval interval : JointBand.of(curves, new Confidence(confidence), random)) {
      if (!(interval.lower() <= truth[i] && truth[i] <= interval.upper())) {
        return false;
      }
      i++;
    }
    return true;
  }
}
