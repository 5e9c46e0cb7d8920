package topdraw.theory.confidence;

import java.util.HashMap;
import java.util.Map;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Quantiles;

/// The mean of a success statistic over the prompts of which those recorded are a sample: a beta
/// interval at an effective sample size.
///
///     n* = max(P, m (1-m)/v (z/t)²),   v = max(s², V)/P
///
/// `s²` is the variance over prompts and `V` that of the beta-binomial posterior, which knows that a
/// prompt not yet seen may be hard. The limits are half way between Clopper and Pearson's and
/// Jeffreys'. Source: Korn and Graubard (1998); the smoothed variance is ours.
final class PassesOverPrompts {
  private PassesOverPrompts() {}

  static Interval interval(
      SuccessStatistic statistic,
      int[] correct,
      int[] draws,
      BetaBinomialPosterior posterior,
      double alpha) {
    int prompts = correct.length;
    Map<Integer, double[]> byCount = new HashMap<>();
    Map<Integer, Double> expected = new HashMap<>();
    var values = new double[prompts];
    double spread = 0;
    for (int j = 0; j < prompts; j++) {
      double[] table = byCount.computeIfAbsent(draws[j], statistic::byCount);
      values[j] = table[correct[j]];
      spread += expected.computeIfAbsent(draws[j], size -> posterior.variance(table)) / prompts;
    }
    double[] moments = moments(values);
    return limits(moments[0], Math.max(moments[1], spread), prompts, alpha);
  }

  /// The limits of a mean in `[0, 1]` over prompts of a variance.
  static Interval limits(double mean, double variance, int prompts, double alpha) {
    double ratio = Quantiles.normal(alpha) / Quantiles.student(alpha, prompts - 1.0);
    double size = EffectiveSample.size(mean, variance / prompts, ratio * ratio, prompts);
    return EffectiveSample.between(mean, size, alpha);
  }

  /// Mean and sample variance.
  static double[] moments(double[] values) {
    Checks.atLeastOne(values.length - 1.0, "the number of prompts less one");
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new double[] {mean, squares / (values.length - 1)};
  }
}
