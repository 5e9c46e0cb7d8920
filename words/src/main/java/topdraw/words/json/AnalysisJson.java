package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.SampleSource;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.PromptCurves;
import topdraw.estimate.Withheld;
import topdraw.words.AnalysisReport;

/// An analysis as JSON: every number that its page shows, and those it leaves out.
public final class AnalysisJson {
  /// How such a document says what it is.
  public static final String MADE_BY = "topdraw analyze";

  private AnalysisJson() {}

  /// Writes the twin of the page.
  ///
  /// @param report what the page says
  /// @return a map, ready for [topdraw.json.Json#line]
  public static Map<String, Object> of(AnalysisReport report) {
    Analysis analysis = report.analysis();
    Map<String, Object> json = Document.of(MADE_BY, analysis.confidence());
    settings(json, analysis.question());
    json.put("prompts", analysis.prompts());
    json.put("prompts_unscored", analysis.unscored());
    json.put("samples", analysis.samples());
    source(json, report.source());
    json.put("versions", report.versions());
    json.put("audit", AuditJson.of(analysis.verdicts()));
    json.put("withheld", analysis.withheld().stream().map(AnalysisJson::withheld).toList());
    json.put("curve", CurveJson.of(analysis.curve()));
    if (!analysis.rewind().isEmpty()) {
      json.put("rewind", FindingJson.of(analysis.rewind()));
    }
    if (analysis.question().gold().isPresent()) {
      json.put(
          "overoptimization",
          report
              .study()
              .map(OveroptimizationJson::of)
              .orElse(Map.of("withheld", OveroptimizationJson.TOO_FEW)));
    }
    if (!report.advice().isEmpty()) {
      json.put("advice", AdviceJson.of(report.advice()));
    }
    json.put("by_prompt", analysis.byPrompt().stream().map(AnalysisJson::prompt).toList());
    json.put("sentence", report.sentence());
    return json;
  }

  private static void settings(Map<String, Object> json, AnalysisQuestion question) {
    json.put("reward", question.reward());
    question.gold().ifPresent(gold -> json.put("gold", gold));
    question.threshold().ifPresent(threshold -> json.put("threshold", threshold));
    json.put("protocol", question.protocol().word());
  }

  private static void source(Map<String, Object> json, SampleSource source) {
    json.put("files", source.files());
    json.put("inputs", source.inputs());
    json.put("columns", source.columns());
    Map<String, Object> bad = new LinkedHashMap<>();
    bad.put("count", source.badRows());
    bad.put("first", source.firstBad());
    json.put("bad_rows", bad);
    json.put("provenance", source.provenance());
  }

  private static Map<String, Object> withheld(Withheld withheld) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("quantity", withheld.quantity().word());
    json.put("estimator", withheld.source().id());
    json.put("source", withheld.source().title());
    withheld.n().ifPresent(n -> json.put("n", n));
    json.put("reason", withheld.reason());
    return json;
  }

  private static Map<String, Object> prompt(PromptCurves prompt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompt_id", prompt.key());
    json.put("prompt", prompt.prompt());
    json.put("draws", prompt.draws());
    prompt.best().ifPresent(best -> json.put("best", best(best)));
    json.put("curves", prompt.curves().stream().map(AnalysisJson::curve).toList());
    return json;
  }

  private static Map<String, Object> best(PromptCurves.Best best) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reward", best.reward());
    best.text().ifPresent(text -> json.put("text", text));
    return json;
  }

  private static Map<String, Object> curve(PromptCurves.Curve curve) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("quantity", curve.quantity().word());
    json.put("role", curve.role().word());
    json.put("evidence", curve.evidence().word());
    json.put("unit", curve.quantity().unit().word());
    json.put("estimator", curve.source().id());
    json.put("source", curve.source().title());
    json.put("points", curve.points().stream().map(p -> List.of(p.n(), p.value())).toList());
    return json;
  }
}
