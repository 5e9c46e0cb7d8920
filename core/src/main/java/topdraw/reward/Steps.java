package topdraw.reward;

import java.util.List;

/// What a reward says of a completion's steps: a number each, or the reason why there are none.
public sealed interface Steps {

  /// The steps' scores.
  ///
  /// @param values in the order of the steps, at least one
  record Scored(List<Double> values) implements Steps {
    /// Copies the values.
    public Scored {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a completion has at least one step");
      }
    }
  }

  /// No scores.
  ///
  /// @param reason why, in one line
  record Missing(String reason) implements Steps {}
}
