package topdraw.words;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// Which policies on a table are to be told exactly: best-of-n, and those that a threshold or a
/// temperature makes.
///
/// @param n completions drawn, at least 1
/// @param threshold the reward that ends early stop and rewind-and-repeat; empty for neither
/// @param temperature of soft best-of-n and the KL-regularised optimum, in units of reward; empty
///   for neither
public record ExactQuestion(int n, OptionalDouble threshold, OptionalDouble temperature) {

  /// All that is exact of each policy.
  ///
  /// @param table the reference policy
  /// @return a section a policy
  /// @throws IllegalArgumentException if a setting is out of range
  public List<ExactSection> sections(OutcomeTable table) {
    List<ExactSection> sections = new ArrayList<>();
    sections.add(ExactSection.of("best-of-" + n, "", new Selection.BestOfN(n), table));
    if (threshold.isPresent()) {
      double reached = threshold.getAsDouble();
      String at = "at reward " + reached;
      sections.add(
          ExactSection.of(
              "early stop",
              at + ", at most " + n + " draws",
              new Selection.EarlyStop(n, reached),
              table));
      sections.add(
          ExactSection.of("rewind-and-repeat", at, new Selection.RewindAndRepeat(reached), table));
    }
    if (temperature.isPresent()) {
      double degrees = temperature.getAsDouble();
      sections.add(
          ExactSection.of(
              "soft best-of-" + n,
              "at temperature " + degrees,
              new Selection.SoftBestOfN(n, degrees),
              table));
      sections.add(ExactSection.ofOptimum(degrees, table));
    }
    return sections;
  }
}
