package topdraw.input;

import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that a user gave is wrong, and the user can mend it: what, where and how stands in its
/// [Message]. Everything else that is thrown is the program's own fault, or the world's.
public final class InputException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final Problem problem;
  private final Message message;

  /// Says what is wrong.
  ///
  /// @param problem of what kind it is
  /// @param parts one line: what was wrong, where, and the way out, as in [Message#of]
  public InputException(Problem problem, Object... parts) {
    this(problem, Message.of(parts));
  }

  private InputException(Problem problem, Message message) {
    super(message.toString());
    this.problem = problem;
    this.message = message;
  }

  /// This exception with what brought it about.
  ///
  /// @param cause what was caught, where something was
  /// @return this exception
  public InputException by(@Nullable Throwable cause) {
    initCause(cause);
    return this;
  }

  /// Names the place of what is wrong, one level up, where it is known.
  ///
  /// @param where the place, as `file:7`
  /// @param refused what was said there
  /// @return an exception that names the place first
  public static InputException at(Object where, IllegalArgumentException refused) {
    return refused instanceof InputException known
        ? new InputException(known.problem, where, ": ", known.message).by(known)
        : new InputException(Problem.MALFORMED, where, ": ", String.valueOf(refused.getMessage()))
            .by(refused);
  }

  /// What kind of thing is wrong.
  ///
  /// @return the kind
  public Problem problem() {
    return problem;
  }

  /// What is wrong, for a front end that knows what it calls the parameters.
  ///
  /// @return the message
  public Message message() {
    return message;
  }

  /// Makes a value of numbers and words as a user gave them: if they are refused, the user is told.
  ///
  /// @param <T> what is made
  /// @param made makes it, and throws [IllegalArgumentException] for what is wrong with the input
  /// @return what was made
  /// @throws InputException if it was refused
  public static <T> T given(Supplier<T> made) {
    try {
      return made.get();
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException(Problem.OUT_OF_RANGE, String.valueOf(e.getMessage())).by(e);
    }
  }
}
