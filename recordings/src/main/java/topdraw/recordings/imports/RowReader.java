package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
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
import topdraw.recordings.path.RowPath;
import topdraw.recordings.prompts.Turns;
import topdraw.recordings.row.DrawLine;
import topdraw.recordings.row.LogProbabilities;
import topdraw.recordings.row.Numbers;
import topdraw.recordings.row.ScoreWords;
import topdraw.recordings.row.TableColumns;

/// Reads one row of a foreign file: a sample, a part of one, or a prompt with a list of them.
final class RowReader {
  private final Columns columns;
  private final RowPrompt asked;
  private final boolean policyLogProbabilities;
  private @Nullable String unreadable;

  RowReader(Columns columns, boolean policyLogProbabilities) {
    this.columns = columns;
    asked = new RowPrompt(columns);
    this.policyLogProbabilities = policyLogProbabilities;
  }

  /// A row's prompt and its completions.
  ///
  /// @param key what the row calls its prompt, else the prompt's own key
  /// @param prompt what was asked, where it is known
  /// @param beside what else belongs to the question
  /// @param draws the completions
  /// @param unreadable what could not be read in them, where there is something
  record Row(
      String key,
      Optional<Prompt> prompt,
      String beside,
      List<PartDraw> draws,
      Optional<String> unreadable) {}

  /// Whether a row is an event beside the samples, as some logs keep them.
  boolean beside(JsonNode row) {
    return columns.layout().isPresent() && !columns.layout().get().sample(row);
  }

  /// @throws PassedOver if the row holds no draw and says so
  /// @throws InputException saying what is wrong with the row
  Row read(JsonNode row, String place) {
    if (!row.isObject()) {
      throw new InputException(Problem.MALFORMED, "not an object with named values");
    }
    requireFilter(row.path("filter").asString(""));
    requireDrawn(row);
    unreadable = null;
    Optional<Prompt> prompt = asked.prompt(row);
    List<PartDraw> draws =
        Preferences.in(row)
            ? Preferences.of(row, place).stream().map(PartDraw::whole).toList()
            : draws(row, place);
    return new Row(
        asked.key(row, prompt), prompt, asked.beside(row), draws, Optional.ofNullable(unreadable));
  }

  private void requireFilter(String filter) {
    if (columns.filter().isPresent() && !columns.filter().get().equals(filter)) {
      throw new PassedOver(
          "the same responses under the filter '%s'; those under '%s' are read"
              .formatted(filter, columns.filter().get()));
    }
  }

  /// A row of a known layout says where nothing was drawn.
  private void requireDrawn(JsonNode row) {
    if (columns.layout().isEmpty() || columns.layout().get().fails().isEmpty()) {
      return;
    }
    JsonNode error = columns.layout().get().fails().get().at(row);
    if (error == null || error.isNull() || (error.isString() && error.stringValue().isEmpty())) {
      error = MissingNode.getInstance();
    }
    boolean failed = !error.isMissingNode();
    JsonNode text = columns.value(row, Field.TEXT);
    boolean nothing = columns.has(Field.TEXT) && (text == null || text.isNull());
    if ((failed && nothing)
        || (failed && columns.layout().get().name().equals("Inspect"))
        || nothing) {
      throw new PassedOver(
          "the sample failed: "
              + Numbers.cut(
                  failed
                      ? error.path("message").asString(error.asString(Json.line(error)))
                      : "no output"));
    }
  }

  private List<PartDraw> draws(JsonNode row, String place) {
    JsonNode text = columns.value(row, Field.TEXT);
    int count = count(row, text);
    if (count < 0) {
      Optional<Turns.Answer> answer =
          text == null
              ? Turns.answer(Turns.of(columns.value(row, Field.MESSAGES)))
              : completion(text);
      return List.of(draw(row, answer, Item.ALONE, place));
    }
    List<PartDraw> draws = new ArrayList<>();
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
      for (RewardColumn reward : columns.rewards()) {
        JsonNode value = reward.path().at(row);
        if (value != null && value.isArray() && !named(value)) {
          return value.size();
        }
      }
    }
    return -1;
  }

  private static Optional<Turns.Answer> completion(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    List<Message> turns = Turns.of(value);
    if (!turns.isEmpty()) {
      return Turns.said(turns).isPresent() && turns.stream().noneMatch(RowReader::user)
          ? Turns.said(turns)
          : Turns.answer(turns);
    }
    if (value.isArray()) {
      throw new InputException(
          Problem.MALFORMED,
          "a completion is a text or messages, was "
              + Numbers.cut(Json.line(value))
              + "; log-likelihoods of given answers are no samples");
    }
    JsonNode inner = value.isObject() ? inner(value) : value;
    String text = inner == null ? Json.line(value) : inner.asString(inner.toString());
    return Optional.of(new Turns.Answer(text, text));
  }

  private static boolean user(Message message) {
    return !message.role().equals("assistant") && !message.role().equals("tool");
  }

  /// The text of an object: its `text`, or its one value.
  private static @Nullable JsonNode inner(JsonNode value) {
    JsonNode text = value.get("text");
    if (text == null && value.size() == 1) {
      JsonNode only = value.values().iterator().next();
      return only.isString() ? only : null;
    }
    return text;
  }

  private PartDraw draw(JsonNode row, Optional<Turns.Answer> answer, Item item, String place) {
    FinishReason finish = FinishReason.of(word(row, Field.FINISH, item));
    Tokens tokens = tokens(row, item);
    Optional<String> text = answer.map(Turns.Answer::text);
    Origin origin = new Origin(policy(row, item), word(row, Field.SEED, item), Place.of(place));
    String named = word(row.get(TableColumns.OUTCOME), TableColumns.OUTCOME);
    Draw draw =
        new Draw(
                item.position().orElse(0),
                named.isEmpty()
                    ? Outcome.of(tokens, answer.map(Turns.Answer::same), finish, origin.place())
                    : new Outcome.Named(named),
                text,
                tokens,
                logProbability(row, item, finish.cut()),
                finish,
                scores(row, item),
                guessed(row, item, Field.SECONDS),
                origin)
            .withAnswer(word(row, Field.ANSWER, item));
    return new PartDraw(
        draw,
        plain(row, Field.RATER),
        plain(row, Field.ROLLOUT),
        plain(row, Field.TURN),
        columns.marks().stream().map(path -> mark(row, path, item)).toList());
  }

  private @Nullable String plain(JsonNode row, Field field) {
    JsonNode value = columns.value(row, field);
    return value == null || value.isNull() ? null : value.asString(value.toString());
  }

  private static String mark(JsonNode row, RowPath path, Item item) {
    JsonNode value = item.perhaps(path.at(row));
    if (value == null || value.isNull() || value.isContainer()) {
      return "";
    }
    String text = value.asString();
    return text.length() <= 40 ? text : Json.sha256(text).substring(0, 16);
  }

  private LogProbability logProbability(JsonNode row, Item item, boolean cut) {
    OptionalDouble number;
    try {
      number = LogProbabilities.sum(item.own(columns.value(row, Field.LOG_P), "log_p"));
    } catch (IllegalArgumentException e) {
      if (columns.told().contains(Field.LOG_P)) {
        throw e;
      }
      number = OptionalDouble.empty();
    }
    if (policyLogProbabilities && number.isPresent()) {
      return LogProbability.exact(number.getAsDouble());
    }
    // As servers return them: of the distribution before the temperature, without the end token.
    return columns.layout().map(Layout::logP).orElse("").equals("raw") && number.isPresent() && !cut
        ? new LogProbability.Unproven(number.getAsDouble(), LogProbability.Doubt.NO_END_TOKEN)
        : columns.layout().map(Layout::logP).orElse("").equals("raw") && number.isPresent()
            ? new LogProbability.Unproven(
                number.getAsDouble(), LogProbability.Doubt.OTHER_DISTRIBUTION)
            : LogProbabilities.of(row, number, cut);
  }

  /// The ids where a line of ours has them, else their number where that is told.
  private Tokens tokens(JsonNode row, Item item) {
    OptionalDouble count = guessed(row, item, Field.TOKENS);
    return DrawLine.ids(row).<Tokens>map(ids -> ids).orElseGet(() -> Tokens.count(count));
  }

  private OptionalDouble guessed(JsonNode row, Item item, Field field) {
    JsonNode value = columns.value(row, field);
    boolean told = columns.told().contains(field);
    return GuessedNumbers.read(
        told ? item.own(value, field.word()) : item.ownPerhaps(value), field.word(), told);
  }

  /// A value that is nothing but a word; empty where there is none.
  private static String word(@Nullable JsonNode value, String what) {
    if (value != null && value.isContainer()) {
      throw new InputException(
          Problem.MALFORMED, what + " is a word or a number, was " + Numbers.cut(Json.line(value)));
    }
    return value == null ? "" : value.asString("");
  }

  private Optional<String> word(JsonNode row, Field field, Item item) {
    JsonNode value = columns.value(row, field);
    JsonNode one =
        columns.told().contains(field) ? item.of(value, field.word()) : item.perhaps(value);
    return one == null || one.isNull() || one.isContainer() || one.asString().isEmpty()
        ? Optional.empty()
        : Optional.of(one.asString());
  }

  private Scores scores(JsonNode row, Item item) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (RewardColumn column : columns.rewards()) {
      JsonNode value = column.path().at(row);
      if (value == null || value.isNull()) {
        continue;
      }
      if (named(value)) {
        value.forEach(entry -> entry(scores, entry, column));
      } else {
        scores(scores, column.name(), value, column, item, 0);
      }
    }
    return new Scores(List.copyOf(scores.keySet()), List.copyOf(scores.values()));
  }

  private void scores(
      Map<String, Score> scores,
      String name,
      JsonNode value,
      RewardColumn column,
      Item item,
      int depth) {
    if (value.isObject()) {
      value.forEachEntry(
          (inner, score) ->
              scores(
                  scores,
                  depth == 0 ? sign(column) + inner : name + "." + inner,
                  score,
                  column,
                  item,
                  depth + 1));
      return;
    }
    JsonNode one;
    try {
      one = item.reward(value, name);
    } catch (IllegalArgumentException e) {
      unreadable(e);
      scores.putIfAbsent(name, new Score.Missing(String.valueOf(e.getMessage())));
      return;
    }
    if (one != null && one.isObject()) {
      scores(scores, name, one, column, Item.ALONE, depth);
    } else {
      put(scores, name, one, column);
    }
  }

  private static String sign(RewardColumn column) {
    return column.less() ? RewardColumn.LESS : "";
  }

  /// A list of `{name, value}`, or of `{name, score}`.
  static boolean named(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).has("name");
  }

  /// An entry of such a list says why where it has no value.
  private void entry(Map<String, Score> scores, JsonNode entry, RewardColumn column) {
    String name = sign(column) + word(entry.get("name"), "the name of a score");
    put(scores, name, entry.has("value") ? entry.get("value") : entry.get("score"), column);
    if (entry.path("error").isString()) {
      scores.putIfAbsent(name, new Score.Missing(entry.get("error").stringValue()));
    }
  }

  /// A completion whose score cannot be read was drawn all the same.
  private void put(
      Map<String, Score> scores, String name, @Nullable JsonNode value, RewardColumn column) {
    try {
      OptionalDouble score = columns.words().read(value, name);
      if (score.isPresent()) {
        double number = column.less() ? -score.getAsDouble() : score.getAsDouble();
        if (number == Double.POSITIVE_INFINITY) {
          throw new ScoreWords.InfiniteScore("'" + name + "' is infinitely good");
        }
        scores.putIfAbsent(name, new Score.Value(number));
      }
    } catch (ScoreWords.InfiniteScore e) {
      throw e;
    } catch (IllegalArgumentException e) {
      if (columns.layout().isEmpty() || !columns.layout().get().wordsOnly()) {
        unreadable(e);
        scores.putIfAbsent(name, new Score.Missing(String.valueOf(e.getMessage())));
      }
    }
  }

  private void unreadable(IllegalArgumentException e) {
    if (unreadable == null) {
      unreadable = e.getMessage();
    }
  }

  private Optional<String> policy(JsonNode row, Item item) {
    List<String> parts = new ArrayList<>();
    for (RowPath path : columns.policy()) {
      JsonNode value = item.perhaps(path.at(row));
      if (value != null && !value.isContainer() && !value.isNull() && !value.asString().isEmpty()) {
        parts.add(path + "=" + value.asString());
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }
}
