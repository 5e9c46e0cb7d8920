package topdraw.estimate;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import topdraw.theory.finding.Interval;

/// Means of resamples of values, for intervals that are *estimates*: they cover as often as they
/// say only when the values show what varies. [topdraw.theory.confidence.Betting] proves what it
/// says.
///
/// Source: Efron (1987), *Better bootstrap confidence intervals*.
public final class Bootstrap {
  /// Below this many values that differ from the commonest one, BCa lies: where rare prompts hold
  /// all of the spread its 95 % covered 33 %.
  static final int LEAST_DIFFERENT = 10;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final double[] values;
  private final double[] means;

  private Bootstrap(double[] values, double[] means) {
    this.values = values;
    this.means = means;
  }

  /// Draws resamples with replacement.
  ///
  /// @param values at least one finite number
  /// @param resamples how many, at least 1
  /// @param random where the choices come from
  /// @return the resamples' means
  /// @throws IllegalArgumentException if there is no value, one is not finite, or no resample
  public static Bootstrap of(double[] values, int resamples, RandomGenerator random) {
    if (values.length == 0 || resamples < 1 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a bootstrap needs finite values and at least one resample, found "
              + values.length
              + " values and "
              + resamples
              + " resamples");
    }
    double[] kept = values.clone();
    double[] means =
        IntStream.range(0, resamples).mapToDouble(i -> resampled(kept, random)).sorted().toArray();
    return new Bootstrap(kept, means);
  }

  private static double resampled(double[] values, RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }

  /// The percentile interval: an *estimate*, too narrow for few or skewed values.
  ///
  /// @param alpha one minus the nominal confidence, in `(0, 1)`
  /// @return the interval
  public Interval percentile(double alpha) {
    return between(alpha / 2, 1 - alpha / 2);
  }

  /// The bias-corrected and accelerated interval: an *estimate*.
  ///
  /// @param alpha one minus the nominal confidence, in `(0, 1)`
  /// @return the interval; empty when fewer than 10 values differ from the commonest one
  public Optional<Interval> bca(double alpha) {
    return different(values) < LEAST_DIFFERENT ? Optional.empty() : Optional.of(bcaAnyway(alpha));
  }

  /// What [#bca] would have said where it is withheld, for whoever measures how often it lies
  /// there.
  ///
  /// @param alpha one minus the nominal confidence, in `(0, 1)`
  /// @return an interval that must not be shown as one
  public Interval bcaAnyway(double alpha) {
    double bias = NORMAL.inverseCumulativeProbability(shareBelowMean());
    double acceleration = acceleration(values);
    return between(
        adjusted(alpha / 2, bias, acceleration), adjusted(1 - alpha / 2, bias, acceleration));
  }

  private double shareBelowMean() {
    double mean = Arrays.stream(values).average().orElseThrow();
    double below =
        Arrays.stream(means).map(m -> m < mean ? 1 : m == mean ? 0.5 : 0).sum() / means.length;
    return Math.clamp(below, 0.5 / means.length, 1 - 0.5 / means.length);
  }

  private static double adjusted(double level, double bias, double acceleration) {
    double z = bias + NORMAL.inverseCumulativeProbability(level);
    return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
  }

  /// A sixth of the skewness of the mean's influences, which for a mean are the deviations.
  private static double acceleration(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = 0;
    double cubes = 0;
    for (double value : values) {
      double deviation = value - mean;
      squares += deviation * deviation;
      cubes += deviation * deviation * deviation;
    }
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }

  private Interval between(double low, double high) {
    return new Interval(quantile(Math.min(low, high)), quantile(Math.max(low, high)));
  }

  private double quantile(double level) {
    return means[Math.clamp((long) Math.floor(level * means.length), 0, means.length - 1)];
  }

  private static long different(double[] values) {
    long mode =
        Arrays.stream(values)
            .boxed()
            .collect(Collectors.groupingBy(v -> v, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(c -> c)
            .max()
            .orElseThrow();
    return values.length - mode;
  }
}
