package topdraw.estimate;

import java.util.List;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;

/// A pool's estimates before they are cut at theorems, so that how often their intervals miss can
/// be held to what was worked out.
public final class UncutEstimates {
  private UncutEstimates() {}

  /// Win rate, the mean of (25), the mean of d*.
  public static List<Finding> of(PromptPool pool, int n, Confidence confidence) {
    return List.of(
        pool.winRate(n, confidence), pool.meanOf25(n, confidence), pool.meanOfSharp(n, confidence));
  }
}
