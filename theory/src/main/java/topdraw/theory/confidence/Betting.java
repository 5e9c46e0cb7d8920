package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;

/// Confidence bounds for the mean of numbers in `[0, 1]` by betting against every mean: *theorems*
/// with confidence, for any law and any sample size.
///
/// At the true mean `m` each factor of the capital `Π (1 + min(λ_t, 0.9/m) (x_t - m))` has mean at
/// most 1, as `λ_t` is chosen before `x_t`, so the capital exceeds `1/α` with probability at most
/// `α` (Ville's inequality); the bound is the mean at which it does. The values need equal means
/// given the past, such as one value per prompt drawn independently. Their order matters slightly:
/// keep that of arrival.
///
/// Source: Waudby-Smith and Ramdas (2024), arXiv 2010.09686; one-sided, the cap 0.9 and the exact
/// root are ours.
public final class Betting {
  private static final double CAP = 0.9;

  /// As slow as a bet can fade and still be worth placing at any time.
  static final Horizon ANYTIME = t -> t * Math.log(t + 1);

  private Betting() {}

  /// What makes a bound on the mean of numbers that an estimator gives.
  ///
  /// @param values the estimator of each number
  /// @return the estimator of the bound
  public static Estimator on(Estimator values) {
    return new Estimator("betting:" + values.id(), "betting on " + values.title());
  }

  /// A lower bound on the mean with confidence `1 - alpha`, read once, after the last value.
  ///
  /// @param values at least one, in `[0, 1]`, in order of arrival
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, from 0 to the mean of the values
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static double lower(double[] values, double alpha) {
    return root(checked(values), bets(values, alpha, t -> values.length), alpha);
  }

  /// An upper bound on the mean with confidence `1 - alpha`, read once, after the last value.
  ///
  /// @param values at least one, in `[0, 1]`, in order of arrival
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, from the mean of the values to 1
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static double upper(double[] values, double alpha) {
    return 1 - lower(complements(values), alpha);
  }

  /// A two-sided interval for the mean with confidence `1 - alpha`, half of `alpha` to each end.
  ///
  /// @param values at least one, in `[0, 1]`, in order of arrival
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the interval
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static Interval interval(double[] values, double alpha) {
    return new Interval(lower(values, alpha / 2), upper(values, alpha / 2));
  }

  /// A lower bound on the mean that may be read after every value: with confidence `1 - alpha` it
  /// never fails, so the largest one read so far stands.
  ///
  /// @param values what has arrived so far, at least one, in `[0, 1]`, in order of arrival
  /// @param alpha the chance of ever failing, in `(0, 1)`
  /// @return the bound after the last of these values
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static double lowerAnytime(double[] values, double alpha) {
    return root(checked(values), bets(values, alpha, ANYTIME), alpha);
  }

  /// [#lowerAnytime] for the upper end.
  ///
  /// @param values what has arrived so far, at least one, in `[0, 1]`, in order of arrival
  /// @param alpha the chance of ever failing, in `(0, 1)`
  /// @return the bound after the last of these values; the smallest one read so far stands
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static double upperAnytime(double[] values, double alpha) {
    return 1 - lowerAnytime(complements(values), alpha);
  }

  /// The length of time a bet plans for.
  @FunctionalInterface
  interface Horizon {
    double at(double t);
  }

  /// Each bet `λ_t = sqrt(2 log(1/α) / (v_{t-1} H_t))` from the values before it.
  static double[] bets(double[] values, double alpha, Horizon horizon) {
    Checks.openUnit(alpha, "alpha");
    double twice = -2 * Math.log(alpha);
    double sum = 0.5;
    double squares = 0.25;
    var bets = new double[values.length];
    for (int t = 1; t <= bets.length; t++) {
      double variance = squares / t;
      bets[t - 1] = Math.sqrt(twice / (variance * horizon.at(t)));
      sum += values[t - 1];
      double deviation = values[t - 1] - sum / (t + 1);
      squares += deviation * deviation;
    }
    return bets;
  }

  private static double root(double[] values, double[] bets, double alpha) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double wanted = -Math.log(alpha);
    if (logCapital(values, bets, 0) < wanted) {
      return 0;
    }
    return last(m -> logCapital(values, bets, m), wanted, mean);
  }

  /// The largest mean at which a capital reaches what is wanted of it; it falls with the mean.
  ///
  /// @param logCapital the logarithm of the capital when the mean is `m`
  /// @param wanted the logarithm of what is wanted
  /// @param most a mean at which it is not reached
  /// @return the mean, to rounding, which errs on the lower side; 0 where none is found
  static double last(DoubleUnaryOperator logCapital, double wanted, double most) {
    double low = 0;
    double high = most;
    while (high - low > 1e-15 * high) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        break;
      }
      if (logCapital.applyAsDouble(middle) >= wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The logarithm of the capital when the mean is `m`.
  static double logCapital(double[] values, double[] bets, double m) {
    double sum = 0;
    for (int t = 0; t < values.length; t++) {
      double bet = Math.min(bets[t], CAP / m);
      sum += Math.log1p(bet * (values[t] - m));
    }
    return sum;
  }

  private static double[] complements(double[] values) {
    return Arrays.stream(checked(values)).map(x -> 1 - x).toArray();
  }

  private static double[] checked(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a bound on a mean needs at least one value, found none");
    }
    for (int t = 0; t < values.length; t++) {
      if (!(values[t] >= 0 && values[t] <= 1)) {
        throw new IllegalArgumentException(
            "values[" + t + "] must be in [0, 1], was " + values[t] + "; divide by its range");
      }
    }
    return values;
  }
}
