package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import topdraw.draw.MissingScores;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;

/// What a recorded run holds, and what best-of-n gave and cost in it, by batches as they were
/// drawn.
///
/// @param run what identifies it
/// @param reward the reward that selects
/// @param n completions of a batch
/// @param batches how many batches of each prompt were to be drawn
/// @param prompts of how many prompts
/// @param counts what was drawn
/// @param findings means over the prompts
/// @param confidence of their intervals
/// @param absent the prompts that lack completions
/// @param scores which scores of the run's own rewards are missing
/// @param logProbabilities what is to be known of the log-probabilities; empty where each is what
///   it says
public record RunSummary(
    String run,
    String reward,
    int n,
    int batches,
    int prompts,
    Counts counts,
    List<Finding> findings,
    Confidence confidence,
    List<Absent> absent,
    MissingScores scores,
    Optional<String> logProbabilities) {
  /// Copies the lists.
  public RunSummary {
    findings = List.copyOf(findings);
    absent = List.copyOf(absent);
  }

  /// What was drawn.
  ///
  /// @param refused prompts without any completion
  /// @param completions completions that are there
  /// @param missing completions that a finished run of this size would have, and this one does not
  /// @param tokens their lengths together; empty where one is not known
  /// @param truncated completions that the token limit cut
  /// @param unscored completions without a score of the reward that selects
  public record Counts(
      long refused,
      long completions,
      long missing,
      OptionalLong tokens,
      long truncated,
      long unscored) {}

  /// A prompt that lacks completions.
  ///
  /// @param prompt what was asked, as it is shown
  /// @param missing how many it lacks
  /// @param drawn how many are there
  /// @param reason why the first of them is missing
  public record Absent(String prompt, int missing, int drawn, String reason) {}
}
