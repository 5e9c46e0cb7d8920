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
}
