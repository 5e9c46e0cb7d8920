package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import topdraw.estimate.Comparison;
import topdraw.words.Counted;
import topdraw.words.Visible;

/// Two runs side by side as lines of text.
public final class ComparisonText {
  private static final int NAMED = 5;
  private static final int PROMPT_LENGTH = 100;

  private ComparisonText() {}

  /// The comparison.
  ///
  /// @param comparison what was found
  /// @param first what the run to compare with is called
  /// @param second what the run compared is called
  /// @return the lines
  public static List<String> lines(Comparison comparison, String first, String second) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s against %s by %s: %s, %s"
            .formatted(
                second,
                first,
                comparison.reward(),
                Counted.of(comparison.prompts(), "prompt"),
                Counted.of(comparison.pairs(), "pair")));
    FindingText.lines(comparison.findings()).forEach(line -> lines.add("  " + line));
    if (comparison.unscored() > 0) {
      lines.add(
          "  %s left out: a winner has no score"
              .formatted(Counted.of(comparison.unscored(), "pair")));
    }
    alone(lines, first, comparison.onlyFirst());
    alone(lines, second, comparison.onlySecond());
    return lines;
  }

  static void alone(List<String> lines, String run, List<String> prompts) {
    if (prompts.isEmpty()) {
      return;
    }
    lines.add(
        prompts.size() == 1
            ? "  1 prompt has completions in %s alone:".formatted(run)
            : "  %d prompts have completions in %s alone:".formatted(prompts.size(), run));
    prompts.stream()
        .limit(NAMED)
        .forEach(prompt -> lines.add("    " + Visible.oneLine(prompt, PROMPT_LENGTH)));
    if (prompts.size() > NAMED) {
      lines.add("    and %d more".formatted(prompts.size() - NAMED));
    }
  }
}
