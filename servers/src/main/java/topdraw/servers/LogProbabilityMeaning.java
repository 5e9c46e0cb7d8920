package topdraw.servers;

import java.math.BigDecimal;

/// What the log-probabilities of one server and model are.
///
/// @param distribution of which distribution
/// @param endToken whether the end token's term is among them
/// @param margin by how much one may be too large, in nats; 0 where they are right to rounding
/// @param evidence how that is known, for a person
public record LogProbabilityMeaning(
    Distribution distribution, EndToken endToken, double margin, String evidence) {
  private static final int SMALL_VOCABULARY = 50_000;
  private static final double SMALL_MARGIN = 5e-4;
  private static final double LARGE_MARGIN = 1e-3;

  /// Of which distribution log-probabilities are.
  public enum Distribution {
    /// The model's own, at temperature 1 and before anything is cut off.
    RAW("raw"),
    /// At the temperature of the draws, before anything is cut off.
    TEMPERATURE("at the temperature of the draws"),
    /// The one sampled from.
    POLICY("of the distribution sampled from"),
    /// A setting of the server decides; asking it tells.
    ASK("not asked yet"),
    /// Nobody knows.
    UNKNOWN("of unknown meaning");

    private final String words;

    Distribution(String words) {
      this.words = words;
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
  }

  /// What llama.cpp's server may be too large by, for each token. Measured over whole vocabularies:
  /// its probabilities sum to up to 1 + 2.3e-4 for 49,152 tokens and 1 + 6.9e-4 for 151,936.
  ///
  /// @param vocabulary how many tokens the model has; 0 where that is not known
  /// @return nats a token
  static double margin(int vocabulary) {
    return vocabulary > 0 && vocabulary <= SMALL_VOCABULARY ? SMALL_MARGIN : LARGE_MARGIN;
  }

  /// The meaning in one line, as it is recorded.
  ///
  /// @return such as `raw, end token in, 0.0005 nats a token taken off`
  public String words() {
    String taken =
        margin > 0
            ? ", "
                + BigDecimal.valueOf(margin).stripTrailingZeros().toPlainString()
                + " nats a token taken off"
            : "";
    return distribution.words + ", " + endToken.words + taken;
  }
}
