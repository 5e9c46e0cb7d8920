package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import topdraw.draw.LogProbabilityWorth;
import topdraw.estimate.BlockwiseFindings;
import topdraw.estimate.RejectionFindings;
import topdraw.estimate.RoundFindings;
import topdraw.estimate.RoundPasses;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.RejectionRound;
import topdraw.selection.Round;
import topdraw.selection.SelectionRound;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.words.Counted;
import topdraw.words.DrawWords;
import topdraw.words.RoundWords;
import topdraw.words.SelectionWords;

/// What is known of the answer to one prompt, as a person reads it below the answer.
public final class SampleText {
  private SampleText() {}

  /// Of an answer, whichever way it was chosen.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param seconds how long it took
  /// @return the lines, the first of them empty
  public static List<String> lines(SelectionRound round, Confidence confidence, double seconds) {
    return switch (round) {
      case Round whole -> lines(whole, confidence, seconds);
      case BlockwiseRound byBlocks -> lines(byBlocks, confidence, seconds);
      case RejectionRound rejecting -> lines(rejecting, confidence, seconds);
    };
  }

  /// Of an answer that was chosen among whole completions.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param seconds how long it took
  /// @return the lines, the first of them empty
  public static List<String> lines(Round round, Confidence confidence, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(RoundWords.of(round));
    RoundWords.warning(round).ifPresent(lines::add);
    List<Finding> proven = RoundFindings.of(round, confidence);
    RoundPasses.of(round)
        .flatMap(passes -> passes.drift(round.selection(), confidence, proven))
        .ifPresent(drift -> lines.add("  " + FindingText.line(drift)));
    FindingText.lines(proven).forEach(line -> lines.add("  " + line));
    LogProbabilityWorth.of(round.draws())
        .sentence()
        .ifPresent(worth -> lines.add("  %-14s %s".formatted("log p", worth)));
    OptionalLong tokens = round.tokensDrawn();
    lines.add(
        "  %-14s %s%s%s, %.1f s"
            .formatted(
                "cost",
                Counted.of(round.draws().size(), "completion"),
                SelectionWords.drawnTogether(round) ? " drawn together" : "",
                tokens.isPresent() ? ", " + tokens.getAsLong() + " tokens" : "",
                seconds));
    unscored(round.unscored(), "completion", lines);
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
    unscored(round.unscored(), "candidate", lines);
    return lines;
  }

  /// Of an answer that was chosen among completions of which some were given up.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param seconds how long it took
  /// @return the lines, the first of them empty
  public static List<String> lines(RejectionRound round, Confidence confidence, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(RoundWords.of(round));
    FindingText.lines(RejectionFindings.of(round, confidence))
        .forEach(line -> lines.add("  " + line));
    LogProbabilityWorth.of(List.of(round.winner()))
        .sentence()
        .ifPresent(worth -> lines.add("  %-14s %s".formatted("log p", worth)));
    lines.add(
        "  %-14s %s, %d given up, %d tokens, %.1f s"
            .formatted(
                "cost",
                Counted.of(round.n(), "completion"),
                round.n() - round.left().size(),
                round.tokensDrawn(),
                seconds));
    unscored(round.unscored(), "completion", lines);
    return lines;
  }

  private static void unscored(long count, String what, List<String> lines) {
    if (count > 0) {
      lines.add(
          count == 1
              ? "  1 %s has no score; it ranks below every score".formatted(what)
              : "  %d %ss have no score; they rank below every score".formatted(count, what));
    }
  }
}
