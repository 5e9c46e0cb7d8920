package topdraw.words.json;

import java.util.List;
import java.util.Map;
import topdraw.estimate.Compared;
import topdraw.estimate.Comparison;
import topdraw.words.AssumptionWords;

/// Recorded samples side by side as JSON.
public final class ComparisonJson {
  private ComparisonJson() {}

  /// The comparison.
  ///
  /// @param found what was found
  /// @return the document
  public static Map<String, Object> of(Compared found) {
    List<String> supposed = found.pools() ? AssumptionWords.ofPool(false) : List.of();
    return switch (found) {
      case Compared.Selections selections ->
          PairedSelectionJson.document(selections.selections(), supposed);
      case Compared.Batches batches -> document(batches, supposed);
    };
  }

  private static Map<String, Object> document(Compared.Batches found, List<String> supposed) {
    Comparison comparison = found.batches();
    Map<String, Object> json = Document.of("topdraw compare", comparison.confidence());
    json.put("first", found.first());
    json.put("second", found.second());
    json.put("reward", comparison.reward());
    json.put("prompts", comparison.prompts());
    json.put("pairs", comparison.pairs());
    json.put("unscored_pairs", comparison.unscored());
    json.put("only_first", comparison.onlyFirst());
    json.put("only_second", comparison.onlySecond());
    json.put("findings", FindingJson.of(comparison.findings()));
    found.atEqualN().ifPresent(paired -> json.put("at_equal_n", PairedSelectionJson.of(paired)));
    json.put("assumptions", supposed);
    return json;
  }
}
