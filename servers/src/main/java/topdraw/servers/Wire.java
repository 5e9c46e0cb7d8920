package topdraw.servers;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.reference.Sampling;
import topdraw.servers.probe.Completion;

/// The words in which a server is asked for a completion, and in which it answers.
sealed interface Wire permits OpenAiWire, OllamaWire {

  /// Where a prompt is asked.
  String route(Prompt prompt);

  /// Every setting that is sent, whatever its value, so that no default of the server's own counts.
  ///
  /// @param prompt what is asked
  /// @param sampling how tokens are drawn
  List<Field> fields(Prompt prompt, Sampling sampling);

  /// The body of a request.
  ///
  /// @param model the model's name there
  /// @param prompt what is asked
  /// @param seed the completion's seed
  /// @param fields the settings that the server takes
  ObjectNode question(String model, Prompt prompt, int seed, List<Field> fields);

  /// Reads an answer.
  ///
  /// @param answer the answer
  /// @return the completion; its finish reason is empty where the answer broke off
  /// @throws UnreadableAnswer if there is none in it
  Completion read(JsonNode answer);

  /// An answer without a completion.
  final class UnreadableAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableAnswer(String what) {
      super(what);
    }
  }

  /// The messages of a conversation, as every chat route takes them.
  static void messages(Prompt.Chat chat, ObjectNode question) {
    var messages = question.putArray("messages");
    for (Prompt.Message message : chat.messages()) {
      ObjectNode told = messages.addObject().put("role", message.role());
      told.put("content", message.content());
      message
          .more()
          .ifPresent(
              more ->
                  topdraw.json.Json.read(more)
                      .properties()
                      .forEach(entry -> told.set(entry.getKey(), entry.getValue())));
    }
  }
}
