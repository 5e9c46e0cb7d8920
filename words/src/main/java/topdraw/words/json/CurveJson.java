package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.estimate.AtN;
import topdraw.theory.finding.Finding;

/// What is found at each n, as JSON.
public final class CurveJson {
  private CurveJson() {}

  /// Means over prompts.
  ///
  /// @param curve what was found, by n
  /// @return a list of `n`, `prompts`, `findings`
  public static List<Map<String, Object>> of(List<AtN> curve) {
    return curve.stream().map(CurveJson::of).toList();
  }

  private static Map<String, Object> of(AtN at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", at.n());
    json.put("prompts", at.prompts());
    json.put("findings", FindingJson.of(at.findings()));
    return json;
  }

  /// Of one prompt, at one n.
  ///
  /// @param n draws of one selection
  /// @param findings what was found
  /// @return a list of one object of `n`, `findings`
  public static List<Map<String, Object>> of(int n, List<Finding> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", n);
    json.put("findings", FindingJson.of(findings));
    return List.of(json);
  }
}
