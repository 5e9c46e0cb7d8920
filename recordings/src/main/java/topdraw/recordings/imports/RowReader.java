package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.prompts.Turns;
import topdraw.recordings.row.DrawLine;
import topdraw.recordings.row.LogProbabilities;
import topdraw.recordings.row.Numbers;
import topdraw.recordings.row.TableColumns;

/// Reads one row of a foreign file: a sample, or a prompt with a list of them.
final class RowReader {
  private final Columns columns;
  private final RowPrompt asked;
  private final boolean policyLogProbabilities;

  RowReader(Columns columns, boolean policyLogProbabilities) {
    this.columns = columns;
    asked = new RowPrompt(columns);
    this.policyLogProbabilities = policyLogProbabilities;
  }

  /// A row's prompt and its completions.
  record Row(String key, Optional<Prompt> prompt, List<Draw> draws) {}

  /// @throws InputException saying what is wrong with the row
  Row read(JsonNode row, String place) {
    if (!row.isObject()) {
      throw new InputException(Problem.MALFORMED, "not an object with named values");
    }
    requireFilter(row.path("filter").asString(""));
    Optional<Prompt> prompt = asked.prompt(row);
    List<Draw> draws = Preferences.in(row) ? Preferences.of(row, place) : draws(row, place);
    return new Row(asked.key(row, prompt), prompt, draws);
  }

  private void requireFilter(String filter) {
    if (columns.filter().isPresent() && !columns.filter().get().equals(filter)) {
      throw new InputException(
          Problem.CONFLICT,
          "the same responses under the filter '%s'; those under '%s' are read"
              .formatted(filter, columns.filter().get()));
    }
  }

  private List<Draw> draws(JsonNode row, String place) {
    JsonNode text = columns.value(row, Field.TEXT);
    int count = count(row, text);
    if (count < 0) {
      Optional<String> answer =
          text == null
              ? Turns.answer(Turns.of(columns.value(row, Field.MESSAGES)))
              : completion(text);
      return List.of(draw(row, answer, Item.ALONE, place));
    }
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode item = text == null || !text.isArray() ? null : text.get(i);
      draws.add(draw(row, completion(item), Item.of(i, count), place + "[" + i + "]"));
    }
    return draws;
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
      throw new InputException(
          Problem.MALFORMED,
          "a completion is a text or messages, was "
              + Numbers.cut(Json.line(value))
              + "; log-likelihoods of given answers are no samples");
    }
    JsonNode inner = value.isObject() ? value.get("text") : value;
    return inner == null
        ? Optional.of(Json.line(value))
        : Optional.of(inner.asString(inner.toString()));
  }

  private Draw draw(JsonNode row, Optional<String> text, Item item, String place) {
    FinishReason finish = FinishReason.of(word(row, Field.FINISH, item));
    Tokens tokens = tokens(row, item);
    Origin origin = new Origin(policy(row), word(row, Field.SEED, item), Place.of(place));
    JsonNode named = row.get(TableColumns.OUTCOME);
    Draw draw =
        new Draw(
            item.position().orElse(0),
            named != null && !named.isNull()
                ? new Outcome.Named(named.asString())
                : Outcome.of(tokens, text, finish, origin.place()),
            text,
            tokens,
            logProbability(row, item, finish.cut()),
            finish,
            scores(row, item),
            Numbers.read(item.own(columns.value(row, Field.SECONDS), "seconds"), "seconds"),
            origin);
    return draw.withAnswer(word(row, Field.ANSWER, item));
  }

  private LogProbability logProbability(JsonNode row, Item item, boolean cut) {
    OptionalDouble number =
        LogProbabilities.sum(item.own(columns.value(row, Field.LOG_P), "log_p"));
    return policyLogProbabilities && number.isPresent()
        ? LogProbability.exact(number.getAsDouble())
        : LogProbabilities.of(row, number, cut);
  }

  /// The ids where a line of ours has them, else their number where that is told.
  private Tokens tokens(JsonNode row, Item item) {
    OptionalDouble count =
        Numbers.read(item.own(columns.value(row, Field.TOKENS), "tokens"), "tokens");
    return DrawLine.ids(row).<Tokens>map(ids -> ids).orElseGet(() -> Tokens.count(count));
  }

  private Optional<String> word(JsonNode row, Field field, Item item) {
    JsonNode one = item.of(columns.value(row, field), field.word());
    return one == null || one.isNull() || one.isContainer()
        ? Optional.empty()
        : Optional.of(one.asString());
  }

  private Scores scores(JsonNode row, Item item) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (String column : columns.rewards()) {
      JsonNode value = Columns.at(row, column);
      if (value == null || value.isNull()) {
        continue;
      }
      if (named(value)) {
        value.forEach(entry -> put(scores, entry));
      } else if (value.isObject()) {
        value.forEachEntry((name, score) -> put(scores, name, item.reward(score, name)));
      } else {
        put(scores, column, item.reward(value, column));
      }
    }
    return new Scores(List.copyOf(scores.keySet()), List.copyOf(scores.values()));
  }

  /// A list of `{name, value}`.
  private static boolean named(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).has("name");
  }

  /// An entry of such a list says why where it has no value.
  private static void put(Map<String, Score> scores, JsonNode entry) {
    String name = entry.path("name").asString();
    put(scores, name, entry.get("value"));
    if (entry.path("error").isString()) {
      scores.putIfAbsent(name, new Score.Missing(entry.get("error").stringValue()));
    }
  }

  private static void put(Map<String, Score> scores, String name, @Nullable JsonNode value) {
    OptionalDouble score = Numbers.read(value, name);
    if (score.isPresent()) {
      scores.putIfAbsent(name, new Score.Value(score.getAsDouble()));
    }
  }

  private static Optional<String> policy(JsonNode row) {
    List<String> parts = new ArrayList<>();
    for (String path : Columns.POLICY) {
      JsonNode value = Columns.at(row, path);
      if (value != null && !value.isContainer() && !value.isNull()) {
        parts.add(path + "=" + value.asString());
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }
}
