package topdraw.words;

import java.util.stream.Collectors;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.RejectionRound;
import topdraw.selection.Round;
import topdraw.theory.law.Selection;

/// How an answer was chosen.
public final class SelectionWords {
  private SelectionWords() {}

  /// Among whole completions.
  ///
  /// @param round what was drawn and chosen
  /// @return such as `best of 16`, `stopped early after 3 of 16`, or `threshold reached by number 3
  ///   of 16, drawn together`
  public static String of(Round round) {
    return switch (round.selection()) {
      case Selection.BestOfN(double n) -> "best of " + (int) n;
      case Selection.EarlyStop(double n, double threshold) ->
          !round.stopped()
              ? "threshold not reached, best of " + (int) n
              : drawnTogether(round)
                  ? "threshold reached by number %d of %d, drawn together"
                      .formatted(round.considered(), round.draws().size())
                  : "stopped early after " + round.considered() + " of " + (int) n;
      case Selection.RewindAndRepeat rewind ->
          "threshold reached after " + Counted.of(round.considered(), "draw");
      case Selection.SoftBestOfN(int n, double temperature) ->
          "soft best of " + n + " at temperature " + temperature;
      case Selection.BestOfPoisson(double mu) ->
          "best of " + round.considered() + ", drawn as 1 + Poisson(" + mu + ")";
    };
  }

  /// Whether more was drawn than the selection had to look at: what is drawn at once costs at once.
  ///
  /// @param round what was drawn and chosen
  /// @return whether draws were left over
  public static boolean drawnTogether(Round round) {
    return round.draws().size() > round.considered();
  }

  /// Block by block.
  ///
  /// @param round what was drawn and chosen
  /// @return such as `blockwise best of 4 by 8 tokens`
  public static String of(BlockwiseRound round) {
    return "blockwise best of " + round.n() + " by " + round.blockTokens() + " tokens";
  }

  /// Among completions of which some were given up.
  ///
  /// @param round what was drawn and chosen
  /// @return such as `best of 16, of which at 8, 16 tokens the best 0.5 went on`, or `best of 16,
  ///   none of which was looked at on its way`
  public static String of(RejectionRound round) {
    if (round.reached().isEmpty()) {
      return "best of " + round.n() + ", none of which was looked at on its way";
    }
    String at = round.reached().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "best of %d, of which at %s tokens the best %s went on"
        .formatted(round.n(), at, Digits.near(round.rule().keep()));
  }
}
