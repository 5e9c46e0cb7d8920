package topdraw.servers.probe;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the log-probabilities of one server and model are: all that decides what a draw's is worth
/// ([Worth]).
///
/// @param distribution of which distribution they are
/// @param endToken whether the end token's term is among them
/// @param terms whether every other token's is
/// @param ids whether tokens are known by their ids
/// @param drawnAhead whether tokens that a small model drew ahead have 0 in place of their own
/// @param margin by how much one may be too large, in nats; 0 where they are right to rounding
public record LogProbabilitySemantics(
    Distribution distribution,
    EndToken endToken,
    Terms terms,
    boolean ids,
    boolean drawnAhead,
    double margin) {
  private static final String SEPARATOR = ", ";
  private static final String IDS = "with ids";
  private static final String NO_IDS = "without ids";
  private static final String DRAWN_AHEAD = "zeros for tokens drawn ahead";
  private static final String TAKEN_OFF = " nats a token taken off";

  /// A server that nobody has asked: nothing is proven by its numbers.
  public static final LogProbabilitySemantics UNKNOWN =
      new LogProbabilitySemantics(
          Distribution.UNKNOWN, EndToken.UNKNOWN, Terms.UNKNOWN, false, false, 0);

  /// Checks the margin.
  public LogProbabilitySemantics {
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a margin is finite and at least 0 nats a token, was " + margin);
    }
  }

  /// Of which distribution log-probabilities are.
  public enum Distribution {
    /// The model's own, at temperature 1 and before anything is cut off.
    RAW("raw"),
    /// At the temperature of the draws, before anything is cut off.
    TEMPERATURE("at the draws' temperature"),
    /// The one sampled from.
    POLICY("of the distribution sampled from"),
    /// Nobody knows.
    UNKNOWN("of unknown meaning");

    private final String words;

    Distribution(String words) {
      this.words = words;
    }

    /// For a person, and in a recording.
    ///
    /// @return such as `raw`
    public String words() {
      return words;
    }
  }

  /// Whether the end token has a term.
  public enum EndToken {
    /// It has.
    INCLUDED("end token in"),
    /// It has none.
    EXCLUDED("end token missing"),
    /// Nobody knows.
    UNKNOWN("end token unknown");

    private final String words;

    EndToken(String words) {
      this.words = words;
    }

    /// For a person, and in a recording.
    ///
    /// @return such as `end token in`
    public String words() {
      return words;
    }
  }

  /// Whether every token but the end has a term.
  public enum Terms {
    /// Every one has.
    ALL("every other token in"),
    /// Tokens that end inside a character have none; a completion without such a character is
    /// whole.
    WHOLE_CHARACTERS("tokens inside a character missing"),
    /// Some have none, without a rule that tells which.
    SOME("tokens missing"),
    /// There are no log-probabilities at all.
    NONE("no log-probabilities"),
    /// Nobody knows: the server does not say how many tokens it drew.
    UNKNOWN("number of tokens unknown");

    private final String words;

    Terms(String words) {
      this.words = words;
    }

    /// For a person, and in a recording.
    ///
    /// @return such as `every other token in`
    public String words() {
      return words;
    }
  }

  /// The same with another margin.
  ///
  /// @param other nats a token, at least 0
  /// @return what is left is the same
  public LogProbabilitySemantics withMargin(double other) {
    return new LogProbabilitySemantics(distribution, endToken, terms, ids, drawnAhead, other);
  }

  /// All of it in one line, as a run records it.
  ///
  /// @return such as `raw, end token in, every other token in, with ids, 0.0005 nats a token taken
  ///   off`
  public String words() {
    return distribution.words()
        + SEPARATOR
        + endToken.words()
        + SEPARATOR
        + terms.words()
        + SEPARATOR
        + (ids ? IDS : NO_IDS)
        + (drawnAhead ? SEPARATOR + DRAWN_AHEAD : "")
        + (margin > 0 ? SEPARATOR + plain(margin) + TAKEN_OFF : "");
  }

  /// Reads what [#words] wrote.
  ///
  /// @param words the line
  /// @return what it says; empty where it is no such line
  public static Optional<LogProbabilitySemantics> read(String words) {
    List<String> parts = List.of(words.split(SEPARATOR, -1));
    LogProbabilitySemantics read =
        new LogProbabilitySemantics(
            first(Distribution.values(), Distribution::words, parts, Distribution.UNKNOWN),
            first(EndToken.values(), EndToken::words, parts, EndToken.UNKNOWN),
            first(Terms.values(), Terms::words, parts, Terms.UNKNOWN),
            parts.contains(IDS),
            parts.contains(DRAWN_AHEAD),
            margin(parts));
    return read.words().equals(words) ? Optional.of(read) : Optional.empty();
  }

  private static <T> T first(
      T[] values, Function<T, String> words, List<String> parts, T otherwise) {
    return Arrays.stream(values)
        .filter(value -> parts.contains(words.apply(value)))
        .findFirst()
        .orElse(otherwise);
  }

  private static double margin(List<String> parts) {
    String last = parts.getLast();
    if (!last.endsWith(TAKEN_OFF)) return 0;
    try {
      double margin = Double.parseDouble(last.substring(0, last.length() - TAKEN_OFF.length()));
      return margin > 0 && margin < Double.POSITIVE_INFINITY ? margin : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// A number of nats without an exponent.
  static String plain(double nats) {
    return new BigDecimal(Double.toString(nats)).stripTrailingZeros().toPlainString();
  }
}
