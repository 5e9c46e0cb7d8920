package topdraw.llama;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.List;
import java.util.Map;
import topdraw.draw.Prompt;

/// A model's own chat template: Jinja, rendered as Hugging Face's `apply_chat_template` does
/// (blocks trimmed, generation prompt added).
final class ChatTemplate {
  private static final int LONGEST = 16 << 20;

  private static final Jinjava JINJA = jinja();

  private final String source;
  private final String begin;
  private final String end;

  /// @param source the Jinja source
  /// @param begin text of the token that begins a document
  /// @param end text of the token that ends one
  ChatTemplate(String source, String begin, String end) {
    this.source = source;
    this.begin = begin;
    this.end = end;
  }

  /// Renders a conversation, ready for the model's answer.
  ///
  /// @throws UnreadablePromptException if the template refuses the conversation, or cannot be
  ///   rendered
  String render(Prompt.Chat chat) {
    List<Map<String, String>> messages =
        chat.messages().stream()
            .map(message -> Map.of("role", message.role(), "content", message.content()))
            .toList();
    RenderResult result =
        JINJA.renderForResult(
            source,
            Map.of(
                "messages",
                messages,
                "add_generation_prompt",
                true,
                "bos_token",
                begin,
                "eos_token",
                end));
    if (result.hasErrors()) {
      throw new UnreadablePromptException(
          "the model's chat template cannot render this conversation ("
              + reason(result.getErrors().getFirst())
              + "); give the prompt raw");
    }
    return result.getOutput();
  }

  /// Jinjava wraps what [#refuse] says; the innermost message is the template's own.
  private static String reason(TemplateError error) {
    Throwable cause = error.getException();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null || cause.getMessage() == null ? error.getMessage() : cause.getMessage();
  }

  private static Jinjava jinja() {
    var jinja =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withMaxOutputSize(LONGEST)
                // What a person wrote is text, even where it looks like Jinja.
                .withNestedInterpretationEnabled(false)
                .build());
    jinja
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", ChatTemplate.class, "refuse", String.class));
    return jinja;
  }

  /// What a template calls to refuse a conversation, such as one whose roles do not alternate.
  ///
  /// @param reason the template's own words
  /// @return never
  @SuppressWarnings("DoNotCallSuggester") // the template calls it, by name
  public static String refuse(String reason) {
    throw new IllegalArgumentException(reason);
  }
}
