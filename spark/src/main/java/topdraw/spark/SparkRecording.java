package topdraw.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Measurements;
import topdraw.estimate.OneSet;
import topdraw.estimate.OneSet.Taken;
import topdraw.estimate.Questions;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.recordings.file.LineReader;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.ScatteredMarks;
import topdraw.recordings.imports.ScatteredPrompt;
import topdraw.recordings.imports.ScatteredRows;
import topdraw.spark.InputFiles.InputFile;
import topdraw.spark.InputFiles.Kind;
import topdraw.theory.confidence.Scope;

/// Files of others whose rows are read where they lie, shuffled once into the order of their
/// prompts, and measured there. What comes to the driver is a measurement a prompt.
final class SparkRecording implements Recording {
  /// Rows that are looked at to recognise columns.
  private static final int LOOK = 1_000;

  /// Bytes of the files for each partition of prompts.
  private static final long PARTITION = 32L << 20;

  private static final int MOST_PARTITIONS = 10_000;

  private final Session session;
  private final List<InputFile> files;
  private final Mapping mapping;
  private final Reading reading;
  private final JavaRDD<Row> byPrompt;
  private final Surveyed surveyed;
  private final LinkedHashSet<String> marks;
  private final Set<String> policies;
  private final List<String> columns;

  private SparkRecording(
      Session session,
      List<InputFile> files,
      Mapping mapping,
      Reading reading,
      JavaRDD<Row> byPrompt,
      Surveyed surveyed,
      Set<String> marks,
      Set<String> policies,
      List<String> columns) {
    this.session = session;
    this.files = files;
    this.mapping = mapping;
    this.reading = reading;
    this.byPrompt = byPrompt;
    this.surveyed = surveyed;
    this.marks = new LinkedHashSet<>(marks);
    this.policies = policies;
    this.columns = columns;
  }

  static SparkRecording open(Session session, InputFiles named, Mapping mapping)
      throws IOException {
    List<InputFile> files = named.all();
    Reading reading = recognised(session, files, mapping);
    JavaSparkContext context = session.context();
    int cores = context.defaultParallelism();
    long bytes = files.stream().mapToLong(InputFile::length).sum();
    int partitions = Math.clamp(bytes / PARTITION, cores, Math.max(cores, MOST_PARTITIONS));
    JavaRDD<Row> byPrompt =
        SampleTable.byPrompt(session.spark(), rows(session, files, reading), partitions);
    Surveyed surveyed = surveyed(byPrompt);
    List<String> columns = new ArrayList<>();
    Set<String> marks = new LinkedHashSet<>();
    for (int f = 0; f < files.size(); f++) {
      if (reading.meaning()[f] >= 0) {
        ScatteredRows meaning = reading.meanings().get(reading.meaning()[f]);
        columns.add(meaning.words(files.get(f).name()));
        marks.addAll(meaning.marks());
        Long events = surveyed.events().get(f);
        if (events != null) {
          columns.add(
              "%s: %,d events beside the samples are no draws"
                  .formatted(files.get(f).name(), events));
        }
      }
    }
    columns.addAll(surveyed.seen().counts().require(files.getFirst().name(), mapping.lenient()));
    Set<String> policies = Set.of();
    if (!marks.isEmpty()) {
      ScatteredMarks asked = asked(byPrompt, surveyed, marks);
      columns.addAll(asked.words());
      policies = asked.policies();
      if (!asked.asked().isEmpty()) {
        byPrompt = split(session, byPrompt, asked.asked(), partitions);
        surveyed = surveyed(byPrompt);
      }
    }
    return new SparkRecording(
        session, files, mapping, reading, byPrompt, surveyed, marks, policies, columns);
  }

  /// What the rows of each file mean, of which those that mean the same are sent once.
  private static Reading recognised(Session session, List<InputFile> files, Mapping mapping)
      throws IOException {
    ArrayList<ScatteredRows> meanings = new ArrayList<>();
    ArrayList<String> names = new ArrayList<>();
    int[] meaning = new int[files.size()];
    Arrays.fill(meaning, -1);
    for (int f = 0; f < files.size(); f++) {
      InputFile file = files.get(f);
      names.add(file.name());
      Optional<ScatteredRows> found = recognised(session, file, mapping);
      for (int m = 0; m < meanings.size() && found.isPresent() && meaning[f] < 0; m++) {
        meaning[f] = meanings.get(m).alike(found.get()) ? m : -1;
      }
      if (found.isPresent() && meaning[f] < 0) {
        meaning[f] = meanings.size();
        meanings.add(found.get());
      }
    }
    boolean marked = meanings.stream().anyMatch(rows -> !rows.marks().isEmpty());
    return new Reading(names, meanings, meaning, marked);
  }

  private static Optional<ScatteredRows> recognised(
      Session session, InputFile file, Mapping mapping) throws IOException {
    if (file.kind() == Kind.PARQUET) {
      return ScatteredRows.of(
          file.name(), ParquetSlices.first(session.spark(), file, LOOK), mapping);
    }
    Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
    try (BufferedInputStream in =
        new BufferedInputStream(InputFiles.open(hadoop, file.name(), file.path(), file.kind()))) {
      InputFiles.pastMark(in);
      Iterator<byte[]> lines = InputFiles.lines(new LineReader(in, file.name()));
      Optional<ScatteredRows> found =
          ScatteredRows.of(file.name(), ScatteredRows.parsed(lines), mapping);
      if (found.isPresent()) return found;
    }
    try (BufferedInputStream again =
        new BufferedInputStream(InputFiles.open(hadoop, file.name(), file.path(), file.kind()))) {
      InputFiles.pastMark(again);
      ScatteredRows.refuse(file.name(), new LineReader(again, file.name()));
      return Optional.empty();
    }
  }

  private static JavaRDD<Row> rows(Session session, List<InputFile> files, Reading reading) {
    JavaSparkContext context = session.context();
    SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    List<TextSlice> slices =
        TextSlice.of(files, context.defaultParallelism()).stream()
            .filter(slice -> reading.meaning()[slice.file()] >= 0)
            .toList();
    List<JavaRDD<Row>> all = new ArrayList<>();
    if (!slices.isEmpty()) {
      all.add(TextSlice.rows(context, TextSlice.counted(context, slices, hadoop), reading, hadoop));
    }
    all.addAll(ParquetSlices.rows(session.spark(), files, reading, slices.size()));
    return all.isEmpty() ? context.emptyRDD() : all.stream().reduce(JavaRDD::union).orElseThrow();
  }

  /// The rewards of the draws of the one prompt that files hold, where they lie.
  ///
  /// @throws InputException if they hold several, or something else than whole draws
  static JavaRDD<Double> rewards(Session session, InputFiles named, Mapping mapping, String reward)
      throws IOException {
    Reading reading = recognised(session, named.all(), mapping);
    JavaRDD<Row> rows = rows(session, named.all(), reading);
    JavaRDD<Row> draws = rows.filter(row -> row.isNullAt(SampleTable.SURVEY));
    Survey seen = new Survey();
    rows.filter(row -> !row.isNullAt(SampleTable.SURVEY))
        .map(SampleTable::survey)
        .collect()
        .forEach(seen::add);
    seen.counts().require(named.all().getFirst().name(), mapping.lenient());
    if (!seen.rewards().contains(reward)) {
      throw new InputException(
          Problem.UNKNOWN,
          "no reward '" + reward + "'" + Alternatives.told(reward, seen.rewards()));
    }
    if (draws.map(SampleTable::prompt).distinct().take(2).size() > 1) {
      throw new InputException(
          Problem.CONFLICT,
          named.all().getFirst().name()
              + ": several prompts, which topdraw analyze --spark measures");
    }
    return draws.map(row -> ScatteredPrompt.rank(SampleTable.sample(row), reward));
  }

  private static Surveyed surveyed(JavaRDD<Row> byPrompt) {
    Surveyed all = new Surveyed();
    byPrompt
        .mapPartitions(rows -> List.of(Surveyed.of(rows)).iterator())
        .collect()
        .forEach(all::add);
    return all;
  }

  /// Asks the first prompts, in their order, what unknown columns are.
  private static ScatteredMarks asked(
      JavaRDD<Row> byPrompt, Surveyed surveyed, Set<String> columns) {
    record Marked(long first, long row, int item, byte[] sample, String marks)
        implements Serializable {}
    Map<PromptHash, Integer> first = surveyed.first(ScatteredMarks.PROMPTS);
    Iterator<Marked> rows =
        byPrompt
            .filter(row -> row.isNullAt(SampleTable.SURVEY))
            .filter(row -> first.containsKey(SampleTable.prompt(row)))
            .map(
                row ->
                    new Marked(
                        first.getOrDefault(SampleTable.prompt(row), 0),
                        row.getLong(SampleTable.ROW),
                        row.getInt(SampleTable.ITEM),
                        SampleTable.sample(row),
                        row.isNullAt(SampleTable.MARKS) ? "" : row.getString(SampleTable.MARKS)))
            .sortBy(
                row -> "%08d %019d %010d".formatted(row.first(), row.row(), row.item()),
                true,
                Math.max(1, byPrompt.getNumPartitions() / 4))
            .toLocalIterator();
    ScatteredMarks marks = new ScatteredMarks(List.copyOf(columns));
    long prompt = 0;
    while (rows.hasNext()) {
      Marked row = rows.next();
      if (row.first() != prompt) {
        marks.look();
        prompt = row.first();
      }
      marks.add(row.sample(), row.marks().isEmpty() ? null : row.marks());
    }
    marks.look();
    return marks;
  }

  /// The columns belong to the question from now on.
  private static JavaRDD<Row> split(
      Session session, JavaRDD<Row> byPrompt, Set<String> asked, int partitions) {
    ArrayList<String> columns = new ArrayList<>(asked);
    JavaRDD<Row> apart =
        byPrompt.map(
            row -> {
              if (!row.isNullAt(SampleTable.SURVEY)) {
                return row;
              }
              String marks =
                  row.isNullAt(SampleTable.MARKS) ? null : row.getString(SampleTable.MARKS);
              List<String> texts = new ArrayList<>();
              texts.add(Long.toHexString(row.getLong(SampleTable.HIGH)));
              texts.add(Long.toHexString(row.getLong(SampleTable.LOW)));
              columns.forEach(column -> texts.add(ScatteredMarks.value(marks, column)));
              return SampleTable.draw(
                  PromptHash.of(texts.toArray(String[]::new)),
                  row.getLong(SampleTable.ROW),
                  row.getInt(SampleTable.ITEM),
                  row.getString(SampleTable.KEY),
                  row.getString(SampleTable.PROMPT),
                  SampleTable.sample(row),
                  marks);
            });
    return SampleTable.byPrompt(session.spark(), apart, partitions);
  }

  @Override
  public Measurements measure(Questions questions, OneSet set, boolean texts) throws IOException {
    Map<PromptHash, Integer> nth = surveyed.nth();
    Map<PromptHash, Integer> first = surveyed.first(Scope.FEWEST_PROMPTS);
    ArrayList<String> known = new ArrayList<>(marks);
    HashSet<String> telling = new HashSet<>(policies);
    try {
      return set.measure(
          fewest -> {
            Part part = measured(questions, fewest, nth, first, known, telling);
            // On one machine a prompt that is left out is none of the first.
            Map<PromptHash, Integer> taken = part.ranks();
            boolean others = part.taken().leftOut() > 0 && !taken.equals(first);
            return others
                ? measured(questions, fewest, nth, taken, known, telling).taken()
                : part.taken();
          });
    } catch (Exception e) { // Scala throws what it does not declare
      throw Failure.of(e);
    }
  }

  /// What tasks measured, and which of its prompts come first, by where they begin.
  private record Part(Taken taken, TreeMap<Long, PromptHash> first) implements Serializable {
    Part and(Part others) {
      TreeMap<Long, PromptHash> all = new TreeMap<>(first);
      all.putAll(others.first);
      return new Part(taken.and(others.taken), few(all));
    }

    static TreeMap<Long, PromptHash> few(TreeMap<Long, PromptHash> first) {
      while (first.size() > Scope.FEWEST_PROMPTS) {
        first.pollLastEntry();
      }
      return first;
    }

    Map<PromptHash, Integer> ranks() {
      Map<PromptHash, Integer> ranks = new HashMap<>();
      first.values().forEach(hash -> ranks.put(hash, ranks.size()));
      return ranks;
    }
  }

  /// @param first the rank of each of the first prompts
  private Part measured(
      Questions questions,
      int fewest,
      Map<PromptHash, Integer> nth,
      Map<PromptHash, Integer> first,
      List<String> known,
      Set<String> telling) {
    return byPrompt
        .mapPartitions(
            rows -> {
              Measured measured = new Measured(questions, fewest);
              TreeMap<Long, PromptHash> earliest = new TreeMap<>();
              Prompts prompts = new Prompts(rows);
              while (prompts.hasNext()) {
                ScatteredPrompt draws = new ScatteredPrompt(known, telling);
                Prompts.Known prompt =
                    prompts.next(
                        row ->
                            draws.add(
                                SampleTable.sample(row),
                                row.isNullAt(SampleTable.MARKS)
                                    ? null
                                    : row.getString(SampleTable.MARKS)));
                Integer which = nth.get(prompt.hash());
                Integer rank = first.get(prompt.hash());
                String key = which == null ? prompt.key() : prompt.key() + "#" + which;
                boolean taken =
                    measured.add(
                        draws.build(key, prompt.words()), rank == null ? prompt.first() : rank);
                if (taken) {
                  earliest.put(prompt.first(), prompt.hash());
                  Part.few(earliest);
                }
              }
              return List.of(new Part(measured.taken(), earliest)).iterator();
            })
        .collect()
        .stream()
        .reduce(Part::and)
        .orElseGet(() -> new Part(new Measured(questions, fewest).taken(), new TreeMap<>()));
  }

  /// @throws InputException always: prompts stay where they are
  @Override
  public void forEach(Consumer<PromptDraws> prompts) {
    throw Failure.refused("--spark measures prompts where they lie; leave it out here");
  }

  @Override
  public List<String> rewards() {
    return ScatteredRows.ordered(surveyed.seen().rewards(), mapping);
  }

  @Override
  public List<String> unused() {
    return reading.meanings().stream().flatMap(rows -> rows.unused().stream()).distinct().toList();
  }

  @Override
  public String name() {
    return files.getFirst().name();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<String> mappings() {
    return Arrays.stream(reading.meaning())
        .filter(meaning -> meaning >= 0)
        .mapToObj(meaning -> reading.meanings().get(meaning).map())
        .toList();
  }

  @Override
  public BadRows bad() {
    return surveyed.seen().counts().bad();
  }

  /// Those that this machine reads too.
  @Override
  public List<Path> files() {
    return files.stream()
        .filter(file -> "file".equals(file.path().toUri().getScheme()))
        .map(
            file ->
                Path.of(
                    file.name().startsWith("file:") ? file.path().toUri().getPath() : file.name()))
        .toList();
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of();
  }

  @Override
  public void close() {
    session.close();
  }
}
