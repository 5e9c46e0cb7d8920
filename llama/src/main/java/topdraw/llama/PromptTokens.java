package topdraw.llama;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import topdraw.reference.Prompt;

/// Cuts prompts into a model's tokens: a text as it stands, a conversation through the model's own
/// chat template.
final class PromptTokens {
  private final LlamaModel model;
  private final int contextTokens;
  private @Nullable ChatTemplate template;

  /// @param contextTokens the most tokens of prompt and completion together
  PromptTokens(LlamaModel model, int contextTokens) {
    this.model = model;
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

  private ChatTemplate template() {
    if (template == null) {
      template = new ChatTemplate(model.chatTemplate(), model.begin(), model.end());
    }
    return template;
  }
}
