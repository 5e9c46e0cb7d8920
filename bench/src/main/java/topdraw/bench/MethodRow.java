package topdraw.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.theory.confidence.RatioInterval;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.words.json.FindingJson;

/// One method at the smallest of its settings that reaches best-of-16.
///
/// @param method which method
/// @param setting its numbers
/// @param reached whether the setting reached it where it was chosen
/// @param rate the pass rate or the win rate, elsewhere
/// @param gap that rate less best-of-16's, prompt by prompt
/// @param draws begun
/// @param tokens drawn
/// @param share those tokens of best-of-16's
/// @param klAtMost what is proven of the drift
/// @param kl the drift as estimated, where something tells
record MethodRow(
    String method,
    String setting,
    boolean reached,
    Finding rate,
    Difference gap,
    Finding draws,
    Finding tokens,
    RatioInterval share,
    Finding klAtMost,
    Optional<Finding> kl) {

  /// A mean of differences, prompt by prompt.
  ///
  /// @param value the mean
  /// @param interval where it lies, an *estimate*; empty where nothing tells
  record Difference(double value, Optional<Interval> interval) {}

  Map<String, Object> json() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("method", method);
    row.put("setting", setting);
    row.put("reached", reached);
    row.put("rate", FindingJson.of(rate));
    row.put("rate_less_plain", gap.value());
    gap.interval()
        .ifPresent(
            between ->
                row.put("rate_less_plain_between", List.of(between.lower(), between.upper())));
    row.put("draws", FindingJson.of(draws));
    row.put("tokens", FindingJson.of(tokens));
    switch (share) {
      case RatioInterval.Found(double ratio, var interval) -> {
        row.put("tokens_of_plain", ratio);
        row.put("tokens_of_plain_between", List.of(interval.lower(), interval.upper()));
      }
      case RatioInterval.Constant(double ratio) -> row.put("tokens_of_plain", ratio);
      case RatioInterval.WithinNoise _ -> {}
    }
    row.put("drift_at_most", FindingJson.of(klAtMost));
    kl.ifPresent(finding -> row.put("drift", FindingJson.of(finding)));
    return row;
  }
}
