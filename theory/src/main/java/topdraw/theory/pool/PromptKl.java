package topdraw.theory.pool;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

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
    PoolWeights.check(n, levels.draws());
    return of(levels, new int[] {n}).getFirst();
  }

  /// From equal rewards alone, at several `n` at once, which costs little more than at one.
  ///
  /// @param levels the draws
  /// @param each draws per prompt, in rising order, at least 1
  /// @return what they say at each `n` up to `N`: the same as at each alone
  public static List<PromptKl> of(KlFromLevels levels, int... each) {
    CorrectedGaps gaps = CorrectedGaps.of(each);
    return of(levels, levels.estimates(gaps), gaps);
  }

  private static List<PromptKl> of(KlFromLevels levels, double[] estimates, CorrectedGaps gaps) {
    KlFromLevels.Moves moves = levels.moves(gaps);
    return IntStream.range(0, estimates.length)
        .mapToObj(
            i ->
                new PromptKl(
                    levels.draws(),
                    estimates[i],
                    OptionalDouble.empty(),
                    i < moves.variances().length ? moves.variances()[i] : 0,
                    moves.unseen()[i]))
        .toList();
  }

  /// From equal rewards and log-probabilities.
  ///
  /// @param draws the draws
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return what they say
  /// @throws IllegalArgumentException if `n` is out of range
  public static PromptKl of(KlFromProbabilities draws, int n) {
    PoolWeights.check(n, draws.levels().draws());
    return of(draws, new int[] {n}).getFirst();
  }

  /// From equal rewards and log-probabilities, at several `n` at once, which costs little more than
  /// at one.
  ///
  /// @param draws the draws
  /// @param each draws per prompt, in rising order, at least 1
  /// @return what they say at each `n` up to `N`: the same as at each alone
  public static List<PromptKl> of(KlFromProbabilities draws, int... each) {
    CorrectedGaps gaps = CorrectedGaps.of(each);
    double[] estimates = draws.estimates(gaps);
    if (!draws.complete()) {
      return of(draws.levels(), estimates, gaps);
    }
    return IntStream.range(0, estimates.length)
        .mapToObj(
            i ->
                new PromptKl(
                    draws.levels().draws(),
                    estimates[i],
                    OptionalDouble.of(draws.exact(gaps.n(i))),
                    0,
                    0))
        .toList();
  }
}
