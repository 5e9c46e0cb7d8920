package topdraw.llama;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.LlamaModel;

/// Cuts prompts into a model's tokens: a text as it stands, a conversation through the model's own
/// chat template.
final class PromptTokens {
  private final LlamaModel model;
  private final int contextTokens;
  private final LocalDate day;
  private @Nullable ChatTemplate template;

  /// @param contextTokens the most tokens of prompt and completion together
  /// @param day what a template that asks for the date is told
  PromptTokens(LlamaModel model, int contextTokens, LocalDate day) {
    this.model = model;
    this.day = day;
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
  Cut cut(Prompt prompt, int completion) {
    byte[] text;
    try {
      text = text(prompt).getBytes(StandardCharsets.UTF_8);
    } catch (UnreadablePromptException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
    int fewest = model.fewestTokens(text.length);
    if (fewest > contextTokens) return tooLong("at least " + fewest, completion);
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
      case Prompt.Chat chat -> template().render(chat);
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
  Optional<LocalDate> day() {
    try {
      return template().asksTheDate() ? Optional.of(day) : Optional.empty();
    } catch (IllegalArgumentException e) { // no template that could ask
      return Optional.empty();
    }
  }

  private static UnreadablePromptException noTemplate() {
    return new UnreadablePromptException(
        "the model carries no chat template, so it cannot take a conversation; give the prompt raw");
  }

  private ChatTemplate template() {
    if (template == null) {
      String source = model.chatTemplate().orElseThrow(PromptTokens::noTemplate);
      template = new ChatTemplate(source, model.begin(), model.end(), day);
    }
    return template;
  }
}
