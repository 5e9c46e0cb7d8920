package topdraw.words.text;

import topdraw.words.Digits;

/// The drift of one policy for a person in a hurry.
public final class DriftText {
  private DriftText() {}

  /// The drift itself.
  ///
  /// @param drift the estimate, in nats
  /// @return a sentence
  public static String estimate(double drift) {
    return "The drift is about " + Digits.near(drift) + " nats (estimate).";
  }

  /// What to take away: the textbook against what is proven and what is estimated.
  ///
  /// @param textbook the bound that needs no data, in nats
  /// @param proven the least bound proven from what was seen
  /// @param estimate the estimate of an upper bound
  /// @return a sentence
  public static String sentence(double textbook, double proven, double estimate) {
    String says = "The textbook says at most " + Digits.up(textbook) + " nats; ";
    String seen =
        Digits.up(proven).equals(Digits.up(textbook))
            ? "nothing that was seen proves less"
            : "from what was seen it is at most " + Digits.up(proven);
    return says + seen + " (estimate of an upper bound: " + Digits.near(estimate) + ").";
  }
}
