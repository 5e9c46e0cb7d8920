package topdraw.words;

import java.util.List;
import java.util.stream.Stream;
import topdraw.theory.bound.ExactFindings;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TiltedPolicy;

/// All that is exact of one policy on a table.
///
/// @param name the policy in a word or two
/// @param setting what it is set to, after the name; may be empty
/// @param numbers its exact numbers, each with its bounds
/// @param probabilities its law, in the table's order
public record ExactSection(
    String name, String setting, List<Bounded> numbers, double[] probabilities) {
  /// Copies the list and the law.
  public ExactSection {
    numbers = List.copyOf(numbers);
    probabilities = probabilities.clone();
  }

  /// The law.
  ///
  /// @return a copy
  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  /// A selection on a table.
  ///
  /// @param name what it is called
  /// @param setting what it is set to, after the name; may be empty
  /// @param selection the selection
  /// @param table the reference policy
  /// @return what is exact of it
  public static ExactSection of(
      String name, String setting, Selection selection, OutcomeTable table) {
    return new ExactSection(
        name,
        setting,
        ExactFindings.of(selection, table),
        Law.of(selection, table).probabilities());
  }

  /// The KL-regularised optimum.
  ///
  /// @param beta the price of a nat in units of reward, above 0
  /// @param table the reference policy
  /// @return what is exact of it
  public static ExactSection ofOptimum(double beta, OutcomeTable table) {
    return new ExactSection(
        "KL-regularised optimum",
        "at " + beta + " a nat",
        ExactFindings.ofOptimum(table, beta),
        TiltedPolicy.byReward(table, beta).probabilities());
  }

  /// The policy in words.
  ///
  /// @return name and setting
  public String title() {
    return setting.isEmpty() ? name : name + " " + setting;
  }

  /// Whether a bound says more than what every selection keeps: no drift below 0, no win rate below
  /// that of one draw or above 1.
  ///
  /// @param bound the bound
  /// @return false where it is vacuous
  public static boolean says(Finding bound) {
    Interval range = bound.quantity().range();
    double least = bound.quantity() == Quantity.WIN_RATE ? 0.5 : range.lower();
    return switch (bound.role()) {
      case VALUE -> true;
      case LOWER_BOUND -> bound.value() > least;
      case UPPER_BOUND -> bound.value() < range.upper();
    };
  }

  /// The bounds to use when nothing else is asked for, of one number.
  ///
  /// @param number the number
  /// @return the tightest proven from each side, where there is one
  public static List<Finding> defaults(Bounded number) {
    return Stream.of(Role.UPPER_BOUND, Role.LOWER_BOUND)
        .flatMap(role -> number.tightest(role).stream())
        .toList();
  }
}
