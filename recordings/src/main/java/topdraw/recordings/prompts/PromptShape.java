package topdraw.recordings.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.json.Json;

/// How a line of a prompt file says what to ask.
///
/// As JSON it is one object: `{"id"?, "prompt" | "messages"}`, a request of OpenAI's batch files
/// (`custom_id`, `body`), an Alpaca record (`instruction`, `input`, `system`, `history`) or a
/// ShareGPT record (`conversations`). Answers at the end of a conversation are passed over: the
/// prompt is what comes before them.
@FunctionalInterface
interface PromptShape {

  /// A prompt and the name its line gives it.
  record Asked(Optional<String> label, Prompt prompt) {}

  /// Reads one line that is not blank.
  ///
  /// @throws InputException saying what is wrong with it
  Asked read(String line);

  static PromptShape text(boolean raw) {
    return line -> new Asked(Optional.empty(), prompt(line, raw));
  }

  static PromptShape json(boolean raw) {
    return line -> {
      JsonNode object = Json.read(line);
      if (!object.isObject()) {
        throw new InputException(
            Problem.MALFORMED,
            "a line is a JSON object here, as the first line is; was " + line.strip());
      }
      return new Asked(label(object), prompt(object, raw));
    };
  }

  private static Optional<String> label(JsonNode object) {
    JsonNode id = object.has("custom_id") ? object.get("custom_id") : object.path("id");
    return id.isValueNode() && !id.isNull() ? Optional.of(id.asString()) : Optional.empty();
  }

  private static Prompt prompt(JsonNode object, boolean raw) {
    if (object.has("body")) {
      return prompt(object.get("body"), raw);
    }
    if (object.path("prompt").isString()) {
      return prompt(object.get("prompt").stringValue(), raw);
    }
    List<Message> messages =
        object.has("prompt")
            ? messages(object.get("prompt"), "prompt", "role", "content")
            : object.has("messages")
                ? messages(object.get("messages"), "messages", "role", "content")
                : object.has("conversations")
                    ? messages(object.get("conversations"), "conversations", "from", "value")
                    : object.has("instruction") ? alpaca(object) : List.of();
    if (messages.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "no prompt; a line is {\"prompt\": \"…\"} or {\"messages\": [{\"role\": \"user\","
              + " \"content\": \"…\"}]}");
    }
    if (raw) {
      throw new InputException(
          Problem.CONFLICT,
          "messages need the chat template; leave ",
          Parameter.RAW,
          " out, or give \"prompt\" as text");
    }
    return new Prompt.Chat(messages);
  }

  private static Prompt prompt(String text, boolean raw) {
    if (text.isBlank()) {
      throw new InputException(Problem.MISSING, "the prompt is empty");
    }
    return raw ? new Prompt.Text(text) : Prompt.user(text);
  }

  private static List<Message> messages(JsonNode array, String name, String role, String content) {
    if (!array.isArray()) {
      throw new InputException(Problem.MALFORMED, "\"" + name + "\" is a list of messages");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : array) {
      messages.add(
          new Message(Turns.role(required(message, role, name)), required(message, content, name)));
    }
    while (!messages.isEmpty() && messages.getLast().role().equals("assistant")) {
      messages.removeLast();
    }
    return messages;
  }

  private static String required(JsonNode message, String field, String name) {
    if (!message.path(field).isString()) {
      throw new InputException(
          Problem.MALFORMED, "a message in \"" + name + "\" has no text \"" + field + "\"");
    }
    return message.get(field).stringValue();
  }

  private static List<Message> alpaca(JsonNode object) {
    List<Message> messages = new ArrayList<>();
    String system = object.path("system").asString("");
    if (!system.isEmpty()) {
      messages.add(new Message("system", system));
    }
    for (JsonNode turn : object.path("history")) {
      messages.add(new Message("user", turn.path(0).asString("")));
      messages.add(new Message("assistant", turn.path(1).asString("")));
    }
    String input = object.path("input").asString("");
    String instruction = required(object, "instruction", "line");
    messages.add(new Message("user", input.isEmpty() ? instruction : instruction + "\n" + input));
    return messages;
  }
}
