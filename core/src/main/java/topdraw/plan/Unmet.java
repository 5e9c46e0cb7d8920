package topdraw.plan;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.theory.finding.Quantity;

/// Why a method is not certain to meet its targets.
public sealed interface Unmet {
  /// Even the dearest setting that was tested does not certainly reach a floor.
  ///
  /// @param quantity the win rate or the reward
  /// @param wanted the floor
  /// @param reached what the setting reaches, as estimated; `-∞` where a draw without score can win
  /// @param bound what it certainly reaches; `-∞` where nothing is certain
  /// @param dearest the setting
  /// @param help what would settle it
  record Floor(
      Quantity quantity, double wanted, double reached, double bound, Setting dearest, Help help)
      implements Unmet {}

  /// What may lift a bound over a floor, if what comes is like what came: *estimates*.
  sealed interface Help {
    /// A score of every draw.
    record Scores() implements Help {}

    /// A stated range of rewards: without one no bound holds, whatever the numbers.
    record StatedRange() implements Help {}

    /// Other prompts: one says nothing of them.
    record OtherPrompts() implements Help {}

    /// More prompts: the estimate is high enough, its bound is not.
    ///
    /// @param more about how many; empty for more than 63 times those at hand
    record MorePrompts(OptionalLong more) implements Help {}

    /// More draws: the estimate is high enough, its bound is not.
    ///
    /// @param more about how many
    record MoreDraws(long more) implements Help {}

    /// No more of the same: the target is above what was seen.
    ///
    /// @param n about how many draws per prompt would reach it; empty where nothing tells
    record Above(OptionalDouble n) implements Help {}

    /// A first success.
    ///
    /// @param rateBelow the rate of success is below this with confidence 95 %
    record FirstSuccess(double rateBelow) implements Help {}
  }

  /// Even the cheapest setting may break a ceiling.
  record Ceilings() implements Unmet {}

  /// The floors need more than the ceilings allow.
  ///
  /// @param needed the least setting that reaches the floors
  /// @param allowed the largest that keeps to the ceilings
  record Torn(Setting needed, Setting allowed) implements Unmet {}

  /// Some prompt has too few draws for any setting.
  ///
  /// @param method the method
  record TooFewDraws(Method method) implements Unmet {}

  /// Thresholds that are learned, or rewards of more than two values, are judged over prompts that
  /// stand for others, not for given prompts.
  record OverPromptsOnly() implements Unmet {}
}
