package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import topdraw.draw.LogProbabilityWorth;
import topdraw.estimate.BlockwiseFindings;
import topdraw.estimate.RoundFindings;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Round;
import topdraw.theory.finding.Confidence;
import topdraw.words.Counted;
import topdraw.words.DrawWords;
import topdraw.words.SelectionWords;

/// What is known of the answer to one prompt, as a person reads it below the answer.
public final class SampleText {
  private SampleText() {}

  /// Of an answer that was chosen among whole completions.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param seconds how long it took
  /// @return the lines, the first of them empty
  public static List<String> lines(Round round, Confidence confidence, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s: completion %d of %d, reward %s = %s"
            .formatted(
                SelectionWords.of(round),
                round.winner().index() + 1,
                round.draws().size(),
                round.rewards().getFirst(),
                DrawWords.score(round.winner().score())));
    FindingText.lines(RoundFindings.of(round, confidence)).forEach(line -> lines.add("  " + line));
    LogProbabilityWorth.of(round.draws())
        .sentence()
        .ifPresent(worth -> lines.add("  %-14s %s".formatted("log p", worth)));
    OptionalLong tokens = round.tokensDrawn();
    lines.add(
        "  %-14s %d completions%s, %.1f s"
            .formatted(
                "cost",
                round.draws().size(),
                tokens.isPresent() ? ", " + tokens.getAsLong() + " tokens" : "",
                seconds));
    unscored(round.unscored(), "completions", lines);
    return lines;
  }

  /// Of an answer that was chosen block by block.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param seconds how long it took
  /// @return the lines, the first of them empty
  public static List<String> lines(BlockwiseRound round, Confidence confidence, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s: %s, reward %s = %s"
            .formatted(
                SelectionWords.of(round),
                Counted.of(round.blocks().size(), "block"),
                round.rewards().getFirst(),
                DrawWords.score(round.answer().score())));
    FindingText.lines(BlockwiseFindings.of(round, confidence))
        .forEach(line -> lines.add("  " + line));
    LogProbabilityWorth.of(List.of(round.answer()))
        .sentence()
        .ifPresent(worth -> lines.add("  %-14s %s".formatted("log p", worth)));
    lines.add(
        "  %-14s %d tokens drawn for an answer of %d, %d decoded, %.1f s"
            .formatted(
                "cost",
                round.tokensDrawn(),
                round.blocks().getLast().end(),
                round.tokensDecoded(),
                seconds));
    unscored(round.unscored(), "candidates", lines);
    return lines;
  }

  private static void unscored(long count, String what, List<String> lines) {
    if (count > 0) {
      lines.add("  %d %s have no score; they rank below every score".formatted(count, what));
    }
  }
}
