package topdraw.reference;

/// A draw that failed where every one is needed: neither the prompt nor the program is at fault.
public final class DrawFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A failed draw.
  ///
  /// @param reason why it failed, in one line
  public DrawFailedException(String reason) {
    super(reason);
  }
}
