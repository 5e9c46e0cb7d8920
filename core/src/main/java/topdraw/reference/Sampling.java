package topdraw.reference;

import java.io.Serializable;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// How tokens are drawn. The settings apply in this order: temperature, top-k, top-p, min-p; the
/// log-probability of a token is the one left after all of them.
///
/// @param temperature divides the logits; above 0. 1 leaves the model as it is
/// @param topK keeps the k most likely tokens; 0 keeps all
/// @param topP keeps the fewest most likely tokens whose probabilities reach this; in (0, 1], 1
///   keeps all
/// @param minP drops tokens less likely than this share of the most likely one; in [0, 1), 0 drops
///   none
/// @param maxTokens the most tokens of one completion, at least 1
public record Sampling(double temperature, int topK, double topP, double minP, int maxTokens)
    implements Serializable {

  /// Checks every setting.
  public Sampling {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "temperature must be a finite number above 0, was "
              + temperature
              + "; at 0 nothing is drawn at random, so best-of-n has nothing to choose from");
    }
    if (topK < 0) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "top-k must be at least 0 (0 keeps all), was " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new InputException(Problem.OUT_OF_RANGE, "top-p must be in (0, 1], was " + topP);
    }
    if (!(minP >= 0 && minP < 1)) {
      throw new InputException(Problem.OUT_OF_RANGE, "min-p must be in [0, 1), was " + minP);
    }
    if (maxTokens < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "max-tokens must be at least 1, was " + maxTokens);
    }
  }

  /// The model as it is: temperature 1, nothing truncated.
  ///
  /// @param maxTokens the most tokens of one completion
  /// @return the settings
  public static Sampling plain(int maxTokens) {
    return new Sampling(1, 0, 1, 0, maxTokens);
  }

  /// Whether some tokens may be cut off before drawing.
  ///
  /// @return false when only the temperature acts
  public boolean truncates() {
    return topK > 0 || topP < 1 || minP > 0;
  }

  /// The settings in words, such as `temperature 1.0, nothing truncated, at most 64 tokens`.
  ///
  /// @return one line
  public String words() {
    String cut =
        truncates()
            ? "top-k %d, top-p %s, min-p %s".formatted(topK, topP, minP)
            : "nothing truncated";
    return "temperature %s, %s, at most %d tokens".formatted(temperature, cut, maxTokens);
  }
}
