package topdraw.plan;

import java.util.Locale;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The methods that a plan chooses among.
public enum Method {
  /// Draw n, return the best.
  BEST_OF_N,
  /// Best-of-n that stops at the first draw to reach a threshold.
  EARLY_STOP,
  /// Draw until a threshold is reached.
  REWIND_AND_REPEAT,
  /// Best of `1 + Poisson(μ)`.
  BEST_OF_POISSON;

  /// The word of the command line.
  ///
  /// @return `best-of-n`, `early-stop`, `rewind-and-repeat` or `best-of-poisson`
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The method of a word.
  ///
  /// @param word a word of [#word]
  /// @return the method
  /// @throws InputException if there is no such method
  public static Method of(String word) {
    for (Method method : values()) {
      if (method.word().equals(word)) {
        return method;
      }
    }
    throw new InputException(
        Problem.UNKNOWN,
        "no method '"
            + word
            + "'; there is best-of-n, early-stop, rewind-and-repeat and best-of-poisson");
  }
}
