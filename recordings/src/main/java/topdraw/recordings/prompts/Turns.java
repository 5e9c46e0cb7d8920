package topdraw.recordings.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt.Message;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Messages as files write them: `{role, content}`, or ShareGPT's `{from, value}`.
public final class Turns {
  private Turns() {}

  /// The messages of a list, or of one alone; empty where the value is neither.
  ///
  /// @param value what stands there
  /// @return the messages in order
  /// @throws InputException if a speaker or a content is of no known kind
  public static List<Message> of(@Nullable JsonNode value) {
    List<Message> turns = new ArrayList<>();
    if (value != null && value.isContainer()) {
      for (JsonNode turn : value.isArray() ? value : List.of(value)) {
        if (turn.has("role") && turn.has("content")) {
          turns.add(new Message(turn.path("role").asString(""), content(turn.get("content"))));
        } else if (turn.has("from") && turn.has("value")) {
          turns.add(new Message(role(turn.path("from").asString("")), content(turn.get("value"))));
        }
      }
    }
    return turns;
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
    if (content.isNull()) {
      return "";
    }
    if (content.isString()) {
      return content.stringValue();
    }
    if (content.isArray()) {
      return content
          .valueStream()
          .filter(part -> part.has("text"))
          .map(part -> part.path("text").asString(""))
          .collect(Collectors.joining("\n"));
    }
    throw new InputException(
        Problem.MALFORMED, "a message's content is neither a text nor a list of parts");
  }

  /// The conversation up to the last turn of somebody else than the assistant.
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
  public static Optional<String> answer(List<Message> turns) {
    List<Message> answers = turns.subList(answersFrom(turns), turns.size());
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(answers.stream().map(Message::content).collect(Collectors.joining("\n")));
  }

  private static int answersFrom(List<Message> turns) {
    int end = turns.size();
    while (end > 0 && turns.get(end - 1).role().equals("assistant")) {
      end--;
    }
    return end;
  }

  /// The speaker in our words, ShareGPT's `human` and `gpt` included.
  static String role(String word) {
    return switch (word) {
      case "human" -> "user";
      case "gpt" -> "assistant";
      case "user", "assistant", "system", "tool" -> word;
      default ->
          throw new InputException(
              Problem.UNKNOWN,
              "no speaker is called \"" + word + "\"; there are system, user and assistant");
    };
  }
}
