package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.path.RowPath;

/// Brings the rows of a second file to those of the first, on disk where memory ends.
final class Joining {
  private static final String HERE = "here";
  private static final String THERE = "there";

  /// Under this name stands what both rows have and say differently.
  private static final String BOTH = "joined";

  private final Join join;
  private final boolean itself;
  private final ScratchDatabase scratch;
  private long rows;
  private long alone;
  private long used;
  private long others;

  private Joining(Join join, boolean itself, ScratchDatabase scratch) {
    this.join = join;
    this.itself = itself;
    this.scratch = scratch;
  }

  /// @param files what is read, the second file among them where samples and their scores stand in
  ///   rows of one file
  static Joining of(Join join, List<Path> files, ScratchDatabase scratch) throws IOException {
    Path other = GivenFile.lasting(join.file());
    boolean itself = false;
    for (Path file : files) {
      itself |= Files.isSameFile(file, other);
    }
    Joining joining = new Joining(join, itself, scratch);
    try {
      joining.storeOthers();
    } catch (SQLException e) {
      throw failed(e);
    }
    return joining;
  }

  private void storeOthers() throws IOException, SQLException {
    try (Statement statement = scratch.duck().createStatement()) {
      statement.execute("create table here (id varchar, row bigint, place varchar, json varchar)");
      statement.execute("create table there (id varchar, row bigint, place varchar, json varchar)");
    }
    List<RowPath> keys = join.keys().stream().map(key -> RowPath.of(key.there())).toList();
    others =
        store(
            THERE,
            join.file(),
            Optional.empty(),
            keys,
            itself ? row -> Layouts.all().stream().anyMatch(l -> l.scores(row)) : row -> true,
            null);
    requireOnce();
  }

  private void requireOnce() throws SQLException {
    try (Statement statement = scratch.duck().createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id, count(*) as times, min(place) from there where id is not null"
                    + " group by id having times > 1 order by min(row) limit 1")) {
      if (found.next()) {
        throw new InputException(
            Problem.MALFORMED,
            "%s: %s is there %d times, first at %s; a row finds one partner: name what else is equal with a further --on"
                .formatted(join.file(), found.getString(1), found.getLong(2), found.getString(3)));
      }
    }
  }

  private long store(
      String table,
      Path file,
      Optional<String> told,
      List<RowPath> keys,
      Predicate<JsonNode> wanted,
      @Nullable RowConsumer bad)
      throws IOException, SQLException {
    long[] count = new long[1];
    try (Connection writing = scratch.duck().duplicate();
        DuckDBAppender out =
            ((DuckDBConnection) writing).createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
      RowSource.read(
          scratch,
          file,
          told,
          new RowConsumer() {
            @Override
            public void row(String place, JsonNode row) throws IOException {
              if (!wanted.test(row)) {
                return;
              }
              try {
                out.beginRow();
                out.append(id(row, keys));
                out.append(count[0]++);
                out.append(place);
                out.append(Json.line(row));
                out.endRow();
              } catch (SQLException e) {
                throw failed(e);
              }
            }

            @Override
            public void bad(String place, String why) throws IOException {
              if (bad == null) {
                throw new InputException(Problem.MALFORMED, place + ": " + why);
              }
              bad.bad(place, why);
            }
          });
    }
    return count[0];
  }

  private static @Nullable String id(JsonNode row, List<RowPath> keys) {
    List<String> values = new ArrayList<>();
    for (RowPath key : keys) {
      JsonNode value = key.at(row);
      if (value == null || value.isNull() || value.isContainer()) {
        return null;
      }
      values.add(value.asString());
    }
    return values.size() == 1 ? values.getFirst() : Json.line(values);
  }

  /// Reads a file, and hands on each row with its partner's values.
  void read(Path file, Optional<String> told, RowConsumer rowsOf) throws IOException {
    // Rows are read and written by turns, and a connection does one thing at a time.
    try (Connection reading = scratch.duck().duplicate()) {
      read(reading, file, told, rowsOf);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void read(Connection reading, Path file, Optional<String> told, RowConsumer rowsOf)
      throws IOException, SQLException {
    try (Statement statement = scratch.duck().createStatement()) {
      statement.execute("delete from here");
    }
    List<RowPath> keys = join.keys().stream().map(key -> RowPath.of(key.here())).toList();
    Predicate<JsonNode> wanted =
        itself ? row -> Layouts.all().stream().noneMatch(l -> l.scores(row)) : row -> true;
    long taken = store(HERE, file, told, keys, wanted, rowsOf);
    rows += taken;
    try (Statement statement = reading.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select here.place, here.json, there.json from here left join there using (id) order by here.row")) {
      while (found.next()) {
        ObjectNode row = object(found.getString(2));
        String other = found.getString(3);
        if (other == null) {
          alone++;
        } else {
          add(row, object(other));
        }
        rowsOf.row(found.getString(1), row);
      }
    }
    try (Statement statement = reading.createStatement();
        ResultSet found =
            statement.executeQuery("select count(*) from there semi join here using (id)")) {
      found.next();
      used += found.getLong(1);
    }
    if (taken > 0 && alone == rows) {
      throw new InputException(
          Problem.MALFORMED,
          "no row of %s finds a partner in %s by %s; see both with topdraw columns"
              .formatted(file, join.file(), on()));
    }
  }

  private static IOException failed(SQLException e) {
    return new IOException("cannot import: " + ScratchDatabase.firstLine(e), e);
  }

  private static ObjectNode object(String json) {
    JsonNode node = RowSource.parse(json);
    if (node instanceof ObjectNode object) {
      return object;
    }
    ObjectNode only = Json.mapper().createObjectNode();
    only.set("value", node);
    return only;
  }

  private static void add(ObjectNode row, ObjectNode other) {
    ObjectNode both = Json.mapper().createObjectNode();
    other.forEachEntry(
        (name, value) -> {
          JsonNode own = row.get(name);
          if (own == null || own.isNull()) {
            row.set(name, value);
          } else if (!own.equals(value)) {
            both.set(name, value);
          }
        });
    if (!both.isEmpty()) {
      row.set(BOTH, both);
    }
  }

  private String on() {
    return String.join(
        ", ",
        join.keys().stream()
            .map(
                key -> key.here().equals(key.there()) ? key.here() : key.here() + "=" + key.there())
            .toList());
  }

  /// What found each other and what did not.
  String words() {
    return "joined with %s on %s: %d of %d rows have a partner, %d have none; %d of its %d rows were not used"
        .formatted(join.file(), on(), rows - alone, rows, alone, others - used, others);
  }
}
