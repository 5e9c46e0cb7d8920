package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.Optional;
import topdraw.theory.finding.Evidence;
import topdraw.theory.numeric.Checks;

/// Whether a setting that one half of the prompts chose is better on the other half.
///
/// @param gain the mean difference on the half that did not choose
/// @param lower a lower bound on it
/// @param evidence a *theorem* where the range of the differences is known, an *estimate* otherwise
public record HeldOutGain(double gain, double lower, Evidence evidence) {

  /// The setting of the largest mean on the half that chooses; of equals the first.
  ///
  /// @param gold for each setting one gold reward per prompt
  /// @return its number, from 0
  /// @throws IllegalArgumentException if there is no setting, or one without prompts
  public static int best(double[][] gold) {
    Checks.atLeastOne(gold.length, "the number of settings");
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < gold.length; s++) {
      double mean = Arrays.stream(gold[s]).average().orElse(Double.NaN);
      Checks.notNaN(mean, "the gold reward of setting " + s);
      if (mean > most) {
        most = mean;
        best = s;
      }
    }
    return best;
  }

  /// The test on the half that did not choose.
  ///
  /// @param differences what the setting gains over plain best-of-n, one per prompt, in an order
  ///   that says nothing of them
  /// @param range where the differences provably lie, if known
  /// @param alpha the chance of failing, in `(0, 1/4]`
  /// @return the gain and its lower bound
  /// @throws IllegalArgumentException if there are fewer than two prompts, or one is out of range
  public static HeldOutGain of(double[] differences, Optional<Range> range, double alpha) {
    double mean = PassesOverPrompts.moments(differences)[0];
    if (range.isPresent()) {
      double share = Betting.lower(range.get().scaled(differences), alpha);
      return new HeldOutGain(mean, range.get().at(share), Evidence.THEOREM);
    }
    MeanInterval interval =
        new MeanIntervals(Scope.PROMPTS, 2 * alpha).ofValues(differences, Optional.empty());
    double lower =
        interval instanceof MeanInterval.Found found
            ? found.interval().lower()
            : Double.NEGATIVE_INFINITY;
    return new HeldOutGain(mean, lower, Evidence.ESTIMATE);
  }

  /// Whether the setting may be called better.
  ///
  /// @return whether the lower bound is above 0
  public boolean shown() {
    return lower > 0;
  }
}
