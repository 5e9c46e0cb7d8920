package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.prompts.Turns;
import topdraw.recordings.row.Numbers;
import topdraw.recordings.row.ScoreWords;

/// Finds the columns of the rewards. One that was guessed and cannot serve is left out with the
/// reason; one that a person named ends the guessing.
///
/// @param rows the first rows
/// @param told what a person said
/// @param layout the file's layout, where it is known
/// @param paths the fields found
/// @param words how scores are written
/// @param notes takes what a person ought to know
record RewardSearch(
    List<JsonNode> rows,
    Mapping told,
    Optional<Layout> layout,
    Map<Field, RowPath> paths,
    ScoreWords words,
    List<String> notes) {
  private static final int SUGGESTED = 4;

  /// Names that are scores even where most of their values cannot be read.
  private static final List<String> SURE = List.of("rewards", "reward", "score", "scores");

  List<RewardColumn> rewards(Leaves leaves) {
    Map<String, RewardColumn> found = new LinkedHashMap<>();
    for (String named : told.namedRewards()) {
      RewardColumn column = RewardColumn.of(named, rows, true);
      if (Columns.present(rows, column.path())) {
        found.put(named, ratings(column));
      } else if (told.of(Field.REWARD).orElse(List.of()).contains(named)) {
        throw new InputException(
            Problem.MALFORMED,
            "no column '"
                + column.path()
                + "' for the reward"
                + Alternatives.told(column.path().text(), Columns.names(rows)));
      }
    }
    if (told.of(Field.REWARD).isEmpty()) {
      guess(leaves, found);
    }
    found
        .values()
        .forEach(
            column -> {
              if (!column.less() && Layouts.named("less", column.path().text())) {
                notes.add(
                    "of '%s' less is better by its name: --map reward=-%s"
                        .formatted(column.path(), column.path()));
              }
            });
    return List.copyOf(found.values());
  }

  private void guess(Leaves leaves, Map<String, RewardColumn> found) {
    if (rows.stream().anyMatch(Preferences::in)) {
      RowPath chosen = RowPath.column(Preferences.CHOSEN);
      found.putIfAbsent(
          Preferences.CHOSEN, new RewardColumn(Preferences.CHOSEN, chosen, false, false));
    }
    if (layout.isPresent()) {
      for (String reward : layout.get().rewards()) {
        add(RewardColumn.of(reward, List.of(), false), found);
      }
      if (!found.isEmpty()) {
        return;
      }
    }
    // lm-eval says which columns are scores.
    Stream<RowPath> scores =
        rows.getFirst()
            .path("metrics")
            .valueStream()
            .map(metric -> Columns.path(metric.asString("?")));
    Stream.concat(scores, Layouts.usual(Field.REWARD).stream())
        .flatMap(path -> Columns.written(rows, path).stream())
        .forEach(path -> add(new RewardColumn(path.text(), path, false, false), found));
    paths.values().stream()
        .filter(path -> path.text().contains("[]."))
        .findFirst()
        .ifPresent(path -> beside(path, found));
    if (found.isEmpty()) {
      Layouts.more(Field.REWARD).forEach(path -> more(path, found));
    }
    if (found.isEmpty()) {
      empty();
      layout.flatMap(Layout::missing).ifPresent(notes::add);
      suggest(leaves);
    }
  }

  /// Names of rewards under which nothing stands.
  private void empty() {
    Columns.names(rows).stream()
        .filter(name -> Layouts.usual(Field.REWARD).contains(RowPath.column(name)))
        .filter(name -> !Columns.present(rows, RowPath.column(name)))
        .forEach(
            name ->
                notes.add("'%s' has no value in the first %d rows".formatted(name, rows.size())));
  }

  /// Where nothing is called a reward, the numbers that may be one.
  private void suggest(Leaves leaves) {
    List<String> numbers =
        leaves.paths().stream()
            .filter(path -> !paths.containsValue(path))
            .filter(
                path -> !Layouts.named("id", path.text()) && !Layouts.named("draw", path.text()))
            .filter(path -> !Layouts.policy(path.text()))
            .filter(leaves::numbers)
            .map(RowPath::text)
            .limit(SUGGESTED)
            .toList();
    if (!numbers.isEmpty()) {
      notes.add("numbers that may be rewards: --map reward=" + String.join(" or reward=", numbers));
    }
  }

  /// Rewards in the objects that hold the completions.
  private void beside(RowPath text, Map<String, RewardColumn> found) {
    String list = text.text().substring(0, text.text().lastIndexOf("[].") + 3);
    List<RowPath> names = new ArrayList<>(Layouts.usual(Field.REWARD));
    names.addAll(Layouts.more(Field.REWARD));
    for (RowPath name : names) {
      if (!name.wide() && (found.isEmpty() || Layouts.usual(Field.REWARD).contains(name))) {
        RowPath path = RowPath.of(list + name);
        add(new RewardColumn(path.text(), path, false, false), found);
      }
    }
  }

  /// A pattern is a list where completions are one too, else it stands for each of its columns.
  private void more(RowPath path, Map<String, RewardColumn> found) {
    RowPath text = paths.get(Field.TEXT);
    if (!path.wide() || (text != null && text.wide())) {
      if (found.isEmpty()) {
        Columns.written(rows, path)
            .ifPresent(own -> add(new RewardColumn(own.text(), own, false, false), found));
      }
      return;
    }
    for (String name : Columns.names(rows)) {
      if (path.reads(name) || path.reads(Columns.plain(name))) {
        add(new RewardColumn(name, RowPath.column(name), false, false), found);
      }
    }
  }

  private void add(RewardColumn guess, Map<String, RewardColumn> found) {
    if (!Columns.present(rows, guess.path())
        || found.containsKey(guess.name())
        || paths.containsValue(guess.path())
        || told.of(Field.IGNORE).orElse(List.of()).contains(guess.path().text())) {
      return;
    }
    RewardColumn column = ratings(guess);
    String why = unusable(column);
    if (why == null) {
      found.put(column.name(), column);
    } else {
      notes.add("'%s' is no reward here: %s".formatted(guess.path(), why));
    }
  }

  /// Several numbers for one completion, equally many everywhere, are the views of raters.
  private RewardColumn ratings(RewardColumn column) {
    int views = 0;
    for (JsonNode row : rows) {
      JsonNode value = column.path().at(row);
      if (value == null || value.isNull()) {
        continue;
      }
      boolean list =
          count(row) < 0
              && value.isArray()
              && value.size() > 1
              && value.valueStream().noneMatch(JsonNode::isContainer)
              && paths.containsKey(Field.TEXT);
      if (!list || (views > 0 && views != value.size())) {
        return column;
      }
      views = value.size();
    }
    if (views == 0) {
      return column;
    }
    notes.add(
        "'%s' holds %d ratings of each completion: their mean counts"
            .formatted(column.path(), views));
    return new RewardColumn(
        column.name(), RowPath.of("mean(" + column.path() + ")"), column.less(), column.told());
  }

  /// How many completions a row lists; -1 for a row of one.
  private int count(JsonNode row) {
    RowPath path = paths.get(Field.TEXT);
    JsonNode text = path == null ? null : path.at(row);
    return text != null && text.isArray() && Turns.of(text).isEmpty() ? text.size() : -1;
  }

  /// Why a column is no reward; null where it is one.
  private @Nullable String unusable(RewardColumn column) {
    int read = 0;
    int odd = 0;
    String first = "";
    for (JsonNode row : rows) {
      JsonNode value = column.path().at(row);
      int count = count(row);
      if (value != null && value.isObject() && !value.isEmpty() && !column.told()) {
        List<@Nullable String> shapes = new ArrayList<>();
        value.forEach(inner -> shapes.add(shape(column, inner, count)));
        if (!shapes.contains(null)) {
          return shapes.getFirst();
        }
      }
      if (value == null || value.isNull() || RowReader.named(value) || value.isObject()) {
        read += value == null || value.isNull() ? 0 : 1;
        continue;
      }
      String shape = shape(column, value, count);
      if (shape != null) {
        return shape;
      }
      for (JsonNode one : value.isArray() ? value : List.of(value)) {
        try {
          OptionalDouble score = words.read(one, column.name());
          read += score.isPresent() ? 1 : 0;
        } catch (ScoreWords.InfiniteScore e) {
          read++;
        } catch (IllegalArgumentException e) {
          first =
              odd++ == 0 ? Numbers.cut(one.isString() ? one.stringValue() : Json.line(one)) : first;
        }
      }
    }
    boolean sure =
        SURE.contains(column.name()) || column.path().text().matches(".*(reward|score)s?");
    if (odd > 0 && (read == 0 || (!sure && odd > read)) && !wordsOnly()) {
      return "its values are no scores, the first is '%s'; --words WORD=NUMBER makes words scores"
          .formatted(first);
    }
    return null;
  }

  private boolean wordsOnly() {
    return layout.isPresent() && layout.get().wordsOnly();
  }

  private @Nullable String shape(RewardColumn column, JsonNode value, int count) {
    String path = column.path().text();
    boolean inner = value.isArray() && value.valueStream().anyMatch(JsonNode::isArray);
    if (inner) {
      return "it holds a list for each completion; say --map reward=min(%1$s[]), mean(%1$s[]) or %1$s[][-1]"
          .formatted(path);
    }
    if (count < 0 && value.isArray() && paths.containsKey(Field.TEXT)) {
      return "it holds a list for one completion; say --map reward=min(%1$s[]), mean(%1$s[]) or %1$s[-1]"
          .formatted(path);
    }
    if (count > 1 && !value.isArray()) {
      return "it is one value for a list of completions";
    }
    return count >= 0 && value.isArray() && value.size() != count
        ? "it has %d values for %d completions".formatted(value.size(), count)
        : null;
  }
}
