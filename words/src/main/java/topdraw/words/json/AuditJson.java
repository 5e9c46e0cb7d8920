package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.audit.Verdict;

/// An audit of recorded samples as JSON.
public final class AuditJson {
  private AuditJson() {}

  /// The checks in their order.
  ///
  /// @param verdicts the audit
  /// @return a list of `check`, `verdict`, `reason`, `places`
  public static List<Map<String, Object>> of(List<Verdict> verdicts) {
    return verdicts.stream().map(AuditJson::of).toList();
  }

  private static Map<String, Object> of(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", verdict.check());
    json.put("verdict", verdict.level().word());
    json.put("reason", verdict.reason());
    json.put("places", verdict.places());
    return json;
  }
}
