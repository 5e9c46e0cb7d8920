package topdraw.theory.confidence;

import java.util.List;
import java.util.Optional;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Quantiles;

/// The mean of any value over given prompts: only the drawing is random.
///
///     m ± t_{max(1, P(N/n - 1))} √(Σ J_j/P² + max (U⁺_j - U_j)²/P²)
///
/// Cut to the range, where one is known. Where no draw differs from another the range gives
/// Clopper-Pearson's limits at `P ⌊N/n⌋` blocks, and without one there is no interval.
///
/// @param alpha the chance of missing
record JackknifeInterval(double alpha) {
  /// What rounding alone may leave of a spread.
  private static final double ROUNDING = 1e-13;

  MeanInterval of(List<DrawnValue> prompts, Optional<Range> range) {
    int count = prompts.size();
    double mean = prompts.stream().mapToDouble(DrawnValue::value).average().orElseThrow();
    double perDraw = prompts.stream().mapToDouble(DrawnValue::perDraw).average().orElseThrow();
    double variance = prompts.stream().mapToDouble(DrawnValue::variance).sum() / count / count;
    double unseen =
        prompts.stream()
                .mapToDouble(prompt -> Math.abs(prompt.withOneMore() - prompt.value()))
                .max()
                .orElseThrow()
            / count;
    double error = Math.sqrt(variance + unseen * unseen);
    if (error <= ROUNDING * Math.max(1, Math.abs(mean))) {
      return range
          .map(known -> found(known, mean, count * Math.floor(perDraw), count))
          .orElseGet(() -> new MeanInterval.None(MeanInterval.Reason.NO_SPREAD, Scope.DRAWS));
    }
    double half = Quantiles.student(alpha, Math.max(1, count * (perDraw - 1))) * error;
    var interval = new Interval(mean - half, mean + half);
    return new MeanInterval.Found(
        range.map(known -> known.cut(interval)).orElse(interval),
        IntervalMethod.JACKKNIFE,
        Scope.DRAWS,
        count);
  }

  private MeanInterval found(Range range, double mean, double size, int count) {
    return new MeanInterval.Found(
        range.at(EffectiveSample.between(range.scaled(mean), size, alpha)),
        IntervalMethod.EFFECTIVE_SAMPLE,
        Scope.DRAWS,
        count);
  }
}
