package topdraw.plan;

import java.util.List;
import java.util.function.IntPredicate;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One-sided bounds on means, each failing with chance `alpha` at most, *theorems*; and what is
/// only estimated, where nothing can be proven.
sealed interface Certificate permits PromptCertificate, BlockCertificate {
  /// Why a setting draws what it does.
  Estimator BY_DESIGN = new Estimator("method", "the method itself");

  private static Estimator everyReference() {
    return KlBounds.TEXTBOOK.titled("Theorem 3.1, every reference");
  }

  /// A lower bound on the win rate.
  Finding winRate(MeasuredSetting tested);

  /// A lower bound on the reward; an estimate where no range is known.
  Finding reward(MeasuredSetting tested);

  /// An upper bound on the drift.
  Finding kl(MeasuredSetting tested);

  /// An upper bound on the draws, or the draws themselves.
  Finding draws(MeasuredSetting tested);

  /// Whether draws could prove a floor at this setting at all; told without a look at them.
  boolean couldReach(Quantity quantity, MeasuredSetting tested, double wanted);

  /// What would settle a floor that is not proven.
  Unmet.Help help(Quantity quantity, MeasuredSetting tested, double wanted, double reached);

  /// The estimates of a setting.
  List<Finding> estimates(MeasuredSetting tested);

  /// `K_n`, of early stop `K` of its cap.
  static Finding klOnEveryPolicy(MeasuredSetting tested) {
    return klOnEveryPolicy(tested.n());
  }

  static Finding klOnEveryPolicy(long n) {
    return Finding.theorem(
        Quantity.KL,
        Role.UPPER_BOUND,
        KlBounds.analytical((double) n),
        everyReference(),
        List.of());
  }

  /// A setting of one draw wins half of the time.
  static Finding coin() {
    return Finding.exact(Quantity.WIN_RATE, 0.5, BY_DESIGN);
  }

  /// Of a reward whose range is not known no bound holds, whatever the numbers.
  static Finding anyReward() {
    return Finding.theorem(
        Quantity.REWARD, Role.LOWER_BOUND, Double.NEGATIVE_INFINITY, BY_DESIGN, List.of());
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
