package topdraw.search;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import topdraw.theory.bound.Claim;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.numeric.LogSpace;

/// A table and an `n` on which a claim was tried.
///
/// @param n completions drawn per prompt
/// @param logWeights log weights from the worst outcome to the best, all rewards different
/// @param violation how far the claim is violated; negative where it holds
public record Trial(int n, double[] logWeights, double violation) {
  /// Copies the weights.
  public Trial {
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

  /// A smaller table that still refutes the claim, by a tenth of the violation at least: neighbours
  /// merged, probabilities rounded to few digits.
  ///
  /// @param claim a claim that this table refutes
  /// @return the simplest found, this one if none is simpler
  public Trial simplified(Claim claim) {
    double least = violation / 10;
    Trial simplest = merged(claim, least);
    for (int digits = 4; digits >= 1; digits--) {
      double unit = Math.pow(10, -digits);
      double[] p = simplest.table().probabilities();
      double[] rounded = Arrays.stream(p).map(x -> Math.rint(x / unit) * unit).toArray();
      if (Arrays.stream(rounded).allMatch(x -> x > 0)) {
        Trial rough = of(claim, n, Arrays.stream(rounded).map(Math::log).toArray());
        simplest = rough.violation > least ? rough : simplest;
      }
    }
    return simplest;
  }

  /// Merges runs of neighbours as long as that refutes the claim, long runs first.
  private Trial merged(Claim claim, double least) {
    Trial simplest = this;
    for (int run = logWeights.length / 2; run >= 2; run = run == 2 ? 0 : (run + 1) / 2) {
      for (int at = 0; at + run <= simplest.logWeights.length; at++) {
        Trial shorter = of(claim, n, merged(simplest.logWeights, at, run));
        if (shorter.violation > least) {
          simplest = shorter;
          at = -1;
        }
      }
    }
    return simplest;
  }

  private static double[] merged(double[] weights, int at, int run) {
    double one = LogSpace.logSumExp(Arrays.copyOfRange(weights, at, at + run));
    return DoubleStream.concat(
            DoubleStream.concat(Arrays.stream(weights, 0, at), DoubleStream.of(one)),
            Arrays.stream(weights, at + run, weights.length))
        .toArray();
  }

  static Trial of(Claim claim, int n, double[] logWeights) {
    double violation = claim.violation(n, OutcomeTable.ofLogProbabilities(logWeights));
    return new Trial(n, logWeights, violation);
  }

  boolean isWorseThan(Trial other) {
    return violation > other.violation;
  }
}
