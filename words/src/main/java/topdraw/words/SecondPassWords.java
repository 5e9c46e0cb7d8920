package topdraw.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.reference.SecondPassSummary;

/// What is said of what a second pass told of recorded samples.
///
/// @param summary what came of it
/// @param caveat why its numbers prove nothing of their own, where they do not
public record SecondPassWords(SecondPassSummary summary, Optional<String> caveat) {

  /// Lines of text.
  ///
  /// @return the lines
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "log p: %s had none and %s one now"
            .formatted(
                Counted.of(summary.added(), "completion"), summary.added() == 1 ? "has" : "have"));
    if (summary.replaced() > 0) {
      lines.add(
          "log p: %s had a number that proves nothing, and one that does counts in its place"
              .formatted(Counted.of(summary.replaced(), "completion")));
    }
    lines.add(
        summary.compared() == 0
            ? "log p: no recorded one could be compared"
            : "log p: %s compared, margins left out: at most %s nats apart (%s); what is recorded stays"
                .formatted(
                    Counted.of(summary.compared(), "recorded one"),
                    rounded(summary.largest()),
                    summary.where().orElse("")));
    summary
        .left()
        .forEach(
            (reason, count) ->
                lines.add(
                    "log p: %s left out: %s"
                        .formatted(Counted.of(count, "completion"), reason.words())));
    caveat.ifPresent(why -> lines.add("log p: " + why));
    summary.worth().ifPresent(worth -> lines.add("log p: " + worth));
    return lines;
  }

  private static String rounded(double nats) {
    return nats == 0 ? "0" : "%.2g".formatted(nats);
  }

  /// The same as JSON.
  ///
  /// @return an object
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("completions", summary.completions());
    json.put("added", summary.added());
    json.put("replaced", summary.replaced());
    json.put("compared", summary.compared());
    json.put("largest_difference_nats", summary.compared() == 0 ? null : summary.largest());
    json.put("largest_difference_at", summary.where().orElse(null));
    Map<String, Long> left = new LinkedHashMap<>();
    summary.left().forEach((reason, count) -> left.put(reason.words(), count));
    json.put("left_out", left);
    json.put("caveat", caveat.orElse(null));
    json.put("worth", summary.worth().orElse(null));
    return json;
  }
}
