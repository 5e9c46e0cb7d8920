package topdraw.llama;

import java.io.Serial;

/// A model cannot be brought, read or verified. The message is one line that names the file or the
/// place, what went wrong and the way out.
public final class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// Makes the exception.
  ///
  /// @param message one line for a person
  public ModelException(String message) {
    super(message);
  }

  /// Makes the exception with its cause.
  ///
  /// @param message one line for a person
  /// @param cause what was caught
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
