package topdraw.report.figure;

import java.util.List;
import java.util.Optional;
import topdraw.theory.finding.Finding;

/// One prompt of a figure: its curves, and what is found at one n.
///
/// @param title the prompt's words
/// @param solidTo the largest n at which estimates are drawn solid, at least 1; beyond it they are
///   dashed, because few independent maxima are left (n > N/4 in a pool of N draws). What is exact
///   or a theorem holds there all the same and stays solid
/// @param kl curves of the KL divergence from the reference, in nats; at least one
/// @param klBand a region behind them, in nats
/// @param winRate curves of the win rate against the reference; may be empty
/// @param findingsAt the n that the findings are for, at least 1
/// @param findings the numbers at that n, the most telling first
/// @param sentence what the panel says, in words
/// @param bestCompletion the text of the best completion drawn, as the model wrote it
/// @param note what else a reader should know; empty when there is nothing
public record PromptPanel(
    String title,
    int solidTo,
    List<Curve> kl,
    Optional<Band> klBand,
    List<Curve> winRate,
    int findingsAt,
    List<Finding> findings,
    String sentence,
    String bestCompletion,
    String note) {
  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if `solidTo` or `findingsAt` is below 1, or there is no KL
  ///   curve
  public PromptPanel {
    atLeastOne(solidTo, "solidTo", title);
    atLeastOne(findingsAt, "findingsAt", title);
    kl = List.copyOf(kl);
    winRate = List.copyOf(winRate);
    findings = List.copyOf(findings);
    if (kl.isEmpty()) {
      throw new IllegalArgumentException(
          "the panel '" + title + "' has no KL curve; give at least one, such as K_n");
    }
  }

  private static void atLeastOne(int n, String name, String title) {
    if (n < 1) {
      throw new IllegalArgumentException(
          name + " is a number of completions, at least 1, was " + n + " in '" + title + "'");
    }
  }
}
