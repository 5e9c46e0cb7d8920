package topdraw.recordings.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt.Message;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Messages as files write them: `{role, content}`, ShareGPT's `{from, value}`, OpenCompass's
/// `{role, prompt}`, Gemini's `{role, parts}`, or the items of OpenAI's Responses. What is no text,
/// pictures and calls of tools, is kept beside it.
public final class Turns {
  private static final Set<String> SPEAKERS = Set.of("assistant", "tool");

  private static final Map<String, String> OPEN_COMPASS =
      Map.of("HUMAN", "user", "BOT", "assistant", "SYSTEM", "system");

  /// What a message may hold beside role and content that was said or asked.
  private static final List<String> BESIDE =
      List.of("tool_calls", "function_call", "name", "images", "audio", "refusal");

  /// Parts of a content that are thoughts about it.
  private static final Set<String> THOUGHTS = Set.of("reasoning", "thinking", "redacted_thinking");

  /// Names that a server makes up for each call; they say nothing.
  private static final Set<String> MADE_UP = Set.of("id", "call_id", "tool_call_id", "index");

  private Turns() {}

  /// A completion: what was said, and what makes two of them the same.
  ///
  /// @param text the text; messages as JSON where a tool was called
  /// @param same the same for completions that differ in nothing but made-up names of calls
  public record Answer(String text, String same) {}

  /// The messages of a list, or of one alone; empty where the value is neither.
  ///
  /// @param value what stands there
  /// @return the messages in order
  /// @throws InputException if a speaker or a content is of no known kind
  public static List<Message> of(@Nullable JsonNode value) {
    List<Message> turns = new ArrayList<>();
    if (value != null && value.isContainer()) {
      for (JsonNode turn : value.isArray() ? value : List.of(value)) {
        message(turn).ifPresent(turns::add);
      }
    }
    return turns;
  }

  private static Optional<Message> message(JsonNode turn) {
    if (turn.has("role") && (turn.has("content") || turn.has("tool_calls"))) {
      return Optional.of(message(turn.path("role").asString(""), turn.path("content"), turn));
    }
    if (turn.has("from") && turn.has("value")) {
      return Optional.of(message(role(turn.path("from").asString("")), turn.get("value"), turn));
    }
    String speaker = OPEN_COMPASS.get(turn.path("role").asString(""));
    if (speaker != null && turn.path("prompt").isString()) {
      return Optional.of(message(speaker, turn.get("prompt"), turn));
    }
    if (turn.has("role") && turn.path("parts").isArray()) {
      String role = turn.path("role").asString("");
      return Optional.of(
          message(role.equals("model") ? "assistant" : role, turn.get("parts"), turn));
    }
    String type = turn.path("type").asString("");
    if (type.equals("function_call") && turn.has("arguments")) {
      ObjectNode more = Json.mapper().createObjectNode();
      ObjectNode call = more.putArray("tool_calls").addObject();
      call.put("type", "function").set("id", turn.path("call_id"));
      ObjectNode function = call.putObject("function");
      function.set("name", turn.path("name"));
      function.set("arguments", turn.get("arguments"));
      return Optional.of(new Message("assistant", "", Optional.of(Json.line(more))));
    }
    if (type.equals("function_call_output") && turn.has("output")) {
      return Optional.of(new Message("tool", content(turn.get("output"))));
    }
    return Optional.empty();
  }

  private static Message message(String role, JsonNode content, JsonNode turn) {
    ObjectNode more = Json.mapper().createObjectNode();
    for (String name : BESIDE) {
      JsonNode value = turn.get(name);
      if (value != null && !value.isNull() && !(value.isContainer() && value.isEmpty())) {
        more.set(name, value);
      }
    }
    if (content.isArray() && content.valueStream().anyMatch(Turns::noText)) {
      ArrayNode parts = more.putArray("content");
      content.valueStream().filter(part -> !thought(part)).forEach(parts::add);
    }
    return new Message(
        role, content(content), more.isEmpty() ? Optional.empty() : Optional.of(Json.line(more)));
  }

  private static boolean noText(JsonNode part) {
    return !part.isString() && !part.has("text") && !thought(part);
  }

  private static boolean thought(JsonNode part) {
    return THOUGHTS.contains(part.path("type").asString(""));
  }

  /// The messages of a list that a table keeps as JSON text; empty where the text is not one.
  ///
  /// @param text the text
  /// @return the messages in order
  public static List<Message> written(String text) {
    if (!text.startsWith("[{") || !text.endsWith("}]")) {
      return List.of();
    }
    try {
      return of(Json.read(text));
    } catch (InputException e) {
      return List.of();
    }
  }

  /// A text, or a list of parts of which the texts count; empty where a message only calls a tool.
  private static String content(JsonNode content) {
    if (content.isNull() || content.isMissingNode()) {
      return "";
    }
    if (content.isString()) {
      return content.stringValue();
    }
    if (content.isArray()) {
      return content
          .valueStream()
          .filter(part -> part.isString() || (part.has("text") && !thought(part)))
          .map(part -> part.isString() ? part.stringValue() : part.path("text").asString(""))
          .collect(Collectors.joining("\n"));
    }
    throw new InputException(
        Problem.MALFORMED, "a message's content is neither a text nor a list of parts");
  }

  /// The conversation up to the last turn of somebody else than the assistant and its tools.
  ///
  /// @param turns the conversation
  /// @return what was asked
  public static List<Message> asked(List<Message> turns) {
    return turns.subList(0, answersFrom(turns));
  }

  /// What the assistant said last, its turns in a row joined; empty where it did not speak last.
  ///
  /// @param turns the conversation
  /// @return the answer
  public static Optional<Answer> answer(List<Message> turns) {
    return said(turns.subList(answersFrom(turns), turns.size()));
  }

  /// What messages say that are the completion, all of them.
  ///
  /// @param answers the messages
  /// @return the answer; empty where there is none
  public static Optional<Answer> said(List<Message> answers) {
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    if (answers.stream().allMatch(m -> m.more().isEmpty() && m.role().equals("assistant"))) {
      String text = answers.stream().map(Message::content).collect(Collectors.joining("\n"));
      return Optional.of(new Answer(text, text));
    }
    List<Map<String, Object>> messages = answers.stream().map(Turns::whole).toList();
    return Optional.of(
        new Answer(
            Json.line(messages), Json.canonical(withoutMadeUp(Json.read(Json.line(messages))))));
  }

  /// A message with all that it holds, as trainers read it.
  ///
  /// @param message the message
  /// @return its values by name
  public static Map<String, Object> whole(Message message) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("role", message.role());
    whole.put("content", message.content());
    message
        .more()
        .ifPresent(more -> Json.read(more).forEachEntry((name, value) -> whole.put(name, value)));
    return whole;
  }

  /// Of calls of tools the arguments count as what they say, whether written as text or not.
  private static JsonNode withoutMadeUp(JsonNode value) {
    if (value instanceof ObjectNode object) {
      object.remove(MADE_UP);
      if (object.path("arguments").isString()) {
        try {
          object.set("arguments", Json.read(object.get("arguments").stringValue()));
        } catch (IllegalArgumentException e) {
          // Not JSON: it counts as it stands.
        }
      }
    }
    if (value.isContainer()) {
      value.forEach(Turns::withoutMadeUp);
    }
    return value;
  }

  private static int answersFrom(List<Message> turns) {
    int end = turns.size();
    while (end > 0 && SPEAKERS.contains(turns.get(end - 1).role())) {
      end--;
    }
    return end;
  }

  /// The speaker in our words, ShareGPT's `human` and `gpt` included.
  static String role(String word) {
    return switch (word) {
      case "human" -> "user";
      case "gpt", "function_call" -> "assistant";
      case "observation", "function_response" -> "tool";
      case "user", "assistant", "system", "tool", "developer" -> word;
      default ->
          throw new InputException(
              Problem.UNKNOWN,
              "no speaker is called \"" + word + "\"; there are system, user and assistant");
    };
  }
}
