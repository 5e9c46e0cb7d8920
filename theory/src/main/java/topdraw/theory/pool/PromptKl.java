package topdraw.theory.pool;

import java.util.OptionalDouble;

/// What the draws of one prompt say of the KL divergence at one `n`, for [KlMean].
///
/// @param draws how many draws there are, `N`
/// @param estimate the *estimate* in nats
/// @param exact the KL divergence itself, where every possible completion was drawn
/// @param variance its variance over draws in nats²; 0 where exact, and at `n = N`, where nothing
///   tells
/// @param unseen how far one draw that did not come would have moved it, in nats; 0 where exact
public record PromptKl(
    int draws, double estimate, OptionalDouble exact, double variance, double unseen) {

  /// From equal rewards alone.
  ///
  /// @param levels the draws
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return what they say
  /// @throws IllegalArgumentException if `n` is out of range
  public static PromptKl of(KlFromLevels levels, int n) {
    return new PromptKl(
        levels.draws(),
        levels.estimate(n),
        OptionalDouble.empty(),
        n < levels.draws() ? levels.jackknifeVariance(n) : 0,
        levels.unseen(n));
  }

  /// From equal rewards and log-probabilities.
  ///
  /// @param draws the draws
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return what they say
  /// @throws IllegalArgumentException if `n` is out of range
  public static PromptKl of(KlFromProbabilities draws, int n) {
    if (draws.complete()) {
      double exact = draws.exact(n);
      return new PromptKl(
          draws.levels().draws(), draws.estimate(n), OptionalDouble.of(exact), 0, 0);
    }
    PromptKl counted = of(draws.levels(), n);
    return new PromptKl(
        counted.draws, draws.estimate(n), counted.exact, counted.variance, counted.unseen);
  }
}
