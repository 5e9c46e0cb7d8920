package topdraw.theory.pool;

import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.numeric.Checks;

/// How often what a pass/fail verifier chooses is correct, from its rates: *exact* for stated
/// rates. A threshold on scores is such a verifier.
///
/// @param correct the share of draws that are correct, `π`
/// @param truePositive the chance that a correct draw passes
/// @param falsePositive the chance that a wrong draw passes
public record VerifierAccuracy(double correct, double truePositive, double falsePositive) {
  private static final int FEWEST = 10;

  /// Checks the rates.
  public VerifierAccuracy {
    Checks.probability(correct, "correct");
    Checks.probability(truePositive, "truePositive");
    Checks.probability(falsePositive, "falsePositive");
  }

  /// The chance that a draw passes.
  ///
  /// @return `z = π TPR + (1-π) FPR`
  public double passRate() {
    return correct * truePositive + (1 - correct) * falsePositive;
  }

  /// How often best-of-n is correct: the first draw that passes, else a random one.
  ///
  ///     (1-q) π TPR/z + q π (1-TPR)/(1-z),   q = (1-z)^n
  ///
  /// @param n draws per prompt, at least 1
  /// @return the accuracy, in `[0, 1]`; `π` at `n = 1`
  /// @throws IllegalArgumentException if `n < 1`
  public double ofBest(int n) {
    Checks.atLeastOne(n, "n");
    double pass = passRate();
    if (pass == 0 || pass == 1) {
      return correct;
    }
    double logNone = n * Math.log1p(-pass);
    return -Math.expm1(logNone) * ceiling()
        + Math.exp(logNone) * correct * (1 - truePositive) / (1 - pass);
  }

  /// The accuracy of drawing until one passes, and what [#ofBest] tends to: more draws cannot help
  /// above it, if it is at least `π`.
  ///
  /// @return `π TPR / z`; `π` where nothing passes
  public double ceiling() {
    return passRate() == 0 ? correct : correct * truePositive / passRate();
  }

  /// The draws that rejection spends.
  ///
  /// @return `1/z`, `∞` where nothing passes
  public double drawsOfRejection() {
    return 1 / passRate();
  }

  /// The ceiling of a verifier by the slope of its ROC where both rates vanish, `s = dTPR/dFPR`.
  ///
  /// @param correct the share of draws that are correct, `π`
  /// @param slope the slope, at least 0; `∞` where the highest scores are all correct
  /// @return `π s/(π s + 1 - π)`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double ceilingOfSlope(double correct, double slope) {
    Checks.probability(correct, "correct");
    Checks.divergence(slope, "slope");
    if (correct == 0 || correct == 1) {
      return correct;
    }
    return Double.isInfinite(slope) ? 1 : correct * slope / (correct * slope + 1 - correct);
  }

  /// Above what more draws cannot help, from the draws that share the highest score: the exact
  /// upper limit of how many of them are correct. The best scores seen once say nothing of better
  /// ones, so it asks for ten draws or more.
  ///
  /// @param correct how many draws of the highest score are correct
  /// @param draws how many have it, at least 10
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, a *theorem* with confidence where the draws are independent
  /// @throws IllegalArgumentException if there are fewer than 10, or an argument is out of range
  public static double ceilingOfTop(int correct, int draws, double alpha) {
    if (draws < FEWEST) {
      throw new IllegalArgumentException(
          "a ceiling needs at least 10 draws that share the highest score, found " + draws);
    }
    return ReferenceIntervals.clopperPearsonUpper(correct, draws, alpha);
  }
}
