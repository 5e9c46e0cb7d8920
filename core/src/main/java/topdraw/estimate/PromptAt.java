package topdraw.estimate;

import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.theory.pool.PoolEstimates;

/// One prompt at one n: the draws are weighed once, and every estimate uses that.
///
/// @param view the prompt
/// @param n draws of one selection, from 1 to the prompt's draws
/// @param pool the estimates with log-probabilities
/// @param levels the estimates from equal rewards alone, where they were asked for
record PromptAt(PromptView view, int n, PoolEstimates pool, Optional<PoolEstimates> levels) {

  static PromptAt of(PromptView view, int n) {
    return new PromptAt(
        view, n, view.pool().at(n), view.levels().map(levels -> levels.pool().at(n)));
  }

  /// The mean reward of what the protocol returns; empty when a draw without it can win.
  OptionalDouble reward(Protocol protocol) {
    return finite(protocol == Protocol.SUBSETS ? pool.reward() : average(protocol, view.ranks()));
  }

  /// The mean of another value over what the protocol returns.
  OptionalDouble mean(Protocol protocol, PromptView.Drawn drawn) {
    return finite(
        protocol == Protocol.SUBSETS
            ? pool.mean(drawn.means())
            : average(protocol, drawn.values()));
  }

  private double average(Protocol protocol, double[] values) {
    double[] chances = protocol.weights(view.ranks(), n);
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        sum += chances[i] * values[i];
      }
    }
    return sum;
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
