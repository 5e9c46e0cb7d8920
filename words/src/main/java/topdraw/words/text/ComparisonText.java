package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import topdraw.estimate.Compared;
import topdraw.estimate.Comparison;
import topdraw.words.AssumptionWords;
import topdraw.words.Counted;
import topdraw.words.Visible;

/// Recorded samples side by side as lines of text.
public final class ComparisonText {
  private static final int NAMED = 5;
  private static final int PROMPT_LENGTH = 100;

  private ComparisonText() {}

  /// The comparison.
  ///
  /// @param found what was found
  /// @return the lines
  public static List<String> lines(Compared found) {
    List<String> lines = new ArrayList<>();
    switch (found) {
      case Compared.Selections selections ->
          lines.addAll(PairedSelectionText.lines(selections.selections()));
      case Compared.Batches batches -> {
        lines.addAll(lines(batches.batches(), batches.first(), batches.second()));
        batches
            .atEqualN()
            .ifPresent(
                paired -> {
                  lines.add("");
                  lines.addAll(PairedSelectionText.atEqualN(paired));
                });
      }
    }
    if (found.pools()) {
      lines.addAll(AssumptionWords.ofPool(false));
    }
    return lines;
  }

  private static List<String> lines(Comparison comparison, String first, String second) {
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
