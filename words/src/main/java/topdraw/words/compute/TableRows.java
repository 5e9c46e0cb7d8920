package topdraw.words.compute;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.quantity.Inputs;
import topdraw.words.NamedTable;

/// Makes outcome tables of what stands in a file: lists, or a row an outcome.
final class TableRows {
  private static final Set<String> COLUMNS = Set.of("p", "log_p", "reward", "name");

  private TableRows() {}

  /// One outcome as it was read.
  ///
  /// @param place where it stands in its file
  /// @param node an object of columns
  record Row(String place, JsonNode node) {}

  static NamedTable ofRows(List<Row> rows, Path file) {
    if (rows.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          file + ": no outcome; expected a row an outcome, with p or log_p, reward, name");
    }
    String mass = rows.getFirst().node().has("log_p") ? "log_p" : "p";
    boolean rewarded = rows.getFirst().node().has("reward");
    ArrayNode masses = Json.mapper().createArrayNode();
    ArrayNode rewards = Json.mapper().createArrayNode();
    for (Row row : rows) {
      check(row, mass, rewarded, file);
      masses.add(row.node().get(mass));
      if (rewarded) {
        rewards.add(row.node().get("reward"));
      }
    }
    ObjectNode lists = Json.mapper().createObjectNode().set(mass, masses);
    if (rewarded) {
      lists.set("rewards", rewards);
    }
    List<String> names =
        IntStream.range(0, rows.size())
            .mapToObj(i -> rows.get(i).node().path("name").asString(Integer.toString(i + 1)))
            .toList();
    return new NamedTable(table(lists, file), names, rewarded);
  }

  /// Each row has the columns of the first, and numbers in them.
  private static void check(Row row, String mass, boolean rewarded, Path file) {
    String place = file + ": " + row.place() + ": ";
    if (!row.node().isObject()) {
      throw new InputException(
          Problem.MALFORMED,
          place + "expected an object such as {\"p\": 0.5, \"reward\": 1}, found " + row.node());
    }
    for (String column : row.node().propertyNames()) {
      if (!COLUMNS.contains(column)) {
        throw new InputException(
            Problem.UNKNOWN,
            place + "unknown column \"" + column + "\"; expected p or log_p, reward, name");
      }
    }
    if (!rewarded && row.node().has("reward")) {
      throw new InputException(
          Problem.MALFORMED,
          place + "has a reward and the first row has none; give every outcome one");
    }
    for (String column : rewarded ? List.of(mass, "reward") : List.of(mass)) {
      JsonNode value = row.node().path(column);
      if (!value.isNumber() && !value.asString("").matches("-?inf")) {
        throw new InputException(
            Problem.MISSING,
            place
                + (value.isMissingNode()
                    ? "no " + column + "; every outcome needs one"
                    : column + " must be a number, was " + value));
      }
      if (column.equals("p") && value.asDouble(0) < 0) {
        throw new InputException(
            Problem.OUT_OF_RANGE, place + "p must be at least 0, was " + value);
      }
    }
  }

  static NamedTable ofLists(ObjectNode lists, Path file) {
    OutcomeTable table = table(lists, file);
    return new NamedTable(
        table,
        IntStream.rangeClosed(1, table.size()).mapToObj(Integer::toString).toList(),
        lists.has("rewards"));
  }

  private static OutcomeTable table(ObjectNode lists, Path file) {
    try {
      Inputs inputs = JsonInputs.of(lists);
      inputs.onlyHas(List.of("p", "log_p", "rewards"));
      return inputs.has("rewards") ? inputs.rewardedTable() : inputs.table();
    } catch (IllegalArgumentException e) {
      throw InputException.at(file, e);
    }
  }
}
