package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.advice.Advice;

/// Advice as JSON: by subject, `settings` with their numbers and findings, and what is `withheld`.
public final class AdviceJson {
  private AdviceJson() {}

  /// Writes all subjects.
  ///
  /// @param advice what was found
  /// @return a map by subject, ready for [topdraw.json.Json#line]
  public static Map<String, Object> of(List<Advice> advice) {
    Map<String, Object> json = new LinkedHashMap<>();
    advice.forEach(one -> json.put(one.subject().word(), of(one)));
    return json;
  }

  private static Map<String, Object> of(Advice advice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("settings", advice.rows().stream().map(AdviceJson::of).toList());
    json.put("withheld", advice.refused());
    return json;
  }

  private static Map<String, Object> of(Advice.Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    row.name().ifPresent(name -> json.put("rule", name));
    json.putAll(row.at());
    json.put("findings", FindingJson.of(row.findings()));
    return json;
  }
}
