package topdraw.words.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.OutcomeTable;
import topdraw.words.ExactSection;
import topdraw.words.NamedTable;

/// Everything exact about a table as JSON.
public final class ExactJson {
  private ExactJson() {}

  /// The whole.
  ///
  /// @param file where the table was read
  /// @param named the table
  /// @param sections what is exact of each policy on it
  /// @return the document
  public static Map<String, Object> of(String file, NamedTable named, List<ExactSection> sections) {
    OutcomeTable table = named.table();
    Map<String, Object> json = Document.of("topdraw exact");
    json.put("table", file);
    json.put("outcomes", named.names());
    json.put("p", table.probabilities());
    json.put("rewards", rewards(table.rewards()));
    json.put("levels", table.levelCount());
    json.put("renyi_entropy", table.renyiEntropy());
    json.put("selections", sections.stream().map(ExactJson::section).toList());
    return json;
  }

  /// JSON has no infinity; a missing score is one.
  private static List<Object> rewards(double[] rewards) {
    return Arrays.stream(rewards)
        .<Object>mapToObj(reward -> Double.isInfinite(reward) ? "-inf" : reward)
        .toList();
  }

  private static Map<String, Object> section(ExactSection section) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("selection", section.title());
    json.put("numbers", section.numbers().stream().map(ExactJson::number).toList());
    json.put("pmf", section.probabilities());
    return json;
  }

  private static Map<String, Object> number(Bounded number) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Finding> defaults = ExactSection.defaults(number);
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
