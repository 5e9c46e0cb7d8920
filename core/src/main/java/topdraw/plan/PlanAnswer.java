package topdraw.plan;

import java.util.Optional;
import topdraw.estimate.Overoptimization;
import topdraw.theory.finding.Confidence;

/// What recorded samples answer to a [PlanQuestion].
///
/// @param plan the plan; empty where only the study was asked for
/// @param study what selection does to the gold reward; empty where only the plan was asked for
/// @param confidence what was asked for
public record PlanAnswer(
    Optional<PilotPlan> plan, Optional<Overoptimization> study, Confidence confidence) {

  /// Whether nothing that was wanted is unmet.
  ///
  /// @return false where no setting is certain to meet every target
  public boolean met() {
    return plan.isEmpty() || plan.get().choice().isPresent();
  }
}
