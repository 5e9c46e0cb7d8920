package topdraw.llama;

/// A prompt that a model cannot be asked: its chat template refuses it, or there is none.
final class UnreadablePromptException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnreadablePromptException(String reason) {
    super(reason);
  }

  UnreadablePromptException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
