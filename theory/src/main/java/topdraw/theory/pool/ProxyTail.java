package topdraw.theory.pool;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.numeric.Checks;

/// What the highest proxy rewards are worth: signs that choosing by them harms. *Estimates*.
public final class ProxyTail {
  private static final double SHARE = 0.1;
  private static final int FEWEST = 3;

  private ProxyTail() {}

  /// The slope of gold on proxy among the tenth of one prompt's draws that the proxy scores
  /// highest.
  ///
  /// @param proxy one proxy reward per draw, finite
  /// @param gold one gold reward per draw, finite
  /// @return gold per unit of proxy; empty for fewer than three such draws, or where their scores
  ///   are equal
  public static OptionalDouble slope(double[] proxy, double[] gold) {
    double[] sorted = proxy.clone();
    Arrays.sort(sorted);
    int kept = (int) Math.ceil(SHARE * proxy.length);
    if (kept < FEWEST) {
      return OptionalDouble.empty();
    }
    double from = sorted[sorted.length - kept];
    double count = 0;
    double meanProxy = 0;
    double meanGold = 0;
    for (int i = 0; i < proxy.length; i++) {
      if (proxy[i] >= from) {
        count++;
        meanProxy += (proxy[i] - meanProxy) / count;
        meanGold += (gold[i] - meanGold) / count;
      }
    }
    double squares = 0;
    double products = 0;
    for (int i = 0; i < proxy.length; i++) {
      if (proxy[i] >= from) {
        squares += (proxy[i] - meanProxy) * (proxy[i] - meanProxy);
        products += (proxy[i] - meanProxy) * (gold[i] - meanGold);
      }
    }
    return squares > 0 ? OptionalDouble.of(products / squares) : OptionalDouble.empty();
  }

  /// Whether, among the best scored, a higher score means worse: the interval of the mean slope
  /// over prompts lies below 0.
  ///
  /// @param slopes one per prompt
  /// @param alpha the chance of missing, in `(0, 1/2]`
  /// @return whether the upper end is below 0
  public static boolean falls(double[] slopes, double alpha) {
    return slopes.length > 0
        && new MeanIntervals(Scope.PROMPTS, alpha).ofValues(slopes, Optional.empty())
            instanceof MeanInterval.Found found
        && found.interval().upper() < 0;
  }

  /// Hill's index of the highest tenth of the scores of all prompts, each less its prompt's median:
  /// below 3 the scores have a heavy tail.
  ///
  /// @param proxies the proxy rewards of each prompt
  /// @return the index, `∞` where the highest are equal; empty for fewer than 30 draws, or where
  ///   the tenth reaches down to the medians
  public static OptionalDouble hillIndex(List<double[]> proxies) {
    double[] centred =
        proxies.stream()
            .flatMapToDouble(
                proxy -> {
                  double median = median(proxy);
                  return Arrays.stream(proxy).map(r -> r - median);
                })
            .sorted()
            .toArray();
    int kept = (int) (SHARE * centred.length);
    if (kept < FEWEST || !(centred[centred.length - kept - 1] > 0)) {
      return OptionalDouble.empty();
    }
    double base = centred[centred.length - kept - 1];
    double sum = 0;
    for (int i = centred.length - kept; i < centred.length; i++) {
      sum += Math.log(centred[i] / base);
    }
    return OptionalDouble.of(kept / sum);
  }

  private static double median(double[] values) {
    Checks.atLeastOne(values.length, "the number of draws");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
