package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.Map;
import topdraw.theory.finding.Confidence;

/// How every document of findings begins, whichever command makes it: `docs/findings.md` has the
/// layout.
public final class Document {
  /// The version of the layout. Version 1 had two shapes for runs, no estimators, and the number of
  /// prompts inside `source`.
  public static final int VERSION = 2;

  private Document() {}

  /// An empty document.
  ///
  /// @param madeBy the command, such as `topdraw run`
  /// @return a map to which the command adds its fields, in order
  public static Map<String, Object> of(String madeBy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", VERSION);
    json.put("made_by", madeBy);
    return json;
  }

  /// An empty document whose findings have a confidence.
  ///
  /// @param madeBy the command, such as `topdraw run`
  /// @param confidence what was asked for; a finding may have another, where chances are shared
  /// @return a map to which the command adds its fields, in order
  public static Map<String, Object> of(String madeBy, Confidence confidence) {
    Map<String, Object> json = of(madeBy);
    json.put("confidence", confidence.value());
    return json;
  }
}
