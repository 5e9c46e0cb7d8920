package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.estimate.Column;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.MoreDraws;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Settling;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Bounds on means over all prompts of a kind, by betting on what each recorded one says, in the
/// order of a hash of their keys. Each value is scaled to the range it provably has: a win rate
/// lies in `[1/2, n/(n+1)]`.
///
/// @param alpha the chance of failing
/// @param drift whether the log-probabilities may be used
/// @param rewardRange where rewards lie by their making
/// @param ofEstimates the confidence of intervals that certify nothing
record PromptCertificate(
    double alpha, boolean drift, Optional<Interval> rewardRange, Confidence ofEstimates)
    implements Certificate {

  @Override
  public Finding winRate(MeasuredSetting tested) {
    return tested
        .winRateRange()
        .map(
            range ->
                proven(
                    Quantity.WIN_RATE,
                    Role.LOWER_BOUND,
                    tested.winRates(),
                    new Interval(range.low(), range.high())))
        .orElseGet(Certificate::coin);
  }

  /// The prompts may prove less than what holds on every reference policy, never more.
  @Override
  public Finding kl(MeasuredSetting tested) {
    double top = KlBounds.analytical((double) tested.n());
    return !drift || top == 0
        ? Certificate.klOnEveryPolicy(tested)
        : proven(Quantity.KL, Role.UPPER_BOUND, tested.kls(), new Interval(0, top));
  }

  @Override
  public Finding draws(MeasuredSetting tested) {
    return tested.stops()
        ? proven(Quantity.DRAWS, Role.UPPER_BOUND, tested.draws(), new Interval(1, tested.n()))
        : Finding.exact(Quantity.DRAWS, tested.n(), BY_DESIGN);
  }

  @Override
  public Finding reward(MeasuredSetting tested) {
    if (rewardRange.isEmpty()) {
      return Certificate.anyReward();
    }
    Column rewards = tested.rewards();
    return finite(rewards)
        ? proven(Quantity.REWARD, Role.LOWER_BOUND, rewards, rewardRange.get())
        // A draw without score may be returned: nothing above the range's end is known.
        : certified(Quantity.REWARD, Role.LOWER_BOUND, rewards, rewardRange.get().lower());
  }

  private static boolean finite(Column column) {
    return Arrays.stream(column.values()).allMatch(Double::isFinite);
  }

  private Finding proven(Quantity quantity, Role role, Column values, Interval range) {
    return certified(quantity, role, values, values.bound(role, range, alpha));
  }

  private Finding certified(Quantity quantity, Role role, Column values, double bound) {
    return values.certified(
        quantity, role, bound, PilotPlanner.FIXED_SEQUENCE, new Confidence(1 - alpha));
  }

  @Override
  public boolean couldReach(Quantity quantity, MeasuredSetting tested, double wanted) {
    return true;
  }

  @Override
  public Unmet.Help help(Quantity quantity, MeasuredSetting tested, double wanted, double reached) {
    if (Double.isInfinite(reached)) {
      return new Unmet.Help.Scores();
    }
    Optional<Range> range =
        quantity == Quantity.WIN_RATE
            ? tested.winRateRange()
            : rewardRange.map(known -> new Range(known.lower(), known.upper()));
    if (range.isEmpty() && quantity == Quantity.REWARD) {
      return new Unmet.Help.StatedRange();
    }
    if (reached < wanted || range.isEmpty()) {
      return new Unmet.Help.Above(OptionalDouble.empty());
    }
    double[] values =
        (quantity == Quantity.WIN_RATE ? tested.winRates() : tested.rewards()).values();
    if (values.length == 1) {
      return new Unmet.Help.OtherPrompts();
    }
    double target = range.get().scaled(wanted);
    Settling settling =
        target > 0 && target < 1
            ? MoreDraws.forPrompts(range.get().scaled(values), target, alpha)
            : new Settling.OutOfReach(Double.POSITIVE_INFINITY);
    return new Unmet.Help.MorePrompts(
        settling instanceof Settling.More(long more)
            ? OptionalLong.of(more)
            : OptionalLong.empty());
  }

  @Override
  public List<Finding> estimates(MeasuredSetting tested) {
    return tested.estimates(ofEstimates, drift, rewardRange);
  }
}
