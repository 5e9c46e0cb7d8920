package topdraw.gateway.question;

import java.util.Arrays;
import java.util.Optional;

/// How an answer is chosen, by the word that a request says.
public enum Method {
  /// The best of n.
  BEST_OF_N("best-of-n"),
  /// The first that reaches a threshold, else the best of n.
  EARLY_STOP("early-stop"),
  /// The first that reaches a threshold, of as many as it takes; here at most `max_draws`.
  REWIND("rewind"),
  /// A random one of n, better ones more often.
  SOFT("soft"),
  /// The best of a random number.
  POISSON("poisson"),
  /// The best of n continuations, block after block.
  BLOCKWISE("blockwise"),
  /// The answer that most of n give.
  MAJORITY("majority"),
  /// The one that is drawn.
  PASSTHROUGH("passthrough");

  private final String word;

  Method(String word) {
    this.word = word;
  }

  /// The word on the wire.
  ///
  /// @return such as `best-of-n`
  public String word() {
    return word;
  }

  /// The method of a word.
  ///
  /// @param word what was said
  /// @return the method; empty where none is called that
  public static Optional<Method> of(String word) {
    return Arrays.stream(values()).filter(method -> method.word.equals(word)).findFirst();
  }
}
