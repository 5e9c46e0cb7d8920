package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import topdraw.estimate.Compared;
import topdraw.estimate.Comparison;
import topdraw.words.AssumptionWords;
import topdraw.words.Counted;

/// Recorded samples side by side as lines of text.
public final class ComparisonText {
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
    PairedSelectionText.alone(lines, first, comparison.onlyFirst());
    PairedSelectionText.alone(lines, second, comparison.onlySecond());
    return lines;
  }
}
