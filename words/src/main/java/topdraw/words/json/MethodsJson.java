package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.plan.SideBySide.Row;
import topdraw.theory.finding.Confidence;
import topdraw.words.PlanWords;

/// Methods side by side as JSON.
public final class MethodsJson {
  private MethodsJson() {}

  /// The comparison.
  ///
  /// @param reward the reward that selects
  /// @param n draws of best-of-n, whose win rate all are set to
  /// @param rows a row a method
  /// @param confidence of the intervals
  /// @param supposed what the numbers suppose of files of others
  /// @return the document
  public static Map<String, Object> of(
      String reward, int n, List<Row> rows, Confidence confidence, List<String> supposed) {
    Map<String, Object> json = Document.of("topdraw methods", confidence);
    json.put("reward", reward);
    json.put("n", n);
    json.put("methods", rows.stream().map(MethodsJson::of).toList());
    json.put("assumptions", supposed);
    return json;
  }

  private static Map<String, Object> of(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", PlanWords.method(row.method()));
    json.put("setting", PlanWords.setting(row.method()));
    json.put(
        "findings",
        FindingJson.of(List.of(row.winRate(), row.meanReward(), row.kl(), row.draws())));
    return json;
  }
}
