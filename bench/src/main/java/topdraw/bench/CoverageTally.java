package topdraw.bench;

import topdraw.theory.finding.Interval;

/// Counts how often intervals hold the truth.
final class CoverageTally {
  /// Sums of equal numbers differ in the last digits from their product.
  private static final double ROUNDING = 1e-9;

  private int trials;
  private int withheld;
  private int held;
  private int above;
  private double truths;
  private double errors;
  private double squares;
  private double widths;

  /// Counts an estimate with its interval.
  void add(double value, Interval interval, double truth) {
    trials++;
    truths += truth;
    errors += value - truth;
    squares += (value - truth) * (value - truth);
    widths += interval.upper() - interval.lower();
    if (truth > interval.upper() + ROUNDING) {
      above++;
    } else if (truth >= interval.lower() - ROUNDING) {
      held++;
    }
  }

  /// Counts a trial in which nothing was told.
  void addWithheld() {
    withheld++;
  }

  /// What was counted.
  CoverageCell cell(String study, String law, int prompts, int draws, String of) {
    double count = Math.max(1, trials);
    double bias = errors / count;
    return new CoverageCell(
        study,
        law,
        prompts,
        draws,
        of,
        trials,
        withheld,
        truths / count,
        bias,
        Math.sqrt(Math.max(0, squares / count - bias * bias)),
        held,
        above,
        widths / count);
  }
}
