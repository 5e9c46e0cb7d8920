package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import topdraw.estimate.RunSummary;
import topdraw.words.Counted;
import topdraw.words.Visible;

/// The summary of a recorded run as a person reads it.
public final class RunText {
  private static final int NAMED = 5;

  private RunText() {}

  /// What the run gave and cost.
  ///
  /// @param run the run
  /// @return the lines
  public static List<String> lines(RunSummary run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "best of %d, %d batch%s of each of %s"
            .formatted(
                run.n(),
                run.batches(),
                run.batches() == 1 ? "" : "es",
                Counted.of(run.prompts(), "prompt")));
    FindingText.lines(run.findings()).forEach(line -> lines.add("  " + line));
    run.logProbabilities().ifPresent(worth -> lines.add("  %-14s %s".formatted("log p", worth)));
    RunSummary.Counts counts = run.counts();
    OptionalLong tokens = counts.tokens();
    lines.add(
        "  %-14s %s%s; %s cut by the token limit; %d without a score"
            .formatted(
                "cost",
                Counted.of(counts.completions(), "completion"),
                tokens.isPresent() ? ", " + tokens.getAsLong() + " tokens" : "",
                counts.completions() == 0
                    ? "none"
                    : "%.1f %%".formatted(100.0 * counts.truncated() / counts.completions()),
                counts.unscored()));
    return lines;
  }

  /// The prompts that lack completions, and why.
  ///
  /// @param run the run
  /// @return a line for each of the first few, and how many more there are
  public static List<String> missing(RunSummary run) {
    List<String> lines = new ArrayList<>();
    run.absent().stream()
        .limit(NAMED)
        .forEach(absent -> lines.add("missing: " + Visible.oneLine(missing(absent), 300)));
    if (run.absent().size() > NAMED) {
      lines.add("missing: " + Counted.of(run.absent().size() - NAMED, "prompt") + " more");
    }
    return lines;
  }

  private static String missing(RunSummary.Absent absent) {
    String share =
        absent.drawn() == 0
            ? ""
            : absent.missing()
                + " of "
                + Counted.of(absent.missing() + absent.drawn(), "draw")
                + ": ";
    return Visible.oneLine(absent.prompt(), 60) + ": " + share + absent.reason();
  }
}
