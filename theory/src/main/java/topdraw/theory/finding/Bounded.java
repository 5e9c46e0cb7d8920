package topdraw.theory.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A number that is known exactly, beside every bound on it that would hold if it were not.
///
/// @param truth the number, *exact*
/// @param bounds upper and lower bounds, proven or conjectured, each under the name of its source
public record Bounded(Finding truth, List<Finding> bounds) {
  /// Copies the bounds.
  public Bounded {
    bounds = List.copyOf(bounds);
  }

  /// The tightest proven bound from one side: the one to use when nothing else is asked for.
  ///
  /// @param role `UPPER_BOUND` or `LOWER_BOUND`
  /// @return the first of the tightest; empty if nothing is proven from that side
  public Optional<Finding> tightest(Role role) {
    Comparator<Finding> byValue = Comparator.comparingDouble(Finding::value);
    return bounds.stream()
        .filter(bound -> bound.role() == role && bound.evidence() == Evidence.THEOREM)
        .min(role == Role.UPPER_BOUND ? byValue : byValue.reversed());
  }
}
