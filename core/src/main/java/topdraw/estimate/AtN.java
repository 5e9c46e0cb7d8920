package topdraw.estimate;

import java.util.List;
import topdraw.theory.finding.Finding;

/// What is known of best-of-n at one n.
///
/// @param n draws of one selection
/// @param prompts how many prompts have as many draws
/// @param findings the findings, in the order they are read
public record AtN(int n, long prompts, List<Finding> findings) {
  /// Copies the findings.
  public AtN {
    findings = List.copyOf(findings);
  }
}
