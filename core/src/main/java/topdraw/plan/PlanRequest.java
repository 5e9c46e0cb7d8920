package topdraw.plan;

import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What a person asks of a plan, in their own units: [Targets] whose budgets are still to be turned
/// into draws.
///
/// @param winRate the win rate to reach
/// @param reward the mean reward to reach
/// @param kl the drift to keep to, in nats
/// @param draws the mean number of draws to keep to
/// @param tokens what a prompt may cost in tokens
/// @param seconds what a prompt may cost in seconds
public record PlanRequest(
    OptionalDouble winRate,
    OptionalDouble reward,
    OptionalDouble kl,
    OptionalDouble draws,
    Budget tokens,
    Budget seconds) {

  /// Whether there is a target.
  ///
  /// @return false if nothing is asked
  public boolean any() {
    return Stream.of(winRate, reward, kl, draws, tokens.most(), seconds.most())
        .anyMatch(OptionalDouble::isPresent);
  }

  /// Refuses what is out of range whatever a draw turns out to cost.
  ///
  /// @throws topdraw.input.InputException if there is no target, or one is out of range
  public void check() {
    OptionalDouble known =
        ceiling(
            tokens.needsPrice() ? OptionalDouble.empty() : tokens.draws(OptionalDouble.empty()));
    boolean toCome = known.isEmpty() && tokens.needsPrice();
    new Targets(winRate, reward, kl, toCome ? OptionalDouble.of(1) : known);
  }

  /// The targets, budgets turned into draws.
  ///
  /// @param recordedTokens mean tokens of a draw, where nothing was said of them
  /// @return the targets
  /// @throws topdraw.input.InputException if there is none, one is out of range, or a budget has no
  ///   price
  public Targets targets(OptionalDouble recordedTokens) {
    return new Targets(winRate, reward, kl, ceiling(tokens.draws(recordedTokens)));
  }

  private OptionalDouble ceiling(OptionalDouble ofTokens) {
    return Stream.of(draws, ofTokens, seconds.draws(OptionalDouble.empty()))
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }
}
