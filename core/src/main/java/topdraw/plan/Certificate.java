package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import org.apache.commons.statistics.distribution.TDistribution;
import topdraw.estimate.Column;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One-sided bounds on the means over prompts, each failing with chance `alpha` at most.
///
/// @param alpha the chance of failing
/// @param drift whether the log-probabilities may be used
/// @param rewardRange where rewards lie by their making
/// @param ofEstimates the confidence of intervals that certify nothing
record Certificate(
    double alpha, boolean drift, Optional<Interval> rewardRange, Confidence ofEstimates) {
  private static final Estimator EVERY_REFERENCE =
      KlBounds.TEXTBOOK.titled("Theorem 3.1, every reference");
  private static final Estimator BY_DESIGN = new Estimator("method", "the method itself");

  Finding winRate(MeasuredSetting tested) {
    return proven(
        Quantity.WIN_RATE, Role.LOWER_BOUND, tested.winRates(), Quantity.WIN_RATE.range());
  }

  /// The prompts may prove less than what holds on every reference policy, never more.
  Finding kl(MeasuredSetting tested) {
    double top = klTop(tested);
    return !drift || top == 0
        ? klOnEveryPolicy(tested)
        : proven(Quantity.KL, Role.UPPER_BOUND, tested.kls(), new Interval(0, top));
  }

  /// `K_n`, of early stop `K` of its cap.
  static Finding klOnEveryPolicy(MeasuredSetting tested) {
    return Finding.theorem(
        Quantity.KL, Role.UPPER_BOUND, klTop(tested), EVERY_REFERENCE, List.of());
  }

  private static double klTop(MeasuredSetting tested) {
    return switch (tested.setting()) {
      case Setting.BestOfN(long n) -> KlBounds.analytical((double) n);
      case Setting.EarlyStop(long cap, _) -> KlBounds.analytical((double) cap);
      case Setting.RewindAndRepeat _, Setting.BestOfPoisson _ -> tested.setting().kl();
    };
  }

  Finding draws(MeasuredSetting tested) {
    return switch (tested.setting()) {
      case Setting.EarlyStop(long cap, _) ->
          proven(Quantity.DRAWS, Role.UPPER_BOUND, tested.draws(), new Interval(1, cap));
      case Setting.BestOfN _, Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
          Finding.exact(Quantity.DRAWS, tested.setting().draws(), BY_DESIGN);
    };
  }

  /// Proven where the range is stated, else the lower end of Student's interval.
  Finding reward(MeasuredSetting tested) {
    Column rewards = tested.rewards();
    if (rewardRange.isEmpty()) {
      return new Finding(
          Quantity.REWARD,
          Role.LOWER_BOUND,
          studentLower(rewards.values()),
          Evidence.ESTIMATE,
          OptionalDouble.of(1 - alpha),
          Optional.empty(),
          OptionalLong.of(rewards.draws()),
          OptionalLong.of(rewards.prompts()),
          PilotPlanner.STUDENT,
          List.of(Column.OF_BETTING.getFirst()));
    }
    return Arrays.stream(rewards.values()).allMatch(Double::isFinite)
        ? proven(Quantity.REWARD, Role.LOWER_BOUND, rewards, rewardRange.get())
        // A draw without score may be returned: nothing above the range's end is known.
        : certified(Quantity.REWARD, Role.LOWER_BOUND, rewards, rewardRange.get().lower());
  }

  private double studentLower(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    if (values.length < 2 || !Double.isFinite(mean)) {
      return Double.NEGATIVE_INFINITY;
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (values.length - 1.0) / values.length);
    return mean - TDistribution.of(values.length - 1.0).inverseSurvivalProbability(alpha) * error;
  }

  private Finding proven(Quantity quantity, Role role, Column values, Interval range) {
    return certified(quantity, role, values, values.bound(role, range, alpha));
  }

  private Finding certified(Quantity quantity, Role role, Column values, double bound) {
    return values.certified(
        quantity, role, bound, PilotPlanner.FIXED_SEQUENCE, new Confidence(1 - alpha));
  }

  /// Tests from the dearest setting down and stops at the first failure: the least setting that
  /// passed, or `size` when none did. Testing in an order fixed beforehand needs no correction.
  static int least(int size, IntPredicate passes) {
    int least = size;
    while (least > 0 && passes.test(least - 1)) {
      least--;
    }
    return least;
  }

  /// Tests from the cheapest setting up and stops at the first failure: the largest setting that
  /// passed, or -1.
  static int largest(int size, IntPredicate passes) {
    int largest = -1;
    while (largest < size - 1 && passes.test(largest + 1)) {
      largest++;
    }
    return largest;
  }
}
