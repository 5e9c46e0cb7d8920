package topdraw.draw;

import java.util.regex.Pattern;

/// What a reward says of one completion: a number, or the reason why there is none. A missing score
/// ranks below every number.
public sealed interface Score {
  /// How large a score may be: the squares of larger ones are no numbers any more, so nothing could
  /// be said of their mean.
  double LARGEST = 1e150;

  /// A score.
  ///
  /// @param value the reward: at most [#LARGEST] from zero, or `-∞`, which is below every other
  record Value(double value) implements Score {
    /// Refuses what cannot be ranked, or not be averaged.
    public Value {
      if (!(value <= LARGEST && (value >= -LARGEST || value == Double.NEGATIVE_INFINITY))) {
        throw new IllegalArgumentException(
            "a score is a number within ±" + LARGEST + " or -∞, was " + value);
      }
    }
  }

  /// No score.
  ///
  /// @param reason why, in one line; of a longer text its first [#LONGEST] characters
  record Missing(String reason) implements Score {
    /// Characters kept of a reason.
    public static final int LONGEST = 300;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    /// Reasons quote programs and completions, so what would move a cursor or break a line goes.
    public Missing {
      reason = CONTROL.matcher(reason).replaceAll(" ");
      if (reason.length() > LONGEST) {
        int end = Character.isHighSurrogate(reason.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        reason = reason.substring(0, end) + "…";
      }
    }
  }

  /// A score, or a missing one when a computation went out of the numbers.
  ///
  /// @param value the computed reward
  /// @return a [Value] if it is within ±[#LARGEST], else a [Missing] that says what it was
  static Score of(double value) {
    return Math.abs(value) <= LARGEST ? new Value(value) : new Missing("the reward was " + value);
  }

  /// The number that orders completions: the value, or minus infinity when there is none.
  ///
  /// @return never NaN
  default double rank() {
    return switch (this) {
      case Value(double value) -> value;
      case Missing missing -> Double.NEGATIVE_INFINITY;
    };
  }
}
