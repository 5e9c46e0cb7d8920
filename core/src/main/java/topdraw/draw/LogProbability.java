package topdraw.draw;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/// The log-probability of a completion under the policy that was sampled, in nats, and what is
/// known of it. Bounds on the KL divergence fall as it grows, so a number that is too small is safe
/// and one that is too large is not: only [Exact] and [AtMost] prove anything ([#proves]).
public sealed interface LogProbability {

  /// The log-probability itself: of the distribution sampled from, the end token's term and every
  /// other one in.
  ///
  /// @param nats the log-probability, at most 0
  record Exact(double nats) implements LogProbability {
    /// What it means, for a person.
    public static final String SENTENCE =
        "the log-probabilities are those of the distribution sampled from";

    /// Refuses what no completion can have.
    public Exact {
      requirePossible(nats);
    }
  }

  /// No more than the log-probability.
  ///
  /// @param nats a number at most the log-probability
  /// @param reason why it may be less
  record AtMost(double nats, Reason reason) implements LogProbability {
    /// What it means, for a person.
    public static final String SENTENCE =
        "the log-probabilities are at most those of the distribution sampled from";

    /// Refuses what no completion can have.
    public AtMost {
      requirePossible(nats);
    }

    /// What a margin means, for a person.
    ///
    /// @param perToken what was taken away for each token, in nats
    /// @return a sentence
    public static String sentence(double perToken) {
      return SENTENCE
          + ", with a margin of "
          + new BigDecimal(Double.toString(perToken)).stripTrailingZeros().toPlainString()
          + " nats a token taken off";
    }

    /// Why a number may be less than the log-probability.
    public sealed interface Reason {
      /// Taken at the temperature of the draws before unlikely tokens were cut off: the policy's
      /// own are as large or larger.
      record Truncation() implements Reason {}

      /// The recording says so and gives no reason.
      record Recorded() implements Reason {}

      /// What computed it is known to be off, and so much was taken away that it is no longer too
      /// large.
      ///
      /// @param perToken what was taken away for each token, in nats, above 0
      record Margin(double perToken) implements Reason {
        /// Refuses a margin that is none.
        public Margin {
          if (!(perToken > 0 && perToken < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                "a margin is finite and above 0 nats a token, was " + perToken);
          }
        }
      }
    }
  }

  /// A number of which nothing follows, kept as it was recorded.
  ///
  /// @param nats the number, whatever it is
  /// @param doubt what speaks against it
  record Unproven(double nats, Doubt doubt) implements LogProbability {}

  /// No number.
  record Missing() implements LogProbability {
    private static final Missing INSTANCE = new Missing();

    static final String SENTENCE = "no log-probability is recorded";
  }

  /// Why nothing follows from a number.
  enum Doubt {
    /// Nothing says of which distribution it is.
    UNKNOWN_DISTRIBUTION(
        "nothing says that the log-probabilities are those of the distribution sampled from; if they"
            + " are, end token included, say log-p policy"),
    /// Taken at another temperature or before penalties: either side of the truth.
    OTHER_DISTRIBUTION(
        "the log-probabilities are not of the distribution sampled from; record those"),
    /// The end token's term is missing, so it is above the truth.
    NO_END_TOKEN(
        "the end token's log-probability is missing, so the sums are too large to prove anything"),
    /// Terms are missing, so it is above the truth.
    INCOMPLETE(
        "terms of the log-probabilities are missing, so the sums are too large to prove anything"),
    /// Said to be a log-probability, and it can be none: above 0, not a number, infinite, or a
    /// server's sign for "no number".
    IMPOSSIBLE("the log-probabilities are none: above 0, not a number, or a sign for \"unknown\"");

    private final String sentence;

    Doubt(String sentence) {
      this.sentence = sentence;
    }

    /// The doubt in words.
    ///
    /// @return a sentence, with the way out where there is one
    public String sentence() {
      return sentence;
    }
  }

  /// A number that is said to be the log-probability itself.
  ///
  /// @param nats the number
  /// @return [Exact], or [Unproven] where it cannot be one
  static LogProbability exact(double nats) {
    return possible(nats) ? new Exact(nats) : new Unproven(nats, Doubt.IMPOSSIBLE);
  }

  /// A number that is said to be no more than the log-probability.
  ///
  /// @param nats the number
  /// @param reason why it may be less
  /// @return [AtMost], or [Unproven] where it cannot be one
  static LogProbability atMost(double nats, AtMost.Reason reason) {
    return possible(nats) ? new AtMost(nats, reason) : new Unproven(nats, Doubt.IMPOSSIBLE);
  }

  /// No number.
  ///
  /// @return [Missing]
  static LogProbability missing() {
    return Missing.INSTANCE;
  }

  /// Whether bounds on the KL divergence may rest on it.
  ///
  /// @return true where it is a number at most the log-probability
  default boolean proves() {
    return this instanceof Exact || this instanceof AtMost;
  }

  /// The number, whatever it is and whatever it proves.
  ///
  /// @return in nats; empty where there is none
  default OptionalDouble recorded() {
    return switch (this) {
      case Exact(double nats) -> OptionalDouble.of(nats);
      case AtMost(double nats, var reason) -> OptionalDouble.of(nats);
      case Unproven(double nats, var doubt) -> OptionalDouble.of(nats);
      case Missing() -> OptionalDouble.empty();
    };
  }

  /// The number, where a drawn completion can have it; it need not prove anything.
  ///
  /// @return in nats, at most 0; empty where there is none or an impossible one
  default OptionalDouble usable() {
    return switch (this) {
      case Exact(double nats) -> OptionalDouble.of(nats);
      case AtMost(double nats, var reason) -> OptionalDouble.of(nats);
      case Unproven(double nats, var doubt) ->
          possible(nats) ? OptionalDouble.of(nats) : OptionalDouble.empty();
      case Missing() -> OptionalDouble.empty();
    };
  }

  /// The largest number that the log-probability is known to be at least: what a bound on the KL
  /// divergence may be computed from, whatever else is known.
  ///
  /// @return in nats; `-∞` where nothing is proven
  default double floor() {
    return switch (this) {
      case Exact(double nats) -> nats;
      case AtMost(double nats, var reason) -> nats;
      case Unproven unproven -> Double.NEGATIVE_INFINITY;
      case Missing missing -> Double.NEGATIVE_INFINITY;
    };
  }

  /// What it means, for a person.
  ///
  /// @return a sentence, with the way out where there is one
  default String sentence() {
    return switch (this) {
      case Exact exact -> Exact.SENTENCE;
      case AtMost(double nats, AtMost.Reason.Margin(double perToken)) -> AtMost.sentence(perToken);
      case AtMost atMost -> AtMost.SENTENCE;
      case Unproven(double nats, Doubt doubt) -> doubt.sentence();
      case Missing missing -> Missing.SENTENCE;
    };
  }

  /// Whether a number can be the log-probability of a drawn completion. Servers write -9999 and
  /// numbers near -3.4e38 for "no number".
  ///
  /// @param nats the number
  /// @return false for NaN, above 0, infinite, and the sentinels
  static boolean possible(double nats) {
    return nats <= 0 && nats > -1e30 && nats != -9999;
  }

  private static void requirePossible(double nats) {
    if (!possible(nats)) {
      throw new IllegalArgumentException(
          "the log-probability of a drawn completion is finite and at most 0 nats, was " + nats);
    }
  }
}
