package topdraw.llama;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.reference.Prompt;

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

  /// The prompt's tokens.
  ///
  /// @param completion how many tokens may follow them
  /// @throws IllegalArgumentException if they and the completion do not fit the context
  int[] of(Prompt prompt, int completion) {
    byte[] text =
        switch (prompt) {
          case Prompt.Text(String raw) -> raw.getBytes(StandardCharsets.UTF_8);
          case Prompt.Chat chat -> template().render(chat).getBytes(StandardCharsets.UTF_8);
        };
    int fewest = model.fewestTokens(text.length);
    if (fewest > contextTokens) throw tooLong("at least " + fewest, completion);
    int[] tokens = model.tokenize(text, prompt instanceof Prompt.Text);
    if (tokens.length == 0) {
      throw new IllegalArgumentException("the prompt has no tokens; give at least one character");
    }
    if (tokens.length > contextTokens - completion) throw tooLong("" + tokens.length, completion);
    return tokens;
  }

  private IllegalArgumentException tooLong(String tokens, int completion) {
    return new IllegalArgumentException(
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

  private ChatTemplate template() {
    if (template == null) {
      template = new ChatTemplate(model.chatTemplate(), model.begin(), model.end(), day);
    }
    return template;
  }
}
