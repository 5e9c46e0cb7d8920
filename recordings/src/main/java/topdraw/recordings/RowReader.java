package topdraw.recordings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.reference.Prompt;
import topdraw.reference.Prompt.Message;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.Sample;

/// Reads one row of a foreign file: a sample, or a prompt with a list of them.
final class RowReader {
  private static final List<String> ORIGIN =
      List.of(
          "model.id",
          "model",
          "model_name",
          "system_fingerprint",
          "provider",
          "sampling.temperature",
          "sampling.top_p",
          "sampling.top_k",
          "temperature",
          "top_p",
          "top_k");

  private final Columns columns;
  private final boolean policyLogProbabilities;

  RowReader(Columns columns, boolean policyLogProbabilities) {
    this.columns = columns;
    this.policyLogProbabilities = policyLogProbabilities;
  }

  /// A row's prompt and its samples.
  record Row(String key, Prompt prompt, List<Sample> samples) {}

  /// @throws IllegalArgumentException saying what is wrong with the row
  Row read(JsonNode row, String place) {
    if (!row.isObject()) {
      throw new IllegalArgumentException("not an object with named values");
    }
    List<Message> chat = messages(row.get("messages"));
    Prompt prompt = prompt(row, chat);
    String key = key(row, prompt);
    JsonNode chosen = row.get("chosen");
    JsonNode rejected = row.get("rejected");
    if (chosen != null && rejected != null) {
      return new Row(key, prompt, preferences(chosen, rejected, place));
    }
    return new Row(key, prompt, samples(row, chat, place));
  }

  private Prompt prompt(JsonNode row, List<Message> chat) {
    JsonNode value = columns.value(row, Field.PROMPT);
    if (value == null || value.isNull()) {
      List<Message> asked = asked(chat);
      if (!asked.isEmpty()) {
        return new Prompt.Chat(asked);
      }
      JsonNode id = columns.value(row, Field.PROMPT_ID);
      if (id == null || id.isNull()) {
        throw new IllegalArgumentException("no prompt");
      }
      return unrecorded(id.asString());
    }
    List<Message> messages = messages(value.isObject() ? value.get("messages") : value);
    if (!messages.isEmpty()) {
      return new Prompt.Chat(asked(messages));
    }
    JsonNode text = value.isObject() ? value.get("text") : value;
    if (text == null || text.isContainer() || text.asString().isEmpty()) {
      throw new IllegalArgumentException("the prompt is empty, or neither a text nor messages");
    }
    return new Prompt.Text(text.asString());
  }

  /// What stands for a prompt of which only the id is known.
  static Prompt unrecorded(String id) {
    return new Prompt.Text("prompt " + id);
  }

  private String key(JsonNode row, Prompt prompt) {
    JsonNode id = columns.value(row, Field.PROMPT_ID);
    return id == null || id.isContainer() || id.isNull() ? prompt.key() : id.asString();
  }

  private static List<Message> messages(@Nullable JsonNode value) {
    List<Message> messages = new ArrayList<>();
    if (value != null && value.isArray()) {
      for (JsonNode turn : value) {
        if (turn.has("role") && turn.has("content")) {
          messages.add(new Message(turn.get("role").asString(), turn.get("content").asString()));
        }
      }
    }
    return messages;
  }

  /// The conversation up to the last turn of somebody else than the assistant.
  private static List<Message> asked(List<Message> chat) {
    int end = chat.size();
    while (end > 0 && chat.get(end - 1).role().equals("assistant")) {
      end--;
    }
    return chat.subList(0, end);
  }

  /// Preferred and other answers: a reward of 1 and 0. They were chosen, not drawn, so each has an
  /// origin of its own.
  private static List<Sample> preferences(JsonNode chosen, JsonNode rejected, String place) {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode answer : list(chosen)) {
      samples.add(preference(answer, 1, "chosen " + samples.size(), place));
    }
    for (JsonNode answer : list(rejected)) {
      samples.add(preference(answer, 0, "rejected " + samples.size(), place));
    }
    return samples;
  }

  private static Sample preference(JsonNode answer, double reward, String origin, String place) {
    List<Message> turns = messages(answer);
    String text = turns.isEmpty() ? answer.asString() : turns.getLast().content();
    return new Sample(
        text,
        Optional.of(text),
        OptionalDouble.empty(),
        LogProbabilityMeaning.UNKNOWN,
        Map.of("chosen", reward),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(origin),
        place);
  }

  /// An answer given as messages is one answer.
  private static Iterable<JsonNode> list(JsonNode answers) {
    return answers.isArray() && messages(answers).isEmpty() ? answers : List.of(answers);
  }

  private List<Sample> samples(JsonNode row, List<Message> chat, String place) {
    JsonNode text = columns.value(row, Field.TEXT);
    int count = count(row, text);
    if (count < 0) {
      return List.of(sample(row, text(text, chat), -1, place));
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode item = text == null || !text.isArray() ? null : text.get(i);
      samples.add(sample(row, text(item, List.of()), i, place + "[" + i + "]"));
    }
    return samples;
  }

  /// How many samples a row of lists holds; -1 for a row of one sample.
  private int count(JsonNode row, @Nullable JsonNode text) {
    if (text != null && text.isArray() && messages(text).isEmpty()) {
      return text.size();
    }
    if (text == null) {
      for (String reward : columns.rewards()) {
        JsonNode value = Columns.at(row, reward);
        if (value != null && value.isArray() && !named(value)) {
          return value.size();
        }
      }
    }
    return -1;
  }

  private static Optional<String> text(@Nullable JsonNode value, List<Message> chat) {
    List<Message> turns = value == null ? chat : messages(value);
    if (!turns.isEmpty() && turns.getLast().role().equals("assistant")) {
      return Optional.of(turns.getLast().content());
    }
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    JsonNode inner = value.isObject() ? value.get("text") : value;
    return inner == null
        ? Optional.of(Json.line(value))
        : Optional.of(inner.asString(inner.toString()));
  }

  private Sample sample(JsonNode row, Optional<String> text, int item, String place) {
    Optional<String> finish = string(columns.value(row, Field.FINISH), item);
    return new Sample(
        outcome(row, text, place),
        text,
        logProbability(item(columns.value(row, Field.LOG_P), item)),
        policyLogProbabilities
            ? LogProbabilityMeaning.EXACT
            : meaning(row, finish.orElse("").equals("length")),
        rewards(row, item),
        Numbers.read(item(columns.value(row, Field.TOKENS), item), "tokens"),
        Numbers.read(item(columns.value(row, Field.SECONDS), item), "seconds"),
        finish,
        string(columns.value(row, Field.SEED), item),
        origin(row),
        place);
  }

  private static String outcome(JsonNode row, Optional<String> text, String place) {
    JsonNode told = row.get(TableShape.OUTCOME);
    if (told != null && !told.isNull()) {
      return told.asString();
    }
    JsonNode ids = row.at("/completion/token_ids");
    return ids.isArray() && !ids.isEmpty() ? ids.toString() : text.orElse(place);
  }

  private static @Nullable JsonNode item(@Nullable JsonNode value, int item) {
    return value != null && value.isArray() && item >= 0 ? value.get(item) : value;
  }

  private static Optional<String> string(@Nullable JsonNode value, int item) {
    JsonNode one = item(value, item);
    return one == null || one.isNull() || one.isContainer()
        ? Optional.empty()
        : Optional.of(one.asString());
  }

  /// A number, or the sum of a list of token log-probabilities.
  private static OptionalDouble logProbability(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return OptionalDouble.empty();
    }
    JsonNode tokens = value.isObject() && value.has("content") ? value.get("content") : value;
    if (!tokens.isArray()) {
      return tokens.isObject() ? OptionalDouble.empty() : Numbers.any(tokens, "log p");
    }
    double sum = 0;
    for (JsonNode token : tokens) {
      OptionalDouble term = Numbers.any(token.isObject() ? token.get("logprob") : token, "log p");
      // One token without a number leaves a sum that would be too large.
      sum += term.orElse(Double.NaN);
    }
    return OptionalDouble.of(sum);
  }

  private static LogProbabilityMeaning meaning(JsonNode row, boolean cut) {
    JsonNode told = row.get(TableShape.MEANING);
    if (told != null && told.isString()) {
      return LogProbabilityMeaning.of(told.stringValue());
    }
    String distribution = row.at("/logprob/distribution").asString("");
    if (distribution.isEmpty()) {
      return LogProbabilityMeaning.UNKNOWN;
    }
    if (!row.at("/logprob/complete").asBoolean(false)) {
      return LogProbabilityMeaning.INCOMPLETE;
    }
    if (!cut && !row.at("/logprob/eos").asString("").equals("included")) {
      return LogProbabilityMeaning.NO_END_TOKEN;
    }
    double temperature = row.at("/sampling/temperature").asDouble(Double.NaN);
    return switch (distribution) {
      case "policy" -> LogProbabilityMeaning.EXACT;
      case "temperature" -> LogProbabilityMeaning.CONSERVATIVE;
      case "raw" ->
          temperature == 1
              ? LogProbabilityMeaning.CONSERVATIVE
              : LogProbabilityMeaning.OTHER_DISTRIBUTION;
      default -> LogProbabilityMeaning.UNKNOWN;
    };
  }

  private Map<String, Double> rewards(JsonNode row, int item) {
    Map<String, Double> rewards = new LinkedHashMap<>();
    for (String column : columns.rewards()) {
      JsonNode value = Columns.at(row, column);
      if (value == null) {
        continue;
      }
      if (named(value)) {
        value.forEach(entry -> put(rewards, entry.path("name").asString(), entry.get("value")));
      } else if (value.isObject()) {
        value.forEachEntry((name, score) -> put(rewards, name, score));
      } else {
        if (item >= 0 && !value.isArray() && !value.isNull()) {
          throw new IllegalArgumentException(
              "'" + column + "' is one value for a list of completions; give a list as long");
        }
        put(rewards, column, item(value, item));
      }
    }
    return rewards;
  }

  /// A list of `{name, value}`.
  private static boolean named(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).has("name");
  }

  private static void put(Map<String, Double> rewards, String name, @Nullable JsonNode value) {
    OptionalDouble score = Numbers.read(value, name);
    if (score.isPresent()) {
      rewards.putIfAbsent(name, score.getAsDouble());
    }
  }

  private static Optional<String> origin(JsonNode row) {
    List<String> parts = new ArrayList<>();
    for (String path : ORIGIN) {
      JsonNode value = Columns.at(row, path);
      if (value != null && !value.isContainer() && !value.isNull()) {
        parts.add(path + "=" + value.asString());
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }
}
