package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import org.apache.commons.statistics.distribution.TDistribution;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// One-sided bounds on the means over prompts, each failing with chance `alpha` at most.
///
/// @param alpha the chance of failing
/// @param drift whether the log-probabilities may be used
/// @param rewardRange where rewards lie by their making
record Certificate(double alpha, boolean drift, Optional<Interval> rewardRange) {
  private static final List<String> INDEPENDENT =
      List.of("the prompts are drawn independently from those that matter");

  Finding winRate(Rung.Values rung) {
    return proven(
        "win_rate", Role.LOWER_BOUND, Betting.lower(rung.winRates(), alpha), "probability", rung);
  }

  /// The prompts may prove less than what holds on every reference policy, never more.
  Finding kl(Rung.Values rung) {
    double top = klTop(rung);
    if (!drift || top == 0) {
      return klOnEveryPolicy(rung);
    }
    double[] scaled = Arrays.stream(rung.kls()).map(k -> Math.clamp(k / top, 0, 1)).toArray();
    return proven("kl", Role.UPPER_BOUND, top * Betting.upper(scaled, alpha), "nats", rung);
  }

  /// `K_n`, of early stop `K` of its cap.
  static Finding klOnEveryPolicy(Rung.Values rung) {
    return Finding.theorem(
        "kl", Role.UPPER_BOUND, klTop(rung), "nats", "Theorem 3.1, every reference", List.of());
  }

  private static double klTop(Rung.Values rung) {
    return switch (rung.setting()) {
      case Setting.BestOfN(long n) -> KlBounds.analytical((double) n);
      case Setting.EarlyStop(long cap, _) -> KlBounds.analytical((double) cap);
      case Setting.RewindAndRepeat _, Setting.BestOfPoisson _ -> rung.setting().kl();
    };
  }

  Finding draws(Rung.Values rung) {
    return switch (rung.setting()) {
      case Setting.EarlyStop(long cap, _) -> {
        double[] scaled =
            Arrays.stream(rung.draws())
                .map(m -> (m - 1) / (cap - 1.0))
                .map(x -> Math.clamp(x, 0, 1))
                .toArray();
        yield proven(
            "draws",
            Role.UPPER_BOUND,
            1 + (cap - 1.0) * Betting.upper(scaled, alpha),
            "draws",
            rung);
      }
      case Setting.BestOfN _, Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
          Finding.exact("draws", rung.setting().draws(), "draws", "the method itself");
    };
  }

  /// Proven where the range is stated, else the lower end of Student's interval.
  Finding reward(Rung.Values rung) {
    if (rewardRange.isEmpty()) {
      return new Finding(
          "reward",
          Role.LOWER_BOUND,
          studentLower(rung.rewards()),
          "reward",
          Evidence.ESTIMATE,
          OptionalDouble.of(1 - alpha),
          Optional.empty(),
          OptionalLong.of(rung.samples()),
          "lower end of a t interval over prompts",
          INDEPENDENT);
    }
    double low = rewardRange.get().lower();
    if (!Arrays.stream(rung.rewards()).allMatch(Double::isFinite)) {
      // A draw without score may be returned: nothing above the range's end is known.
      return proven("reward", Role.LOWER_BOUND, low, "reward", rung);
    }
    double width = rewardRange.get().upper() - low;
    double[] scaled =
        Arrays.stream(rung.rewards()).map(r -> Math.clamp((r - low) / width, 0, 1)).toArray();
    return proven(
        "reward", Role.LOWER_BOUND, low + width * Betting.lower(scaled, alpha), "reward", rung);
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

  private Finding proven(String quantity, Role role, double value, String unit, Rung.Values rung) {
    return new Finding(
        quantity,
        role,
        value,
        unit,
        Evidence.THEOREM,
        OptionalDouble.of(1 - alpha),
        Optional.empty(),
        OptionalLong.of(rung.samples()),
        "betting over " + rung.prompts() + " prompts, fixed-sequence",
        INDEPENDENT);
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
