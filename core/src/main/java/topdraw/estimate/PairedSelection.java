package topdraw.estimate;

import java.util.List;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Quantity;

/// Two ways to select, side by side at equal n, on the prompts that both have.
///
/// @param first what the first is called: the reward that selects, and of which recording
/// @param second what the second is called
/// @param gold the reward that counts
/// @param sameDraws whether both select among the same draws; else what one has more of may be the
///   draws' and not the selection's
/// @param confidence of the intervals
/// @param prompts how many prompts were paired
/// @param samples how many draws they have, those of both recordings where there are two
/// @param draws the mean number of draws of a prompt, the smaller one where there are two
/// @param unjudged prompts that both have and that were left out: a draw has no gold, or no draw a
///   score that selects
/// @param onlyFirst prompts of the first recording alone, by what was asked
/// @param onlySecond prompts of the second alone
/// @param curve the findings by n, in rising order: the difference in gold, then the gold of each
public record PairedSelection(
    String first,
    String second,
    String gold,
    boolean sameDraws,
    Confidence confidence,
    long prompts,
    long samples,
    long draws,
    long unjudged,
    List<String> onlyFirst,
    List<String> onlySecond,
    List<AtN> curve) {
  /// The gold of the second's best of n, less that of the first's.
  public static final Estimator DIFFERENCE =
      new Estimator(
          "best_of_n_gold_difference", "gold of the best of n, second - first, over all subsets");

  /// The gold of the first's best of n.
  public static final Estimator OF_FIRST =
      new Estimator("best_of_n_gold_first", "gold of the first's best of n, over all subsets");

  /// The gold of the second's best of n.
  public static final Estimator OF_SECOND =
      new Estimator("best_of_n_gold_second", "gold of the second's best of n, over all subsets");

  /// Copies the lists.
  public PairedSelection {
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
    curve = List.copyOf(curve);
  }

  /// What is known at the largest n that has a quarter of the draws behind it, but no less than 2,
  /// below which nothing is selected: the n is fixed before any difference is looked at.
  ///
  /// @return a point of the curve; the least above 1 where none is so small
  public AtN firm() {
    List<AtN> selecting = curve.stream().filter(at -> at.n() >= 2).toList();
    return selecting.stream()
        .filter(at -> at.n() <= Math.max(2, draws / 4))
        .reduce((earlier, later) -> later)
        .orElse(selecting.isEmpty() ? curve.getFirst() : selecting.getFirst());
  }

  /// Who selects better at [#firm].
  public enum Better {
    /// The interval of the difference lies below 0.
    FIRST,
    /// It lies above 0.
    SECOND,
    /// It holds 0, or there is none.
    UNDECIDED
  }

  /// Who selects better at [#firm].
  ///
  /// @return what the interval of the difference says
  public Better better() {
    return firm().findings().stream()
        .filter(finding -> finding.quantity() == Quantity.REWARD_DIFFERENCE)
        .flatMap(finding -> finding.interval().stream())
        .map(
            ends ->
                ends.lower() > 0
                    ? Better.SECOND
                    : ends.upper() < 0 ? Better.FIRST : Better.UNDECIDED)
        .findFirst()
        .orElse(Better.UNDECIDED);
  }
}
