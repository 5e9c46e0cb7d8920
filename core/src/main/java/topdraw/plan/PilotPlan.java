package topdraw.plan;

import java.util.List;
import java.util.Optional;
import topdraw.audit.Verdict;
import topdraw.theory.finding.Finding;

/// What recorded samples answer to targets.
///
/// @param settings what was asked
/// @param prompts how many prompts were used
/// @param unscored how many have no score at all and were left out
/// @param samples how many samples they have
/// @param verdicts the audit
/// @param tokensPerDraw mean tokens of a draw, where recorded
/// @param options what each method can do, in the order of [Method]
/// @param choice the one to take; empty when none is certified to meet every target
public record PilotPlan(
    PilotSettings settings,
    long prompts,
    long unscored,
    long samples,
    List<Verdict> verdicts,
    Optional<Finding> tokensPerDraw,
    List<Option> options,
    Optional<Option> choice) {
  /// Copies the lists.
  public PilotPlan {
    verdicts = List.copyOf(verdicts);
    options = List.copyOf(options);
  }

  /// A setting with what the samples say of it.
  ///
  /// @param setting the setting; its shares are those aimed at
  /// @param findings bounds that hold together at the plan's confidence, then estimates
  public record Step(Setting setting, List<Finding> findings) {
    /// Copies the findings.
    public Step {
      findings = List.copyOf(findings);
    }
  }

  /// What one method can do.
  ///
  /// @param method the method
  /// @param step its certified setting; empty when a target is not met
  /// @param cheaper estimates at the next cheaper setting
  /// @param dearer estimates at the next dearer setting
  /// @param unmet why a target is not met
  /// @param saturation when more draws cannot help
  public record Option(
      Method method,
      Optional<Step> step,
      Optional<Step> cheaper,
      Optional<Step> dearer,
      List<Unmet> unmet,
      Optional<Saturation> saturation) {
    /// Copies the list.
    public Option {
      unmet = List.copyOf(unmet);
    }
  }
}
