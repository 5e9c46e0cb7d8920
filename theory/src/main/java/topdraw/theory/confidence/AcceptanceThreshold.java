package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Checks;

/// A score below which an answer is not given, with a bound on confidently wrong answers. One
/// answer per prompt, such as the winner of best-of-n; prompts drawn independently.
///
/// @param scores one per prompt
/// @param wrong whether each answer is wrong
public record AcceptanceThreshold(double[] scores, boolean[] wrong) {
  /// Checks and copies the answers.
  public AcceptanceThreshold {
    scores = scores.clone();
    wrong = wrong.clone();
    if (scores.length == 0 || scores.length != wrong.length) {
      throw new IllegalArgumentException(
          "expected as many verdicts as scores, at least one; found "
              + wrong.length
              + " and "
              + scores.length);
    }
    for (int j = 0; j < scores.length; j++) {
      Checks.notNaN(scores[j], "scores[" + j + "]");
    }
  }

  /// The lowest threshold at which an answer is given *and* wrong with chance at most `most`: a
  /// *theorem* in expectation over the prompts at hand, not of each such choice.
  ///
  ///     (wrong among those accepted + 1)/(P + 1) <= most
  ///
  /// Source: conformal risk control, Angelopoulos et al. (2024), arXiv 2208.02814.
  ///
  /// @param most the chance that is allowed, in `(0, 1)`
  /// @return the threshold: answers of at least this score are given; `-∞` for all; empty where
  ///   none may be, as always below [#promptsNeeded]
  /// @throws IllegalArgumentException if `most` is out of range
  public OptionalDouble forJointRisk(double most) {
    Checks.openUnit(most, "most");
    int[] order = fromTheTop();
    int count = scores.length;
    int mistakes = 0;
    OptionalDouble threshold = OptionalDouble.empty();
    for (int accepted = 0; accepted < count; ) {
      double score = scores[order[accepted]];
      for (; accepted < count && scores[order[accepted]] == score; accepted++) {
        mistakes += wrong[order[accepted]] ? 1 : 0;
      }
      if ((mistakes + 1.0) / (count + 1) > most) {
        return threshold;
      }
      threshold = OptionalDouble.of(score);
    }
    return OptionalDouble.of(Double.NEGATIVE_INFINITY);
  }

  /// How many prompts [#forJointRisk] needs at least.
  ///
  /// @param most the chance that is allowed, in `(0, 1)`
  /// @return `⌈1/most⌉ - 1`
  /// @throws IllegalArgumentException if `most` is out of range
  public static long promptsNeeded(double most) {
    return (long) Math.ceil(1 / Checks.openUnit(most, "most") - 1e-9) - 1;
  }

  /// The lowest threshold at which, of the answers given, at most the share `most` is wrong: a
  /// *theorem* with confidence `1 - alpha`. Thresholds are tested from the highest down, at numbers
  /// of answers that are fixed without a look at them, until one fails.
  ///
  /// Source: learn then test, Angelopoulos et al. (2021), arXiv 2110.01052.
  ///
  /// @param most the share that is allowed, in `(0, 1)`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the threshold: answers of at least this score are given; empty where none is proven
  /// @throws IllegalArgumentException if an argument is out of range
  public OptionalDouble forPrecision(double most, double alpha) {
    Checks.openUnit(most, "most");
    Checks.openUnit(alpha, "alpha");
    int[] order = fromTheTop();
    int count = scores.length;
    int first =
        Math.max(2 * (int) Math.ceil(Math.log(alpha) / Math.log1p(-most)), (count + 9) / 10);
    OptionalDouble threshold = OptionalDouble.empty();
    for (int tested = first; tested <= count; tested += Math.max(1, count / 40)) {
      double score = scores[order[tested - 1]];
      int accepted = tested;
      while (accepted < count && scores[order[accepted]] == score) {
        accepted++; // answers of equal score are given together
      }
      int mistakes = (int) IntStream.range(0, accepted).filter(i -> wrong[order[i]]).count();
      if (ReferenceIntervals.clopperPearsonUpper(mistakes, accepted, alpha) > most) {
        break;
      }
      threshold = OptionalDouble.of(score);
    }
    return threshold;
  }

  /// How many answers a threshold withholds.
  ///
  /// @param threshold answers of at least this score are given
  /// @return the number of prompts without an answer
  public int withheld(double threshold) {
    return (int) Arrays.stream(scores).filter(score -> score < threshold).count();
  }

  private int[] fromTheTop() {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> scores[j]).reversed())
        .mapToInt(j -> j)
        .toArray();
  }
}
