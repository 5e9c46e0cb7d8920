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
import topdraw.sample.Place;
import topdraw.sample.Sample;

/// Reads one row of a foreign file: a sample, or a prompt with a list of them.
final class RowReader {
  static final List<String> ORIGIN =
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
  private final RowPrompt asked;
  private final boolean policyLogProbabilities;

  RowReader(Columns columns, boolean policyLogProbabilities) {
    this.columns = columns;
    asked = new RowPrompt(columns);
    this.policyLogProbabilities = policyLogProbabilities;
  }

  /// A row's prompt and its samples.
  record Row(String key, Prompt prompt, List<Sample> samples) {}

  /// @throws IllegalArgumentException saying what is wrong with the row
  Row read(JsonNode row, String place) {
    if (!row.isObject()) {
      throw new IllegalArgumentException("not an object with named values");
    }
    requireFilter(row.path("filter").asString(""));
    Prompt prompt = asked.prompt(row);
    List<Sample> samples = Preferences.in(row) ? Preferences.of(row, place) : samples(row, place);
    return new Row(asked.key(row, prompt), prompt, samples);
  }

  private void requireFilter(String filter) {
    if (columns.filter().isPresent() && !columns.filter().get().equals(filter)) {
      throw new IllegalArgumentException(
          "the same responses under the filter '%s'; those under '%s' are read"
              .formatted(filter, columns.filter().get()));
    }
  }

  private List<Sample> samples(JsonNode row, String place) {
    JsonNode text = columns.value(row, Field.TEXT);
    int count = count(row, text);
    if (count < 0) {
      Optional<String> answer =
          text == null
              ? Turns.answer(Turns.of(columns.value(row, Field.MESSAGES)))
              : completion(text);
      return List.of(sample(row, answer, Item.ALONE, place));
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode item = text == null || !text.isArray() ? null : text.get(i);
      samples.add(sample(row, completion(item), new Item(i, count), place + "[" + i + "]"));
    }
    return samples;
  }

  /// How many samples a row of lists holds; -1 for a row of one sample.
  private int count(JsonNode row, @Nullable JsonNode text) {
    if (text != null && text.isArray() && Turns.of(text).isEmpty()) {
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

  private static Optional<String> completion(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    List<Message> turns = Turns.of(value);
    if (!turns.isEmpty()) {
      return Turns.answer(turns);
    }
    if (value.isArray()) {
      throw new IllegalArgumentException(
          "a completion is a text or messages, was "
              + Numbers.cut(Json.line(value))
              + "; log-likelihoods of given answers are no samples");
    }
    JsonNode inner = value.isObject() ? value.get("text") : value;
    return inner == null
        ? Optional.of(Json.line(value))
        : Optional.of(inner.asString(inner.toString()));
  }

  private Sample sample(JsonNode row, Optional<String> text, Item item, String place) {
    Optional<String> finish = word(row, Field.FINISH, item);
    return new Sample(
        outcome(row, text, place),
        text,
        LogProbabilities.sum(item.own(columns.value(row, Field.LOG_P), "log_p")),
        policyLogProbabilities
            ? LogProbabilityMeaning.EXACT
            : LogProbabilities.meaning(row, finish.filter(Sample::isCut).isPresent()),
        rewards(row, item),
        Numbers.read(item.own(columns.value(row, Field.TOKENS), "tokens"), "tokens"),
        Numbers.read(item.own(columns.value(row, Field.SECONDS), "seconds"), "seconds"),
        finish,
        word(row, Field.SEED, item),
        origin(row),
        Place.of(place));
  }

  private static String outcome(JsonNode row, Optional<String> text, String place) {
    JsonNode told = row.get(TableShape.OUTCOME);
    if (told != null && !told.isNull()) {
      return told.asString();
    }
    JsonNode ids = row.at("/completion/token_ids");
    return ids.isArray() && !ids.isEmpty() ? ids.toString() : text.orElse(place);
  }

  private Optional<String> word(JsonNode row, Field field, Item item) {
    JsonNode one = item.of(columns.value(row, field), field.word());
    return one == null || one.isNull() || one.isContainer()
        ? Optional.empty()
        : Optional.of(one.asString());
  }

  private Map<String, Double> rewards(JsonNode row, Item item) {
    Map<String, Double> rewards = new LinkedHashMap<>();
    for (String column : columns.rewards()) {
      JsonNode value = Columns.at(row, column);
      if (value == null || value.isNull()) {
        continue;
      }
      if (named(value)) {
        value.forEach(entry -> put(rewards, entry.path("name").asString(), entry.get("value")));
      } else if (value.isObject()) {
        value.forEachEntry((name, score) -> put(rewards, name, item.reward(score, name)));
      } else {
        put(rewards, column, item.reward(value, column));
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
