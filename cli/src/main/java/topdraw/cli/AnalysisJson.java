package topdraw.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.audit.Verdict;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.json.FindingJson;
import topdraw.recordings.Recording;

/// An analysis as JSON: every number that the text shows, and those it leaves out.
final class AnalysisJson {
  private AnalysisJson() {}

  static Map<String, Object> of(Analysis analysis, Recording recording) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("reward", analysis.settings().reward());
    analysis.settings().gold().ifPresent(gold -> json.put("gold", gold));
    json.put("protocol", analysis.settings().protocol().word());
    json.put("prompts", analysis.prompts());
    json.put("prompts_unscored", analysis.unscored());
    json.put("samples", analysis.samples());
    json.put("columns", recording.columns());
    json.put(
        "bad_rows", Map.of("count", recording.bad().count(), "first", recording.bad().first()));
    json.put("audit", analysis.verdicts().stream().map(AnalysisJson::verdict).toList());
    json.put("withheld", analysis.withheld());
    json.put("curve", analysis.curve().stream().map(AnalysisJson::atN).toList());
    if (!analysis.rewind().isEmpty()) {
      json.put("rewind", FindingJson.of(analysis.rewind()));
    }
    json.put("sentence", AnalysisText.sentence(analysis));
    return json;
  }

  private static Map<String, Object> verdict(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", verdict.check());
    json.put("verdict", verdict.level().word());
    json.put("reason", verdict.reason());
    json.put("places", verdict.places());
    return json;
  }

  private static Map<String, Object> atN(AtN at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", at.n());
    json.put("prompts", at.prompts());
    json.put("findings", FindingJson.of(List.copyOf(at.findings())));
    return json;
  }
}
