package topdraw.llama;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.LlamaModel;
import topdraw.reference.DrawFailedException;

/// Cuts prompts into a model's tokens, a text as it stands, a conversation through the model's own
/// chat template, and says what tokens are in a text. Safe for several threads.
final class PromptTokens implements AutoCloseable {
  private static final String CLOSED = "the model has been closed";

  private final LlamaModel model;
  private final int contextTokens;
  private final Supplier<LocalDate> today;
  private @Nullable ChatTemplate template;
  private boolean closed;

  /// @param contextTokens the most tokens of prompt and completion together
  /// @param today what a template that asks for the date is told
  PromptTokens(LlamaModel model, int contextTokens, Supplier<LocalDate> today) {
    this.model = model;
    this.today = today;
    this.contextTokens = Math.min(contextTokens, model.trainedContext());
  }

  /// A prompt in tokens, or why it cannot be read.
  sealed interface Cut {}

  /// The prompt's tokens.
  record Fits(int[] tokens) implements Cut {}

  /// Why the model cannot be asked that, in one line.
  record Unreadable(String reason) implements Cut {}

  /// The prompt's tokens.
  ///
  /// @param completion how many tokens may follow them
  /// @throws InputException if it cannot be read, or they and the completion do not fit the context
  int[] of(Prompt prompt, int completion) {
    return switch (cut(prompt, completion)) {
      case Fits(int[] tokens) -> tokens;
      case Unreadable(String reason) -> throw new InputException(Problem.UNSUPPORTED, reason);
    };
  }

  /// The prompt's tokens, or why they and the completion do not fit the context.
  ///
  /// @param completion how many tokens may follow them
  synchronized Cut cut(Prompt prompt, int completion) {
    if (closed) throw new DrawFailedException(CLOSED);
    byte[] text;
    try {
      text = text(prompt).getBytes(StandardCharsets.UTF_8);
    } catch (UnreadablePromptException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
    if (text.length > contextTokens) { // else not: a token is at least a byte long
      int fewest = model.fewestTokens(text.length);
      if (fewest > contextTokens) return tooLong("at least " + fewest, completion);
    }
    int[] tokens = model.tokenize(text, prompt instanceof Prompt.Text);
    if (tokens.length == 0) {
      return new Unreadable("the prompt has no tokens; give at least one character");
    }
    return tokens.length > contextTokens - completion
        ? tooLong("" + tokens.length, completion)
        : new Fits(tokens);
  }

  private String text(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text(String raw) -> raw;
      case Prompt.Chat chat -> template().render(chat, today.get());
    };
  }

  private Unreadable tooLong(String tokens, int completion) {
    return new Unreadable(
        completion == 0
            ? "the prompt has %s tokens, but the context holds %d; shorten the prompt"
                .formatted(tokens, contextTokens)
            : "the prompt has %s tokens and a completion may have %d, but the context holds %d; shorten the prompt or lower max-tokens"
                .formatted(tokens, completion, contextTokens));
  }

  /// The day that conversations depend on, where the model's template asks for it.
  synchronized Optional<LocalDate> day() {
    if (closed) throw new DrawFailedException(CLOSED);
    try {
      return template().asksTheDate() ? Optional.of(today.get()) : Optional.empty();
    } catch (IllegalArgumentException e) { // no template that could ask
      return Optional.empty();
    }
  }

  /// The token that an answer begins with, the answer cut as it stands.
  ///
  /// @throws IllegalArgumentException if it is empty
  synchronized int firstToken(String answer) {
    if (closed) throw new DrawFailedException(CLOSED);
    int[] tokens = model.tokenize(answer.getBytes(StandardCharsets.UTF_8), false);
    if (tokens.length == 0) {
      throw new IllegalArgumentException("an answer is empty; give two, as Yes and No");
    }
    return tokens[0];
  }

  /// What a token adds to a text.
  synchronized byte[] bytes(int token) {
    if (closed) throw new DrawFailedException(CLOSED);
    return model.bytes(token);
  }

  private static UnreadablePromptException noTemplate() {
    return new UnreadablePromptException(
        "the model carries no chat template, so it cannot take a conversation; give the prompt"
            + " raw");
  }

  private ChatTemplate template() {
    if (template == null) {
      String source = model.chatTemplate().orElseThrow(PromptTokens::noTemplate);
      template = new ChatTemplate(source, model.begin(), model.end());
    }
    return template;
  }

  /// Cuts nothing more, so that the model can be closed.
  @Override
  public synchronized void close() {
    closed = true;
  }
}
