package topdraw.estimate;

import java.util.Arrays;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Gathers a number of each prompt, prompt by prompt, for their mean: draws of one prompt are
/// alike, so prompts are what its interval counts.
public final class PromptMean {
  private double[] values = new double[8];
  private long[] orders = new long[8];
  private int prompts;
  private long completions;

  /// An empty mean.
  public PromptMean() {}

  /// Adds a prompt.
  ///
  /// @param value its number, finite
  /// @param from how many completions it was computed from
  /// @param order [topdraw.draw.PromptDraws#order] of the prompt: nothing depends on the order in
  ///   which prompts are added
  /// @throws IllegalArgumentException if the value is not finite
  public void add(double value, long from, long order) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a mean needs finite numbers, was " + value);
    }
    if (prompts == values.length) {
      values = Arrays.copyOf(values, 2 * prompts);
      orders = Arrays.copyOf(orders, 2 * prompts);
    }
    values[prompts] = value;
    orders[prompts++] = order;
    completions += from;
  }

  /// How many prompts were added.
  ///
  /// @return 0 or more
  public int prompts() {
    return prompts;
  }

  /// The mean as a finding: an *estimate* ([Column#mean]).
  ///
  /// @param quantity what it is
  /// @param role the quantity itself, or a bound on it
  /// @param range where each number lies by its making, infinite where nobody knows
  /// @param source what each prompt's number is
  /// @param confidence of the interval
  /// @return the finding
  /// @throws IllegalStateException if no prompt was added
  public Finding finding(
      Quantity quantity, Role role, Interval range, Estimator source, Confidence confidence) {
    if (prompts == 0) {
      throw new IllegalStateException("a mean needs at least one prompt");
    }
    int[] order = Order.of(Arrays.copyOf(orders, prompts));
    return new Column(Arrays.stream(order).mapToDouble(i -> values[i]).toArray(), completions)
        .mean(quantity, role, range, source, confidence);
  }

  /// The mean as a finding, where nothing is known of its range but its quantity: an *estimate*.
  ///
  /// @param quantity what it is
  /// @param source what each prompt's number is
  /// @param confidence of the interval
  /// @return the finding
  /// @throws IllegalStateException if no prompt was added
  public Finding finding(Quantity quantity, Estimator source, Confidence confidence) {
    return finding(quantity, Role.VALUE, quantity.range(), source, confidence);
  }
}
