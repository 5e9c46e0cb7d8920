package topdraw.words.json;

import java.util.Map;
import topdraw.estimate.Comparison;

/// Two runs side by side as JSON.
public final class ComparisonJson {
  private ComparisonJson() {}

  /// The comparison.
  ///
  /// @param comparison what was found
  /// @param first what the run to compare with is called
  /// @param second what the run compared is called
  /// @return the document
  public static Map<String, Object> of(Comparison comparison, String first, String second) {
    Map<String, Object> json = Document.of("topdraw compare", comparison.confidence());
    json.put("first", first);
    json.put("second", second);
    json.put("reward", comparison.reward());
    json.put("prompts", comparison.prompts());
    json.put("pairs", comparison.pairs());
    json.put("unscored_pairs", comparison.unscored());
    json.put("only_first", comparison.onlyFirst());
    json.put("only_second", comparison.onlySecond());
    json.put("findings", FindingJson.of(comparison.findings()));
    return json;
  }
}
