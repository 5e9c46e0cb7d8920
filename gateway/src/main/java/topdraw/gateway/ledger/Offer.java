package topdraw.gateway.ledger;

import topdraw.theory.bound.KlBounds;
import topdraw.theory.numeric.Checks;

/// One way to answer a request, with what it can cost.
///
/// @param n completions drawn for an answer, at least 1
/// @param most the most that the drift of one answer can be, in nats, as its estimate counts it; 0
///   for an answer of the reference policy itself
/// @param textbook what the textbook formula says of one answer, in nats
/// @param answers how many answers the request asks for, at least 1
public record Offer(int n, double most, double textbook, int answers) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Offer {
    Checks.atLeastOne(n, "n");
    Checks.divergence(most, "most");
    Checks.divergence(textbook, "textbook");
    Checks.atLeastOne(answers, "answers");
  }

  /// Best-of-n, whose textbook formula is `log n - (n-1)/n`.
  ///
  /// @param n completions drawn for an answer, at least 1
  /// @param most the most that the drift of one answer can be, in nats
  /// @param answers how many answers, at least 1
  /// @return the offer
  public static Offer of(int n, double most, int answers) {
    return new Offer(n, most, KlBounds.analytical(n), answers);
  }

  /// Whether it is an answer of the reference policy itself, which drifts from it by nothing.
  boolean free() {
    return most == 0;
  }
}
