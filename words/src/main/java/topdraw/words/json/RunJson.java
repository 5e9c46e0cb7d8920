package topdraw.words.json;

import java.util.List;
import java.util.Map;
import topdraw.estimate.AtN;
import topdraw.estimate.RunSummary;

/// The summary of a recorded run as JSON: the document of `findings.json`.
public final class RunJson {
  private RunJson() {}

  /// What the run gave and cost.
  ///
  /// @param run the run
  /// @return the document
  public static Map<String, Object> of(RunSummary run) {
    RunSummary.Counts counts = run.counts();
    long completions = counts.completions();
    Map<String, Object> json = Document.of("topdraw run", run.confidence());
    json.put("run", run.run());
    json.put("reward", run.reward());
    json.put("n", run.n());
    json.put("batches", run.batches());
    json.put("prompts", run.prompts());
    json.put("prompts_refused", counts.refused());
    json.put("samples", completions);
    json.put("missing", counts.missing());
    json.put("tokens", counts.tokens().isPresent() ? counts.tokens().getAsLong() : null);
    json.put("truncated", counts.truncated());
    json.put(
        "truncated_share", completions == 0 ? null : (double) counts.truncated() / completions);
    json.put("unscored", counts.unscored());
    run.logProbabilities().ifPresent(worth -> json.put("log_probabilities", worth));
    json.put(
        "curve",
        CurveJson.of(List.of(new AtN(run.n(), run.prompts() - counts.refused(), run.findings()))));
    return json;
  }
}
