package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import topdraw.estimate.PairedSelection;

/// Two ways to select as JSON.
public final class PairedSelectionJson {
  private PairedSelectionJson() {}

  /// The comparison as a document of its own.
  ///
  /// @param found what was found
  /// @param assumptions what the numbers suppose of files of others, a sentence each
  /// @return the document
  static Map<String, Object> document(PairedSelection found, List<String> assumptions) {
    Map<String, Object> json = Document.of("topdraw compare", found.confidence());
    json.put("first", found.first());
    json.put("second", found.second());
    json.put("gold", found.gold());
    json.put("only_first", found.onlyFirst());
    json.put("only_second", found.onlySecond());
    json.putAll(of(found));
    json.put("assumptions", assumptions);
    return json;
  }

  /// What was found by n.
  ///
  /// @param found what was found
  /// @return a part of a document: `prompts`, `samples`, `unjudged_prompts`, `firm_n`, `better`,
  ///   `curve`
  public static Map<String, Object> of(PairedSelection found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompts", found.prompts());
    json.put("samples", found.samples());
    json.put("unjudged_prompts", found.unjudged());
    json.put("firm_n", found.firm().n());
    json.put("better", found.better().name().toLowerCase(Locale.ROOT));
    json.put("curve", CurveJson.of(found.curve()));
    return json;
  }
}
