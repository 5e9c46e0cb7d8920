package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.ScoreWords;
import topdraw.recordings.row.TableColumns;

/// Files of others, brought into the order of their prompts by DuckDB: on disk where memory ends,
/// in a folder of its own that [#close] removes.
final class ImportedRecording implements Recording {
  /// Rows looked at to recognise the columns of a file.
  static final int LOOK = 100;

  /// Equal names of different prompts are told apart by a number, as in a prompt file.
  private static final String PROMPT_BY_PROMPT =
      """
      with prompts as (select key, prompt, beside, min(row) as first from samples group by all),
           named as (select *, row_number() over (partition by key order by first) as nth from prompts)
      select if(nth = 1, key, key || '#' || nth), prompt, sample, marks
      from samples join named using (key, prompt, beside) order by first, row
      """;

  private final ScratchDatabase scratch;
  private final DuckDBConnection duck;
  private final List<Path> files;
  private final Mapping mapping;
  private final Set<String> rewards = new LinkedHashSet<>();
  private final List<Columns> recognised = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();
  private final Unreadable unreadable = new Unreadable();
  private final Set<String> marks = new LinkedHashSet<>();
  private final Set<String> policies = new LinkedHashSet<>();
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
      Optional<Joining> joining = Optional.empty();
      if (mapping.join().isPresent()) {
        joining = Optional.of(Joining.of(mapping.join().get(), files, recording.scratch));
      }
      for (Path file : files) {
        recording.take(file, joining);
      }
      joining.ifPresent(join -> recording.columns.add(join.words()));
      recording.requireSamples();
      recording.unreadable.require(mapping.lenient(), recording.columns);
      recording.split();
      recording.agree();
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
          "create table samples (key varchar, row bigint, prompt varchar, beside varchar,"
              + " sample varchar, marks varchar)");
    }
  }

  private void take(Path file, Optional<Joining> joining) throws IOException, SQLException {
    // Rows are read and written by turns, and a connection does one thing at a time.
    try (Connection reading = duck.duplicate();
        DuckDBAppender out = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "samples")) {
      Taking taking = new Taking(file, out);
      if (joining.isPresent()) {
        joining.get().read(reading, file, mapping.one(Field.ROWS), taking);
      } else {
        RowSource.read(reading, scratch.folder(), file, mapping.one(Field.ROWS), taking);
      }
      taking.finish();
    }
  }

  /// Takes the rows of one file: the first to recognise its columns, then all.
  private final class Taking implements RowConsumer {
    private final Path file;
    private final DuckDBAppender out;
    private final List<String> places = new ArrayList<>();
    private final List<JsonNode> waiting = new ArrayList<>();
    private @Nullable RowReader reader;
    private List<RowPath> marked = List.of();
    private final GrowingPrompts growing = new GrowingPrompts();
    private long events;

    Taking(Path file, DuckDBAppender out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void row(String place, JsonNode foreign) throws SQLException {
      unreadable.row();
      JsonNode row;
      try {
        if (!foreign.isObject()) {
          unreadable.bad(place, "not a JSON object");
          return;
        }
        row = TableColumns.tree((ObjectNode) ApiAnswer.flat(foreign));
      } catch (IllegalArgumentException e) {
        unreadable.passedOver(place, e);
        return;
      }
      if (reader != null) {
        append(reader, place, row);
        return;
      }
      places.add(place);
      waiting.add(row);
      if (waiting.size() == LOOK) {
        flush();
      }
    }

    @Override
    public void bad(String place, String why) {
      unreadable.row();
      unreadable.bad(place, why);
    }

    void finish() throws SQLException {
      if (reader == null && !waiting.isEmpty()) {
        flush();
      }
      if (events > 0) {
        columns.add("%s: %,d events beside the samples are no draws".formatted(file, events));
      }
    }

    private void flush() throws SQLException {
      Columns found;
      try {
        found = Recognition.of(waiting, mapping);
      } catch (IllegalArgumentException e) {
        throw new InputException(Problem.MALFORMED, file + ": " + e.getMessage()).by(e);
      }
      recognised.add(found);
      columns.add(found.words(file));
      marked = found.marks();
      marked.forEach(path -> marks.add(path.text()));
      RowReader made = new RowReader(found, mapping.policyLogProbabilities());
      reader = made;
      for (int i = 0; i < waiting.size(); i++) {
        append(made, places.get(i), waiting.get(i));
      }
      waiting.clear();
    }

    private void append(RowReader made, String place, JsonNode row) throws SQLException {
      if (made.beside(row)) {
        events++;
        return;
      }
      RowReader.Row read;
      try {
        read = growing.underFirst(made.read(row, place));
      } catch (ScoreWords.InfiniteScore e) {
        throw new InputException(Problem.MALFORMED, place + ": " + e.getMessage()).by(e);
      } catch (IllegalArgumentException e) {
        unreadable.passedOver(place, e);
        return;
      }
      read.unreadable().ifPresent(why -> unreadable.score(place, why));
      String prompt = StoredRow.prompt(read);
      for (PartDraw part : read.draws()) {
        addRewards(part.draw().scores());
        out.beginRow();
        out.append(StoredRow.key(read));
        out.append(sequence++);
        out.append(prompt);
        out.append(read.beside());
        out.append(StoredRow.sample(part));
        out.append(StoredRow.marks(part, marked));
        out.endRow();
      }
    }
  }

  /// A reward is there where it has a value, or was read and has none.
  private void addRewards(Scores scores) {
    for (int i = 0; i < scores.names().size(); i++) {
      if (scores.scores().get(i) instanceof Score.Value) {
        rewards.add(scores.names().get(i));
      }
    }
  }

  private void requireSamples() {
    if (sequence == 0) {
      throw new InputException(
          Problem.MALFORMED,
          files.getFirst()
              + (unreadable.rows() == 0
                  ? ": no rows; record some samples first"
                  : ": none of the rows is a sample; the first is " + unreadable.first()));
    }
  }

  /// Asks the whole of the data what the unknown columns are.
  private void split() throws SQLException {
    if (marks.isEmpty()) {
      return;
    }
    Map<String, Splits> splits = new LinkedHashMap<>();
    marks.forEach(column -> splits.put(column, new Splits(column)));
    try {
      forEachPart(
          new PromptParts<>() {
            private int prompts;

            @Override
            public boolean prompt(String key, String prompt, List<PartDraw> parts) {
              Splits.look(List.copyOf(splits.values()), parts);
              return ++prompts < Splits.PROMPTS;
            }
          });
    } catch (IOException e) {
      throw new SQLException(e);
    }
    for (Map.Entry<String, Splits> entry : splits.entrySet()) {
      Splits.Kind kind = entry.getValue().kind();
      if (kind == Splits.Kind.POLICY) {
        policies.add(entry.getKey());
      } else if (kind == Splits.Kind.PROMPT) {
        ask(entry.getKey());
      }
      if (kind != Splits.Kind.NOTE) {
        columns.add(entry.getValue().words(kind));
      }
    }
  }

  /// The column belongs to the question from now on.
  private void ask(String column) throws SQLException {
    try (PreparedStatement statement =
        duck.prepareStatement(
            "update samples set beside = beside || '\n"
                + "' || coalesce(json_extract_string(marks, ?), '')")) {
      statement.setString(1, "$.\"" + column.replace("\"", "\\\"") + "\"");
      statement.execute();
    }
  }

  /// How far raters agree, where rows are their views.
  private void agree() throws IOException {
    if (recognised.stream().noneMatch(found -> found.has(Field.RATER))) {
      return;
    }
    Agreement agreement = new Agreement();
    forEachPart(
        (key, prompt, parts) -> {
          Parts.rated(parts).forEach(agreement::add);
          return true;
        });
    columns.add(agreement.words());
  }

  /// The rows of each prompt.
  ///
  /// @param <P> what they are collected in
  @FunctionalInterface
  private interface PromptParts<P> {
    /// @return whether to go on
    boolean prompt(String key, String prompt, P parts);
  }

  private void forEachPart(PromptParts<List<PartDraw>> prompts) throws IOException {
    forEachPart(ArrayList<PartDraw>::new, List::add, List::size, prompts::prompt);
  }

  private <P> void forEachPart(
      Supplier<P> none, BiConsumer<P, PartDraw> add, ToIntFunction<P> size, PromptParts<P> prompts)
      throws IOException {
    List<String> names = List.copyOf(marks);
    try (Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(PROMPT_BY_PROMPT)) {
      String key = null;
      String prompt = StoredRow.UNKNOWN_PROMPT;
      P parts = none.get();
      while (found.next()) {
        if (key != null && !key.equals(found.getString(1))) {
          if (!prompts.prompt(key, prompt, parts)) {
            return;
          }
          parts = none.get();
        }
        key = found.getString(1);
        int index = size.applyAsInt(parts);
        if (index == 0) {
          prompt = found.getString(2);
        }
        add.accept(
            parts, StoredRow.part(found.getString(3), found.getString(4), names, policies, index));
      }
      if (key != null) {
        prompts.prompt(key, prompt, parts);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    forEachPart(
        PartsBuilder::new,
        PartsBuilder::add,
        PartsBuilder::size,
        (key, prompt, parts) -> {
          prompts.accept(new PromptDraws(key, StoredRow.prompt(prompt), parts.build(key)));
          return true;
        });
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
  public List<String> unused() {
    return recognised.stream().flatMap(found -> found.unused().stream()).distinct().toList();
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
  public List<String> mappings() {
    return recognised.stream().map(Columns::map).toList();
  }

  @Override
  public BadRows bad() {
    return unreadable.rowsLeftOut();
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }

  private static IOException failed(SQLException e) {
    return new IOException("cannot import: " + ScratchDatabase.firstLine(e), e);
  }
}
