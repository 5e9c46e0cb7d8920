package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.prompts.Turns;

/// What a row says was asked: all that the model saw, so that two prompts are never taken for one.
///
/// @param columns which column holds what
record RowPrompt(Columns columns) {
  /// What was asked; empty where a row has only a name for it.
  ///
  /// @throws InputException if there is not even that
  Optional<Prompt> prompt(JsonNode row) {
    List<Message> asked = before(row);
    JsonNode value = columns.value(row, Field.PROMPT);
    if (value == null
        || value.isNull()
        || (value.isString() && value.stringValue().isEmpty() && columns.has(Field.PROMPT_ID))) {
      return conversation(row, asked);
    }
    String context = text(row, Field.CONTEXT);
    List<Message> messages =
        value.isString()
            ? Turns.written(value.stringValue())
            : Turns.of(value.has("messages") ? value.get("messages") : value);
    if (!messages.isEmpty()) {
      asked.addAll(Turns.asked(messages));
      if (!context.isEmpty()) {
        asked.add(new Message("user", context));
      }
      return Optional.of(new Prompt.Chat(asked));
    }
    String all = text(value) + (context.isEmpty() ? "" : "\n" + context);
    if (asked.isEmpty()) {
      return Optional.of(new Prompt.Text(all));
    }
    asked.add(new Message("user", all));
    return Optional.of(new Prompt.Chat(asked));
  }

  private static String text(JsonNode value) {
    JsonNode text = value.isObject() ? value.get("text") : value;
    if (text == null && value.size() == 1) {
      text = value.values().iterator().next();
    } else if (text == null && !value.isEmpty()) {
      return Json.canonical(value);
    }
    if (text == null || text.isContainer() || text.asString().isEmpty()) {
      throw new InputException(
          Problem.MALFORMED, "the prompt is empty, or neither a text nor messages");
    }
    return text.asString();
  }

  /// The system's message and earlier turns.
  private List<Message> before(JsonNode row) {
    List<Message> asked = new ArrayList<>();
    String system = text(row, Field.SYSTEM);
    if (!system.isEmpty()) {
      asked.add(new Message("system", system));
    }
    JsonNode history = columns.value(row, Field.HISTORY);
    if (history != null && history.isArray()) {
      for (JsonNode turn : history) {
        asked.add(new Message("user", turn.path(0).asString("")));
        asked.add(new Message("assistant", turn.path(1).asString("")));
      }
    }
    return asked;
  }

  /// What was asked where no column is the prompt: the conversation before the answer, or nothing
  /// but a name.
  private Optional<Prompt> conversation(JsonNode row, List<Message> before) {
    List<Message> asked = new ArrayList<>(before);
    asked.addAll(Turns.asked(Turns.of(columns.value(row, Field.MESSAGES))));
    if (asked.isEmpty() && Preferences.in(row)) {
      asked.addAll(Preferences.asked(row));
    }
    if (!asked.isEmpty()) {
      return Optional.of(new Prompt.Chat(asked));
    }
    JsonNode id = columns.value(row, Field.PROMPT_ID);
    if (id == null || id.isNull() || id.isContainer() || id.asString().isEmpty()) {
      throw new InputException(Problem.MALFORMED, "no prompt");
    }
    return Optional.empty();
  }

  /// A prompt that a table has as text: the text, or messages as JSON.
  static Prompt ofText(String text) {
    List<Message> asked = Turns.asked(Turns.written(text));
    return asked.isEmpty() ? new Prompt.Text(text) : new Prompt.Chat(asked);
  }

  private String text(JsonNode row, Field field) {
    JsonNode value = columns.value(row, field);
    return value == null || !value.isString() ? "" : value.stringValue();
  }

  /// What else belongs to the question: the same for rows of one prompt.
  String beside(JsonNode row) {
    StringBuilder all = new StringBuilder();
    for (RowPath path : columns.asked()) {
      JsonNode value = path.at(row);
      if (value != null && !value.isNull()) {
        all.append(path).append('=').append(Json.canonical(value)).append('\n');
      }
    }
    return all.isEmpty() ? "" : Json.sha256(all.toString());
  }

  /// What a row calls its prompt, else the prompt's own key.
  String key(JsonNode row, Optional<Prompt> prompt) {
    JsonNode id = columns.value(row, Field.PROMPT_ID);
    return id == null || id.isContainer() || id.isNull() || id.asString().isEmpty()
        ? prompt.orElseThrow().key()
        : id.asString();
  }
}
