package topdraw.llama.file;

import java.io.Serial;
import topdraw.input.Message;

/// A model cannot be fetched, read or verified. The message is one line that names the file or the
/// place, what went wrong and the way out.
public final class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Message message;

  /// Makes the exception.
  ///
  /// @param message one line for a person
  public ModelException(Message message) {
    super(message.toString());
    this.message = message;
  }

  /// Makes the exception with its cause.
  ///
  /// @param message one line for a person
  /// @param cause what was caught
  public ModelException(Message message, Throwable cause) {
    super(message.toString(), cause);
    this.message = message;
  }

  /// Makes the exception.
  ///
  /// @param message one line for a person
  public ModelException(String message) {
    this(Message.of(message));
  }

  /// Makes the exception with its cause.
  ///
  /// @param message one line for a person
  /// @param cause what was caught
  public ModelException(String message, Throwable cause) {
    this(Message.of(message), cause);
  }

  /// What went wrong, for a front end that knows what it calls the settings.
  ///
  /// @return the message
  public Message message() {
    return message;
  }
}
