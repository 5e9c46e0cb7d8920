package topdraw.llama;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.llama.template.Template;
import topdraw.llama.template.TemplateException;

/// A model's own chat template, rendered as Hugging Face's `apply_chat_template` does: generation
/// prompt added, no tools and no documents.
///
/// A model's file is anybody's, and so is its template; what it can do is told in
/// [topdraw.llama.template].
final class ChatTemplate {
  private final Template template;
  private final String begin;
  private final String end;

  /// @param source the Jinja source
  /// @param begin text of the token that begins a document
  /// @param end text of the token that ends one
  /// @throws UnreadablePromptException if the template is not understood
  ChatTemplate(String source, String begin, String end) {
    try {
      template = Template.read(source);
    } catch (TemplateException e) {
      throw new UnreadablePromptException(
          "the model's chat template cannot be used (" + e.getMessage() + "); give the prompt raw",
          e);
    }
    this.begin = begin;
    this.end = end;
  }

  /// Whether what is rendered depends on the day.
  boolean asksTheDate() {
    return template.asksTheDate();
  }

  /// Renders a conversation, ready for the model's answer.
  ///
  /// @param day what the template is told when it asks for the date; it is midnight then
  /// @throws UnreadablePromptException if the template refuses the conversation, or cannot be
  ///   rendered
  String render(Prompt.Chat chat, LocalDate day) {
    List<Map<String, String>> messages =
        chat.messages().stream()
            .map(message -> Map.of("role", message.role(), "content", message.content()))
            .toList();
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("messages", messages);
    variables.put("tools", null);
    variables.put("documents", null);
    variables.put("add_generation_prompt", true);
    variables.put("bos_token", begin);
    variables.put("eos_token", end);
    try {
      return template.render(variables, day.atStartOfDay());
    } catch (TemplateException e) {
      throw new UnreadablePromptException(
          "the model's chat template cannot render this conversation ("
              + e.getMessage()
              + "); give the prompt raw",
          e);
    }
  }
}
