package topdraw.search;

import topdraw.theory.OutcomeTable;

/// A table and an `n` on which a claim was tried.
///
/// @param n completions drawn per prompt
/// @param logWeights log weights from the worst outcome to the best, all rewards different
/// @param violation how far the claim is violated; negative where it holds
public record Specimen(int n, double[] logWeights, double violation) {
  /// Copies the weights.
  public Specimen {
    logWeights = logWeights.clone();
  }

  /// The weights.
  ///
  /// @return a copy
  @Override
  public double[] logWeights() {
    return logWeights.clone();
  }

  /// The table, its probabilities divided by their sum.
  ///
  /// @return the reference policy
  public OutcomeTable table() {
    return OutcomeTable.ofLogProbabilities(logWeights);
  }

  boolean isWorseThan(Specimen other) {
    return violation > other.violation;
  }
}
