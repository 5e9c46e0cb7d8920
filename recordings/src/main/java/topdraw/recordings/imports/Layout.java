package topdraw.recordings.imports;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.recordings.path.RowPath;

/// How one program writes samples.
///
/// @param name the program
/// @param has what every file of it has in some row
/// @param fields where the fields are, the likeliest path first
/// @param rewards where the rewards are, a minus before those of which less is better
/// @param policy what tells policies apart
/// @param asked what else tells prompts apart
/// @param only what a row has that is a sample; other rows are events beside samples
/// @param verdict what an event has that scores a sample
/// @param fails what a row has where nothing was drawn
/// @param logP what the log-probabilities are of; empty where the file does not say
/// @param words words that are scores
/// @param wordsOnly whether other words are no scores, and no fault either
/// @param missing what is to be done where such a file has no score
record Layout(
    String name,
    List<RowPath> has,
    Map<Field, List<RowPath>> fields,
    List<String> rewards,
    List<RowPath> policy,
    List<RowPath> asked,
    List<RowPath> only,
    List<RowPath> verdict,
    Optional<RowPath> fails,
    String logP,
    Map<String, Double> words,
    boolean wordsOnly,
    Optional<String> missing) {

  static Layout of(JsonNode json) {
    Map<Field, List<RowPath>> fields = new EnumMap<>(Field.class);
    json.path("map")
        .forEachEntry((field, paths) -> fields.put(Field.of(field), Layouts.paths(paths)));
    Map<String, Double> words = new LinkedHashMap<>();
    json.path("words").forEachEntry((word, number) -> words.put(word, number.doubleValue()));
    return new Layout(
        json.get("name").stringValue(),
        Layouts.paths(json.get("has")),
        fields,
        json.path("rewards").valueStream().map(JsonNode::stringValue).toList(),
        Layouts.paths(json.path("policy")),
        Layouts.paths(json.path("asked")),
        Layouts.paths(json.path("only")),
        Layouts.paths(json.path("verdict")),
        json.path("fails").asStringOpt().map(RowPath::of),
        json.path("log_p").asString(""),
        words,
        json.path("other_words").asString("").equals("missing"),
        json.path("missing").asStringOpt());
  }

  /// Whether a row is a sample, where rows of other kinds stand between samples.
  boolean sample(JsonNode row) {
    return only.stream().allMatch(path -> Columns.present(row, path));
  }

  /// Whether a row scores a sample that stands in another row.
  boolean scores(JsonNode row) {
    return !sample(row) && verdict.stream().anyMatch(path -> Columns.present(row, path));
  }

  boolean fits(List<JsonNode> rows) {
    return has.stream().allMatch(path -> rows.stream().anyMatch(row -> Columns.present(row, path)));
  }
}
