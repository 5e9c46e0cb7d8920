package topdraw.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import topdraw.json.FindingJson;
import topdraw.theory.bound.ExactFindings;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TiltedPolicy;

/// What `topdraw exact` says of one policy on a table.
///
/// @param title the policy in words
/// @param numbers its exact numbers, each with its bounds
/// @param probabilities its law, in the table's order
record ExactSection(String title, List<Bounded> numbers, double[] probabilities) {
  static ExactSection of(String title, Selection selection, OutcomeTable table) {
    return new ExactSection(
        title, ExactFindings.of(selection, table), Law.of(selection, table).probabilities());
  }

  static ExactSection ofOptimum(double beta, OutcomeTable table) {
    return new ExactSection(
        "KL-regularised optimum at " + beta + " a nat",
        ExactFindings.ofOptimum(table, beta),
        TiltedPolicy.byReward(table, beta).probabilities());
  }

  /// The bounds to use when nothing else is asked for, of one number.
  static List<Finding> defaults(Bounded number) {
    return Stream.of(Finding.Role.UPPER_BOUND, Finding.Role.LOWER_BOUND)
        .flatMap(role -> number.tightest(role).stream())
        .toList();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("selection", title);
    json.put("numbers", numbers.stream().map(ExactSection::json).toList());
    json.put("pmf", probabilities);
    return json;
  }

  private static Map<String, Object> json(Bounded number) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Finding> defaults = defaults(number);
    json.put("exact", FindingJson.of(number.truth()));
    json.put(
        "bounds",
        number.bounds().stream()
            .map(
                bound -> {
                  Map<String, Object> one = FindingJson.of(bound);
                  one.put("default", defaults.contains(bound));
                  return one;
                })
            .toList());
    return json;
  }
}
