package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;

/// The one JSON shape of a finding: commands, run folders and pages all write this.
public final class FindingJson {
  private FindingJson() {}

  /// Writes findings as JSON objects: `quantity`, `role`, `value`, `unit`, `evidence`,
  /// `confidence`, `interval` (a pair), `samples`, `prompts`, `estimator` (its id), `source` (its
  /// title), `assumptions`; what a finding does not have is left out. Infinite values are the
  /// strings `"inf"` and `"-inf"`.
  ///
  /// @param findings the findings
  /// @return a list of maps, ready for [topdraw.json.Json#mapper]
  public static List<Map<String, Object>> of(List<Finding> findings) {
    return findings.stream().map(FindingJson::of).toList();
  }

  /// Writes one finding.
  ///
  /// @param finding the finding
  /// @return a map in the order of its fields
  public static Map<String, Object> of(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("quantity", finding.quantity().word());
    json.put("role", finding.role().word());
    json.put("value", number(finding.value()));
    json.put("unit", finding.unit().word());
    json.put("evidence", finding.evidence().word());
    finding.confidence().ifPresent(confidence -> json.put("confidence", confidence));
    finding.interval().ifPresent(interval -> json.put("interval", pair(interval)));
    finding.samples().ifPresent(samples -> json.put("samples", samples));
    finding.prompts().ifPresent(prompts -> json.put("prompts", prompts));
    json.put("estimator", finding.source().id());
    json.put("source", finding.source().title());
    json.put("assumptions", finding.assumptions());
    return json;
  }

  static List<Object> pair(Interval interval) {
    return List.of(number(interval.lower()), number(interval.upper()));
  }

  private static Object number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return value;
  }
}
