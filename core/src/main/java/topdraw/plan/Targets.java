package topdraw.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.finding.Quantity;
import topdraw.theory.law.OptimalFrontier;

/// What a person wants: floors on what is gained, ceilings on what is given up.
///
/// @param winRate the win rate to reach, in `[1/2, 1)`
/// @param reward the mean reward to reach; needs recorded samples
/// @param kl the drift to keep to, in nats
/// @param draws the mean number of draws to keep to, at least 1
public record Targets(
    OptionalDouble winRate, OptionalDouble reward, OptionalDouble kl, OptionalDouble draws) {
  /// A target met within this much (relative) is met: rounding must not cost a draw.
  static final double ROUNDING = 1e-12;

  /// Checks the ranges, and that there is a target.
  public Targets {
    if (winRate.isEmpty() && reward.isEmpty() && kl.isEmpty() && draws.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "a plan needs a target: ",
          Parameter.WIN_RATE,
          ", ",
          Parameter.KL,
          ", ",
          Parameter.DRAWS,
          ", ",
          Parameter.TOKENS,
          ", ",
          Parameter.SECONDS,
          " or ",
          Parameter.REWARD_AT_LEAST);
    }
    winRate.ifPresent(
        w ->
            check(
                w >= 0.5 && w < 1,
                Parameter.WIN_RATE,
                ": a win rate to reach is in [0.5, 1): the reference has 0.5 against itself; was ",
                w));
    kl.ifPresent(
        k ->
            check(
                k >= 0 && Double.isFinite(k),
                Parameter.KL,
                ": a drift is in nats, at least 0, was ",
                k));
    draws.ifPresent(
        m ->
            check(
                m >= 1 && Double.isFinite(m),
                Parameter.DRAWS,
                ", ",
                Parameter.TOKENS,
                " or ",
                Parameter.SECONDS,
                ": at least one completion is drawn, the budget pays for ",
                m));
    reward.ifPresent(
        r ->
            check(
                Double.isFinite(r),
                Parameter.REWARD_AT_LEAST,
                ": a reward to reach is finite, was ",
                r));
  }

  /// That no method whatever reaches a win rate within a drift, on any reference policy: a
  /// *theorem*.
  ///
  /// @param winRate the win rate wanted
  /// @param needed the least drift that it needs, in nats
  /// @param allowed the drift allowed, in nats
  public record OutOfReach(double winRate, double needed, double allowed) {}

  /// Whether theory alone says that nothing can meet them.
  ///
  /// @return the win rate and the drift that contradict each other; empty where none do
  public Optional<OutOfReach> outOfReach() {
    if (winRate.isEmpty()) {
      return Optional.empty();
    }
    double needed = OptimalFrontier.kl(winRate.getAsDouble());
    return needed <= klCeiling()
        ? Optional.empty()
        : Optional.of(new OutOfReach(winRate.getAsDouble(), needed, klCeiling()));
  }

  static Targets ofWinRate(double winRate) {
    return new Targets(
        OptionalDouble.of(winRate),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static void check(boolean holds, Object... message) {
    if (!holds) {
      throw new InputException(Problem.OUT_OF_RANGE, message);
    }
  }

  double klCeiling() {
    return kl.orElse(Double.POSITIVE_INFINITY);
  }

  double drawsCeiling() {
    return draws.orElse(Double.POSITIVE_INFINITY);
  }

  boolean keeps(Setting setting) {
    return setting.kl() <= klCeiling() * (1 + ROUNDING) + Double.MIN_NORMAL
        && setting.draws() <= drawsCeiling() * (1 + ROUNDING);
  }

  /// Which targets a setting misses, by theory.
  ///
  /// @param setting a setting
  /// @return the quantity of each; empty when it meets all
  public List<Quantity> missed(Setting setting) {
    List<Quantity> missed = new ArrayList<>();
    if (winRate.isPresent() && setting.winRate() < winRate.getAsDouble() * (1 - ROUNDING)) {
      missed.add(Quantity.WIN_RATE);
    }
    if (setting.kl() > klCeiling() * (1 + ROUNDING) + Double.MIN_NORMAL) {
      missed.add(Quantity.KL);
    }
    if (setting.draws() > drawsCeiling() * (1 + ROUNDING)) {
      missed.add(Quantity.DRAWS);
    }
    return missed;
  }
}
