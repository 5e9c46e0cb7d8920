package topdraw.reference;

import java.io.Serial;

/// As many requests are being answered as may: this one was not begun, and may be asked again
/// later.
public final class BusyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// One request too many.
  ///
  /// @param reason how many there are, in one line
  public BusyException(String reason) {
    super(reason);
  }
}
