package topdraw.plan;

import java.util.List;
import java.util.Optional;
import topdraw.theory.finding.Quantity;

/// What theory alone answers to targets.
///
/// @param targets what was asked
/// @param options the best setting of each method, in the order of [Method]
/// @param choice the one to take; empty when none meets every target
/// @param impossible why no method whatever can meet the targets, where that is proven
/// @param frontier what methods reach at drifts around the choice, beside the ceiling for all
public record Plan(
    Targets targets,
    List<Option> options,
    Optional<Option> choice,
    Optional<Targets.OutOfReach> impossible,
    List<FrontierPoint> frontier) {
  /// Copies the lists.
  public Plan {
    options = List.copyOf(options);
    frontier = List.copyOf(frontier);
  }

  /// A setting, and which targets it misses.
  ///
  /// @param setting the setting
  /// @param missed the quantity of each target that it misses
  public record Option(Setting setting, List<Quantity> missed) {
    /// Copies the list.
    public Option {
      missed = List.copyOf(missed);
    }
  }
}
