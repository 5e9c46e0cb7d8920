package topdraw.llama.engine;

import java.io.Serial;

/// The embedded engine cannot work on this machine, or not with this model: its library is missing
/// or another, memory is short, the model computes no numbers. The message is one line with the way
/// out, where there is one.
public final class EngineException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
