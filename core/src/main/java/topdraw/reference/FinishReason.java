package topdraw.reference;

import java.util.Locale;

/// Why a completion ended.
public enum FinishReason {
  /// The policy drew its end token: the completion is whole.
  STOP,
  /// The limit on tokens cut it: an outcome of its own, the event that an answer begins so.
  LENGTH;

  /// The word used on the wire and in files.
  ///
  /// @return the lower-case name
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The reason that a word in a file names.
  ///
  /// @param word what [#word] gives
  /// @return the reason
  /// @throws IllegalArgumentException if there is none of that name
  public static FinishReason of(String word) {
    for (FinishReason reason : values()) {
      if (reason.word().equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("a completion ends by stop or length, was \"" + word + "\"");
  }
}
