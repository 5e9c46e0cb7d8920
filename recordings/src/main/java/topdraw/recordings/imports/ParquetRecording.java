package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.DrawsBuilder;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.TableColumns;

/// Parquet files with a row for each sample and plain values, read where they lie: column by
/// column, in their own order where each prompt's rows stand together, else in the order of the
/// prompts.
final class ParquetRecording implements Recording {
  /// Nothing is guessed from the names of folders.
  private static final String OPTIONS = ", hive_partitioning = false, union_by_name = false";

  /// Rows in which columns that nobody knows are looked at.
  private static final int SPLIT_ROWS = 200_000;

  private final ScratchDatabase scratch;
  private final List<Path> files;
  private final FlatColumns flat;
  private final Mapping mapping;
  private final List<String> rewards;
  private final boolean together;
  private final long count;

  private ParquetRecording(
      ScratchDatabase scratch,
      List<Path> files,
      FlatColumns flat,
      Mapping mapping,
      List<String> rewards,
      boolean together,
      long count) {
    this.scratch = scratch;
    this.files = files;
    this.flat = flat;
    this.mapping = mapping;
    this.rewards = rewards;
    this.together = together;
    this.count = count;
  }

  /// Opens the files, where all are Parquet of that kind and every row can be read.
  static Optional<Recording> open(List<Path> files, Mapping mapping) throws IOException {
    if (mapping.join().isPresent() || mapping.of(Field.ROWS).isPresent()) {
      return Optional.empty();
    }
    for (Path file : files) {
      if (Contents.packing(file) != Contents.Packing.PARQUET) {
        return Optional.empty();
      }
    }
    ScratchDatabase scratch = ScratchDatabase.open();
    try {
      scratch.takeLittle();
      Optional<Recording> recording = read(scratch, files, mapping);
      if (recording.isEmpty()) {
        scratch.close();
      }
      return recording;
    } catch (SQLException | IllegalArgumentException e) {
      // Whatever is wrong with the files, the reader of rows says which row it is.
      scratch.close();
      return Optional.empty();
    }
  }

  private static Optional<Recording> read(
      ScratchDatabase scratch, List<Path> files, Mapping mapping) throws SQLException {
    long count = 0;
    for (Path file : files) {
      count += ParquetCounts.of(scratch.duck(), file, RowSource.literal(file));
    }
    Optional<Columns> columns = recognise(scratch, files.getFirst(), mapping);
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> types = types(scratch, files.getFirst());
    for (Path file : files.subList(1, files.size())) {
      if (!types.equals(types(scratch, file))
          || !columns.equals(recognise(scratch, file, mapping))) {
        return Optional.empty();
      }
    }
    Optional<FlatColumns> flat = FlatColumns.of(columns.get(), types);
    if (flat.isEmpty() || splits(scratch, files, flat.get())) {
      return Optional.empty();
    }
    Optional<List<String>> rewards = rewards(scratch, files, flat.get());
    if (rewards.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ParquetRecording(
            scratch,
            files,
            flat.get(),
            mapping,
            rewards.get(),
            together(scratch, files, flat.get()),
            count));
  }

  /// Nothing where the file has no row.
  private static Optional<Columns> recognise(ScratchDatabase scratch, Path file, Mapping mapping)
      throws SQLException {
    List<JsonNode> rows = new ArrayList<>();
    query(
        scratch,
        "select to_json(t) from read_parquet([?]" + OPTIONS + ") t limit " + ImportedRecording.LOOK,
        List.of(file),
        found -> rows.add(TableColumns.tree((ObjectNode) RowSource.parse(found.getString(1)))));
    return rows.isEmpty() ? Optional.empty() : Optional.of(Recognition.of(rows, mapping));
  }

  private static Map<String, String> types(ScratchDatabase scratch, Path file) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    query(
        scratch,
        "describe select * from read_parquet([?]" + OPTIONS + ")",
        List.of(file),
        found -> types.put(found.getString(1), found.getString(2)));
    return types;
  }

  /// The rewards that some sample has; empty where a row cannot be read.
  private static Optional<List<String>> rewards(
      ScratchDatabase scratch, List<Path> files, FlatColumns flat) throws SQLException {
    List<String> names = List.copyOf(flat.rewards().keySet());
    StringBuilder select =
        new StringBuilder("select count(*) filter (" + flat.bad() + "), count(*)");
    flat.rewards()
        .values()
        .forEach(
            column -> {
              String value = FlatColumns.quoted(column) + "::double";
              select.append(", count(*) filter (not isnan(" + value + "))");
            });
    List<String> rewards = new ArrayList<>();
    boolean[] sound = new boolean[1];
    query(
        scratch,
        select + " from " + source(files),
        files,
        found -> {
          sound[0] = found.getLong(1) == 0 && found.getLong(2) > 0;
          for (int r = 0; r < names.size(); r++) {
            if (found.getLong(3 + r) > 0) {
              rewards.add(names.get(r));
            }
          }
        });
    return sound[0] ? Optional.of(rewards) : Optional.empty();
  }

  /// Whether a column that nobody knows splits the draws of a prompt by design: then the reader of
  /// rows finds out which.
  private static boolean splits(ScratchDatabase scratch, List<Path> files, FlatColumns flat)
      throws SQLException {
    List<String> marks = flat.columns().marks().stream().map(RowPath::text).toList();
    if (marks.isEmpty()) {
      return false;
    }
    StringBuilder select = new StringBuilder("select * from (select " + flat.group() + " as g");
    select.append(", row_number() over () as place, coalesce(").append(flat.text()).append(", '')");
    select.append(", ").append(flat.score(flat.rewards().keySet().iterator().next()));
    marks.forEach(
        mark ->
            select.append(", coalesce(").append(FlatColumns.quoted(mark)).append("::varchar, '')"));
    select
        .append(" from ")
        .append(source(files))
        .append(" limit " + SPLIT_ROWS + ") order by g, place");
    SplitRows rows = new SplitRows(marks);
    query(scratch, select.toString(), files, rows::row);
    return rows.splits();
  }

  /// Whether the rows of each prompt stand together: there are as many prompts as changes of it.
  private static boolean together(ScratchDatabase scratch, List<Path> files, FlatColumns flat)
      throws SQLException {
    boolean[] together = new boolean[1];
    query(
        scratch,
        "select count(distinct key) = count(*) filter (key is distinct from before) from (select"
            + " key, lag(key) over () as before from (select "
            + flat.group()
            + " as key from "
            + source(files)
            + "))",
        files,
        found -> together[0] = found.getBoolean(1));
    return together[0];
  }

  private static String source(List<Path> files) {
    return "read_parquet(["
        + String.join(", ", Collections.nCopies(files.size(), "?"))
        + "], filename = true, file_row_number = true, hive_partitioning = false,"
        + " union_by_name = false)";
  }

  @FunctionalInterface
  interface Rows {
    void row(ResultSet found) throws SQLException;
  }

  /// The paths are parameters, never part of the query.
  static void query(ScratchDatabase scratch, String sql, List<Path> files, Rows rows)
      throws SQLException {
    try (PreparedStatement statement = scratch.duck().prepareStatement(sql)) {
      for (int f = 0; f < files.size(); f++) {
        statement.setString(f + 1, RowSource.literal(files.get(f)));
      }
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.row(found);
        }
      }
    }
  }

  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    go(prompts, true);
  }

  @Override
  public void forEachWithoutTexts(Consumer<PromptDraws> prompts) throws IOException {
    // A reader of texts without log-probabilities judges repeats by their length.
    go(prompts, !flat.columns().paths().containsKey(Field.LOG_P));
  }

  private void go(Consumer<PromptDraws> prompts, boolean texts) throws IOException {
    ParquetRows rows = new ParquetRows(flat, rewards, mapping.policyLogProbabilities(), texts);
    Grouping grouping = new Grouping(rows, prompts);
    try {
      if (texts) {
        scratch.takeMore();
      }
      query(scratch, rows.query(source(files), together), files, grouping::row);
      ParquetCounts.require(files.getFirst(), count, grouping.read);
      grouping.finish();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// Damaged pages are seen when they are unpacked: that is the file's, all else the machine's.
  private IOException failed(SQLException e) {
    String why = ScratchDatabase.firstLine(e);
    if (why.startsWith("Out of Memory Error") || why.startsWith("IO Error")) {
      return new IOException("cannot read " + files + ": " + why, e);
    }
    throw new InputException(
            Problem.MALFORMED,
            files.getFirst()
                + (files.size() > 1 ? " or a file after it" : "")
                + ": cannot be read: its data are damaged"
                // Of a result that is streamed DuckDB forgets the reason.
                + (why.contains("Invalid result set") ? "" : ": " + why))
        .by(e);
  }

  /// Hands on each prompt when its last row was read.
  private static final class Grouping {
    private final ParquetRows rows;
    private final Consumer<PromptDraws> prompts;
    private DrawsBuilder draws = new DrawsBuilder();
    private @Nullable String key;
    private Optional<Prompt> prompt = Optional.empty();
    private long group;
    private long read;

    Grouping(ParquetRows rows, Consumer<PromptDraws> prompts) {
      this.rows = rows;
      this.prompts = prompts;
    }

    void row(ResultSet found) throws SQLException {
      long now = rows.group(found);
      if (key == null || now != group) {
        finish();
        group = now;
        prompt = rows.prompt(found);
        key = rows.key(found, prompt);
      }
      draws.add(rows.draw(found, draws.size()));
      read++;
    }

    void finish() {
      if (key != null) {
        List<Draw> whole = draws.build(key);
        draws = new DrawsBuilder();
        prompts.accept(new PromptDraws(key, prompt, whole));
      }
    }
  }

  @Override
  public List<Path> files() {
    return List.copyOf(files);
  }

  @Override
  public List<String> rewards() {
    return mapping.ordered(rewards);
  }

  @Override
  public List<String> unused() {
    return flat.columns().unused();
  }

  @Override
  public String name() {
    return files.getFirst().toString();
  }

  @Override
  public List<String> columns() {
    return files.stream().map(file -> flat.columns().words(file)).toList();
  }

  @Override
  public List<String> mappings() {
    return files.stream().map(file -> flat.columns().map()).toList();
  }

  @Override
  public BadRows bad() {
    return new BadRows(0, List.of());
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
