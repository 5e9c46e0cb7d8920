package topdraw.estimate;

import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.theory.PoolEstimates;

/// One prompt at one n: the draws are weighed once, and every estimate uses that.
///
/// @param view the prompt
/// @param n draws of one selection, from 1 to the prompt's draws
/// @param pool the estimates with log-probabilities
/// @param levels the estimates from equal rewards alone
/// @param weights the chance that best-of-n returns each draw
/// @param clipped both again of the reward cut at the threshold, where there is one
record PromptAt(
    PromptView view,
    int n,
    PoolEstimates pool,
    PoolEstimates levels,
    double[] weights,
    Optional<Clipped> clipped) {

  record Clipped(PoolEstimates pool, PoolEstimates levels) {}

  static PromptAt of(PromptView view, int n) {
    PoolEstimates pool = view.pool().at(n);
    return new PromptAt(
        view,
        n,
        pool,
        view.levels().at(n),
        pool.weights(),
        view.clipped().map(c -> new Clipped(c.pool().at(n), c.levels().at(n))));
  }

  /// The mean of a value over what the protocol returns; empty when a draw without it can win.
  OptionalDouble mean(Protocol protocol, double[] values) {
    double[] chances = protocol == Protocol.SUBSETS ? weights : protocol.weights(view.ranks(), n);
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        sum += chances[i] * values[i];
      }
    }
    return Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }
}
