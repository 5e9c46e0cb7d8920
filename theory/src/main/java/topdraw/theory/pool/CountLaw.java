package topdraw.theory.pool;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;

/// The law of a count. What has less chance than 1e-16 at its ends is left out.
///
/// @param first the least count
/// @param chances the chance of each count from `first` on
record CountLaw(int first, double[] chances) {
  private static final double NEGLIGIBLE = 1e-16;

  /// One draw, with certainty: of millions of levels each may have that law.
  private static final CountLaw ONE = new CountLaw(1, new double[] {1});

  /// Always the same count.
  static CountLaw point(int count) {
    return count == 1 ? ONE : new CountLaw(count, new double[] {1});
  }

  boolean isPoint() {
    return chances.length == 1 && chances[0] == 1;
  }

  int last() {
    return first + chances.length - 1;
  }

  /// The chance of a count.
  double at(int count) {
    return count < first || count > last() ? 0 : chances[count - first];
  }

  /// The binomial law whose mean is a whole number between 0 and the trials, given that the count
  /// is at most `most`.
  static CountLaw binomial(int trials, int mean, int most, double negligible) {
    double odds = mean / (double) (trials - mean);
    int reach = width(mean, trials);
    int low = Math.max(0, mean - reach);
    var chances = new double[Math.min(most, mean + reach) - low + 1];
    int mode = mean - low;
    // From the mode outwards, in units of its probability.
    chances[mode] = 1;
    double sum = 1;
    for (int k = mode + 1; k < chances.length; k++) {
      chances[k] = chances[k - 1] * ((trials - low - k + 1.0) / (low + k) * odds);
      sum += chances[k];
    }
    for (int k = mode - 1; k >= 0; k--) {
      chances[k] = chances[k + 1] * ((low + k + 1.0) / (trials - low - k) / odds);
      sum += chances[k];
    }
    for (int k = 0; k < chances.length; k++) {
      chances[k] /= sum;
    }
    return trimmed(low, chances, negligible);
  }

  /// How far from `c` the binomial law with mean `c` is above 1e-17 or so.
  static int width(int c, int trials) {
    double variance = c * (1 - (double) c / trials);
    return (int) (8 * Math.sqrt(variance)) + 8;
  }

  /// The Poisson law of a mean, up to `most`.
  static CountLaw poisson(double mean, int most) {
    int mode = (int) Math.min(most, mean);
    double peak = Math.exp(mode * Math.log(mean) - mean - LogGamma.value(mode + 1.0));
    return around(mode, peak, mean, 0, most);
  }

  /// The Poisson law of a mean, given that the count is not 0; up to `most`, at least 1.
  static CountLaw positivePoisson(double mean, int most) {
    int mode = (int) Math.max(1, Math.min(most, mean));
    double peak =
        Math.exp(mode * Math.log(mean) - mean - LogGamma.value(mode + 1.0)) / -Math.expm1(-mean);
    return around(mode, peak, mean, 1, most);
  }

  private static CountLaw around(int mode, double peak, double mean, int least, int most) {
    var chances = new double[most + 1];
    chances[mode] = peak;
    int high = mode;
    while (high < most && chances[high] > NEGLIGIBLE) {
      chances[high + 1] = chances[high] * mean / (high + 1);
      high++;
    }
    int low = mode;
    while (low > least && chances[low] > NEGLIGIBLE) {
      chances[low - 1] = chances[low] * low / mean;
      low--;
    }
    return trimmed(low, Arrays.copyOfRange(chances, low, high + 1));
  }

  /// The law of the sum of two independent counts, up to `most`.
  CountLaw plus(CountLaw other, int most) {
    if (other.isPoint()) {
      return new CountLaw(first + other.first, chances);
    }
    int least = first + other.first;
    int size = Math.min(chances.length + other.chances.length - 1, Math.max(1, most - least + 1));
    var sums = new double[size];
    for (int i = 0; i < chances.length; i++) {
      for (int j = 0; j < Math.min(other.chances.length, size - i); j++) {
        sums[i + j] += chances[i] * other.chances[j];
      }
    }
    return trimmed(least, sums);
  }

  /// The law of this count, given that its sum with an independent one is a total that is possible.
  CountLaw given(int total, CountLaw other) {
    if (chances.length == 1) {
      return this;
    }
    var both = new double[chances.length];
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      both[i] = chances[i] * other.at(total - first - i);
      sum += both[i];
    }
    for (int i = 0; i < chances.length; i++) {
      both[i] /= sum;
    }
    return trimmed(first, both);
  }

  /// This law without what has less chance at its ends.
  CountLaw without(double negligible) {
    return trimmed(first, chances, negligible);
  }

  double mean() {
    double mean = 0;
    for (int i = 0; i < chances.length; i++) {
      mean += (first + i) * chances[i];
    }
    return mean;
  }

  double deviation() {
    double mean = mean();
    double variance = 0;
    for (int i = 0; i < chances.length; i++) {
      variance += (first + i - mean) * (first + i - mean) * chances[i];
    }
    return Math.sqrt(variance);
  }

  private static CountLaw trimmed(int first, double[] chances) {
    return trimmed(first, chances, NEGLIGIBLE);
  }

  private static CountLaw trimmed(int first, double[] chances, double negligible) {
    int from = 0;
    while (from < chances.length - 1 && chances[from] < negligible) {
      from++;
    }
    int to = chances.length;
    while (to > from + 1 && chances[to - 1] < negligible) {
      to--;
    }
    return new CountLaw(first + from, Arrays.copyOfRange(chances, from, to));
  }
}
