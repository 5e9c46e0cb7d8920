package topdraw.estimate;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.pool.PassAtK;
import topdraw.theory.pool.PoolEstimates;
import topdraw.theory.pool.PromptKl;

/// What the draws of one prompt say at one `n`: they are weighed once, and every measure uses that.
/// A number is NaN where they cannot say it.
///
/// @param draws the draws
/// @param n draws of one selection, from 1 to their number
/// @param asked all `n` that are asked for, in rising order
/// @param rewards what their rewards say alone
/// @param completions what the completions and their log-probabilities say too
record PromptAt(
    RankedDraws draws, int n, int[] asked, PoolEstimates rewards, PoolEstimates completions) {

  /// The mean reward of what the protocol returns; unknown when a draw without it can win, but
  /// where rewards are 0 or 1: there it has not passed.
  double reward(Protocol protocol) {
    if (draws.binary()) {
      return protocol == Protocol.SUBSETS
          ? PassAtK.of(draws.size(), draws.passing(), n)
          : mean(protocol, Optional.of(draws.passes()));
    }
    double mean =
        protocol == Protocol.SUBSETS ? rewards.reward() : average(protocol, draws.ranks());
    return Double.isFinite(mean) ? mean : Double.NaN;
  }

  /// The mean of another value over what the protocol returns; unknown where some draw lacks it.
  double mean(Protocol protocol, Optional<RankedDraws.Values> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    return protocol == Protocol.SUBSETS
        ? rewards.mean(values.get().means())
        : average(protocol, values.get().each());
  }

  private double average(Protocol protocol, double[] values) {
    double[] chances = protocol.weights(draws.ranks(), n);
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        sum += chances[i] * values[i];
      }
    }
    return sum;
  }

  /// An upper bound on the drift from log-probabilities: where none is known, the textbook's.
  double klAtMost(ToDoubleFunction<PoolEstimates> bound) {
    return draws.known() ? bound.applyAsDouble(completions) : KlBounds.analytical(n);
  }

  /// The drift from equal rewards alone.
  PromptKl klFromLevels(Drifts drifts) {
    return drifts.fromLevels(n, asked);
  }

  /// The drift from equal rewards and log-probabilities.
  PromptKl klFromProbabilities(Drifts drifts) {
    return drifts.fromProbabilities(n, asked);
  }
}
