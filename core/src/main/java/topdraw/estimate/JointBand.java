package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Quantiles;

/// A band around a mean curve that holds all of it at once, by resampling prompts: an *estimate*.
/// The half-width at each point is its standard error times one factor, the quantile of the largest
/// standardised error along the curve.
///
/// Of two prompts a resample has one twice or both, and strays in neither case: there the factor is
/// Student's, the chance of missing shared by all points.
final class JointBand {
  static final int RESAMPLES = 1000;

  /// An error that is less than this share of the mean is rounding: the prompts picked are alike
  /// there, and say nothing of how far a mean strays.
  private static final double ROUNDING = 1e-12;

  private JointBand() {}

  /// @param curves one curve per prompt, at least two, of equal lengths
  static List<Interval> of(double[][] curves, Confidence confidence, RandomGenerator random) {
    double[] mean = mean(curves);
    double[] error = standardErrors(curves, mean);
    var largest = new double[RESAMPLES];
    var resample = new double[curves.length][];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int j = 0; j < resample.length; j++) {
        resample[j] = curves[random.nextInt(curves.length)];
      }
      largest[r] = distance(resample, mean);
    }
    Arrays.sort(largest);
    double factor =
        curves.length == 2
            ? Quantiles.student(confidence.alpha() / mean.length, 1)
            : largest[Math.min(RESAMPLES - 1, (int) Math.ceil(confidence.value() * RESAMPLES))];
    List<Interval> band = new ArrayList<>();
    for (int i = 0; i < mean.length; i++) {
      band.add(new Interval(mean[i] - factor * error[i], mean[i] + factor * error[i]));
    }
    return band;
  }

  private static double distance(double[][] resample, double[] centre) {
    double[] mean = mean(resample);
    double[] error = standardErrors(resample, mean);
    double largest = 0;
    for (int i = 0; i < mean.length; i++) {
      if (error[i] > ROUNDING * Math.abs(mean[i])) {
        largest = Math.max(largest, Math.abs(mean[i] - centre[i]) / error[i]);
      }
    }
    return largest;
  }

  static double[] mean(double[][] curves) {
    var mean = new double[curves[0].length];
    for (double[] curve : curves) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += curve[i] / curves.length;
      }
    }
    return mean;
  }

  private static double[] standardErrors(double[][] curves, double[] mean) {
    var squares = new double[mean.length];
    for (double[] curve : curves) {
      for (int i = 0; i < mean.length; i++) {
        squares[i] += (curve[i] - mean[i]) * (curve[i] - mean[i]);
      }
    }
    double scale = (curves.length - 1.0) * curves.length;
    return Arrays.stream(squares).map(s -> Math.sqrt(s / scale)).toArray();
  }
}
