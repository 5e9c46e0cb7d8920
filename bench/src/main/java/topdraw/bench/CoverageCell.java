package topdraw.bench;

import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.finding.Interval;

/// What intervals did where the truth is known.
///
/// @param study the study
/// @param law where draws came from
/// @param prompts how many prompts a trial had
/// @param draws how many draws of each
/// @param of what was estimated
/// @param trials how many trials gave an interval
/// @param withheld in how many others none was given
/// @param truth the mean truth
/// @param bias the mean of the estimates less the truth
/// @param error the standard deviation of an estimate, its truth taken off
/// @param held in how many trials the interval held the truth
/// @param above in how many the truth lay above it
/// @param width the mean width
record CoverageCell(
    String study,
    String law,
    int prompts,
    int draws,
    String of,
    int trials,
    int withheld,
    double truth,
    double bias,
    double error,
    int held,
    int above,
    double width) {

  /// How often the interval held the truth.
  ///
  /// @return in `[0, 1]`; NaN where none was given
  double coverage() {
    return (double) held / trials;
  }

  /// Where the chance of holding it lies, with confidence 95 % (Clopper and Pearson).
  ///
  /// @return within `[0, 1]`
  Interval limits() {
    return new Interval(
        ReferenceIntervals.clopperPearsonLower(held, trials, 0.025),
        ReferenceIntervals.clopperPearsonUpper(held, trials, 0.025));
  }

  /// The bias in units of the standard error.
  ///
  /// @return 0 where nothing varies
  double relativeBias() {
    return error > 1e-9 ? bias / error : 0;
  }
}
