package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.row.DrawLine;
import topdraw.recordings.row.TableColumns;

/// Files of others, brought into the order of their prompts by DuckDB: on disk where memory ends,
/// in a folder of its own that [#close] removes.
final class ImportedRecording implements Recording {
  /// Rows looked at to recognise the columns of a file.
  static final int LOOK = 100;

  /// Stands where only a prompt's name is known.
  private static final String UNKNOWN_PROMPT = "null";

  /// Equal names of different prompts are told apart by a number, as in a prompt file.
  private static final String PROMPT_BY_PROMPT =
      """
      with prompts as (select key, prompt, min(row) as first from samples group by all),
           named as (select *, row_number() over (partition by key order by first) as nth from prompts)
      select if(nth = 1, key, key || '#' || nth), prompt, sample
      from samples join named using (key, prompt) order by first, row
      """;

  private final ScratchDatabase scratch;
  private final DuckDBConnection duck;
  private final List<Path> files;
  private final Mapping mapping;
  private final Set<String> rewards = new LinkedHashSet<>();
  private final List<String> columns = new ArrayList<>();
  private final List<String> firstBad = new ArrayList<>();
  private long bad;
  private long rows;
  private long sequence;

  private ImportedRecording(ScratchDatabase scratch, List<Path> files, Mapping mapping) {
    this.scratch = scratch;
    this.duck = scratch.duck();
    this.files = List.copyOf(files);
    this.mapping = mapping;
  }

  static ImportedRecording read(List<Path> files, Mapping mapping) throws IOException {
    ImportedRecording recording = new ImportedRecording(ScratchDatabase.open(), files, mapping);
    try {
      recording.create();
      for (Path file : files) {
        recording.take(file);
      }
      recording.requireSamples();
      return recording;
    } catch (SQLException e) {
      recording.close();
      throw failed(e);
    } catch (IOException | RuntimeException e) {
      recording.close();
      throw e;
    }
  }

  private void create() throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "create table samples (key varchar, row bigint, prompt varchar, sample varchar)");
    }
  }

  private void take(Path file) throws IOException, SQLException {
    List<String> places = new ArrayList<>();
    List<JsonNode> waiting = new ArrayList<>();
    RowReader[] reader = new RowReader[1];
    // Rows are read and written by turns, and a connection does one thing at a time.
    try (Connection reading = duck.duplicate();
        DuckDBAppender out = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "samples")) {
      RowSource.read(
          reading,
          file,
          (place, json) -> {
            rows++;
            JsonNode row = parse(place, json);
            if (row == null) {
              return;
            }
            if (reader[0] != null) {
              append(out, reader[0], place, row);
              return;
            }
            places.add(place);
            waiting.add(row);
            if (waiting.size() == LOOK) {
              reader[0] = recognise(file, waiting);
              flush(out, reader[0], places, waiting);
            }
          },
          (place, why) -> {
            rows++;
            bad(place, why);
          });
      if (reader[0] == null && !waiting.isEmpty()) {
        flush(out, recognise(file, waiting), places, waiting);
      }
    }
  }

  private RowReader recognise(Path file, List<JsonNode> rowsSeen) {
    Columns found;
    try {
      found = Columns.of(rowsSeen, mapping);
    } catch (IllegalArgumentException e) {
      throw InputException.at(file, e);
    }
    columns.add(found.words(file));
    return new RowReader(found, mapping.policyLogProbabilities());
  }

  private void flush(
      DuckDBAppender out, RowReader reader, List<String> places, List<JsonNode> waiting)
      throws SQLException {
    for (int i = 0; i < waiting.size(); i++) {
      append(out, reader, places.get(i), waiting.get(i));
    }
  }

  private @Nullable JsonNode parse(String place, String json) {
    try {
      JsonNode row = RowSource.parse(json);
      if (row.isObject()) {
        return TableColumns.tree((ObjectNode) ApiAnswer.flat(InspectLog.flat(row)));
      }
      bad(place, "not a JSON object");
    } catch (IllegalArgumentException e) {
      bad(place, Objects.requireNonNullElse(e.getMessage(), "unreadable"));
    } catch (JacksonException e) {
      bad(place, "not JSON: " + reason(e));
    }
    return null;
  }

  /// What the parser says to a person, without where it looked: the place says that.
  private static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(" \\(start marker at .*", "");
  }

  private void append(DuckDBAppender out, RowReader reader, String place, JsonNode row)
      throws SQLException {
    RowReader.Row read;
    try {
      read = reader.read(row, place);
    } catch (IllegalArgumentException e) {
      bad(place, Objects.requireNonNullElse(e.getMessage(), "unreadable"));
      return;
    }
    String prompt = read.prompt().map(Json::line).orElse(UNKNOWN_PROMPT);
    for (Draw draw : read.draws()) {
      addRewards(draw.scores());
      out.beginRow();
      out.append(read.key());
      out.append(sequence++);
      out.append(prompt);
      out.append(Json.line(StoredDraw.of(draw)));
      out.endRow();
    }
  }

  /// A reward is there where it has a value.
  private void addRewards(Scores scores) {
    for (int i = 0; i < scores.names().size(); i++) {
      if (scores.scores().get(i) instanceof Score.Value) {
        rewards.add(scores.names().get(i));
      }
    }
  }

  private void bad(String place, String why) {
    bad++;
    if (firstBad.size() < BadRows.NAMED) {
      firstBad.add(place + ": " + why);
    }
  }

  private void requireSamples() {
    if (sequence == 0) {
      throw new InputException(
          Problem.MISSING,
          files.getFirst()
              + (rows == 0
                  ? ": no rows; record some samples first"
                  : ": none of the rows is a sample; the first is " + firstBad.getFirst()));
    }
  }

  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    try (Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(PROMPT_BY_PROMPT)) {
      String key = null;
      Optional<Prompt> prompt = Optional.empty();
      List<Draw> draws = new ArrayList<>();
      while (found.next()) {
        if (key != null && !key.equals(found.getString(1))) {
          prompts.accept(new PromptDraws(key, prompt, draws));
          draws = new ArrayList<>();
        }
        key = found.getString(1);
        if (draws.isEmpty()) {
          prompt = prompt(found.getString(2));
        }
        draws.add(Json.mapper().readValue(found.getString(3), StoredDraw.class).draw(draws.size()));
      }
      if (key != null) {
        prompts.accept(new PromptDraws(key, prompt, draws));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Optional<Prompt> prompt(String json) {
    return json.equals(UNKNOWN_PROMPT)
        ? Optional.empty()
        : Optional.of(DrawLine.prompt(Json.read("{\"prompt\":" + json + "}")));
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public List<String> rewards() {
    return mapping.ordered(rewards);
  }

  @Override
  public String name() {
    return files.getFirst().toString();
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns);
  }

  @Override
  public BadRows bad() {
    return new BadRows(bad, firstBad);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }

  private static IOException failed(SQLException e) {
    return new IOException("cannot import: " + ScratchDatabase.firstLine(e), e);
  }
}
