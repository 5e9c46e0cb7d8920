package topdraw.estimate;

import java.util.List;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;

/// Two runs on the same prompts, side by side: what each would have returned, batch by batch of the
/// same prompt.
///
/// @param reward the reward compared
/// @param confidence of the intervals
/// @param prompts prompts that were compared
/// @param pairs pairs of winners that were compared
/// @param unscored pairs left out because a winner has no score
/// @param onlyFirst prompts of the first run alone, by what was asked; a prompt without draws
///   counts as absent
/// @param onlySecond prompts of the second run alone
/// @param findings the second run against the first: reward, win share (ties half), and length
///   where every winner has one; empty when nothing could be compared
public record Comparison(
    String reward,
    Confidence confidence,
    long prompts,
    long pairs,
    long unscored,
    List<String> onlyFirst,
    List<String> onlySecond,
    List<Finding> findings) {
  /// Copies the lists.
  public Comparison {
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
    findings = List.copyOf(findings);
  }
}
