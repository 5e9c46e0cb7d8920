package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.imports.ScatteredRows.Read;

/// Files of others, read row by row and brought into the order of their prompts on disk, in a
/// folder of its own that [#close] removes.
final class ImportedRecording implements Recording {
  /// Rows looked at to recognise the columns of a file.
  static final int LOOK = 100;

  private final ScratchDatabase scratch;
  private PromptRows rows;
  private final List<Path> files;
  private final Mapping mapping;
  private final Set<String> rewards = new LinkedHashSet<>();
  private final List<Columns> recognised = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();
  private final Unreadable unreadable = new Unreadable();
  private final Set<String> marks = new LinkedHashSet<>();
  private final Set<String> policies = new LinkedHashSet<>();

  private ImportedRecording(ScratchDatabase scratch, List<Path> files, Mapping mapping)
      throws IOException {
    this.scratch = scratch;
    rows = new PromptRows(scratch.folder());
    this.files = List.copyOf(files);
    this.mapping = mapping;
  }

  static ImportedRecording read(List<Path> files, Mapping mapping) throws IOException {
    ScratchDatabase scratch = ScratchDatabase.open();
    ImportedRecording recording;
    try {
      recording = new ImportedRecording(scratch, files, mapping);
    } catch (IOException e) {
      scratch.close();
      throw e;
    }
    try {
      recording.take();
      recording.requireSamples();
      recording.unreadable.require(mapping.lenient(), recording.columns);
      recording.split();
      recording.agree();
      return recording;
    } catch (IOException | RuntimeException e) {
      recording.close();
      throw e;
    }
  }

  private void take() throws IOException {
    Optional<Joining> joining = Optional.empty();
    if (mapping.join().isPresent()) {
      joining = Optional.of(Joining.of(mapping.join().get(), files, scratch));
    }
    for (Path file : files) {
      Taking taking = new Taking(file);
      if (joining.isPresent()) {
        joining.get().read(file, mapping.one(Field.ROWS), taking);
      } else {
        RowSource.read(scratch, file, mapping.one(Field.ROWS), taking);
      }
      taking.finish();
    }
    joining.ifPresent(join -> columns.add(join.words()));
  }

  /// Takes the rows of one file: the first to recognise its columns, then all.
  private final class Taking implements RowConsumer {
    private final Path file;
    private final List<String> places = new ArrayList<>();
    private final List<JsonNode> first = new ArrayList<>();
    private final List<JsonNode> looked = new ArrayList<>();
    private @Nullable RowQueue queue;
    private final GrowingPrompts growing = new GrowingPrompts();
    private long events;

    Taking(Path file) {
      this.file = file;
    }

    @Override
    public void row(String place, JsonNode foreign) throws IOException {
      if (queue != null) {
        queue.row(place, foreign);
        return;
      }
      try {
        looked.add(ScatteredRows.flat(foreign));
      } catch (IllegalArgumentException e) {
        unreadable.row();
        unreadable.passedOver(place, e);
        return;
      }
      places.add(place);
      first.add(foreign);
      if (first.size() == LOOK) {
        recognise();
      }
    }

    @Override
    public void bad(String place, String why) throws IOException {
      if (queue != null) {
        queue.bad(place, why);
        return;
      }
      unreadable.row();
      unreadable.bad(place, why);
    }

    @Override
    public void line(String place, byte[] line, boolean whole) throws IOException {
      if (queue != null) {
        queue.line(place, line, whole);
      } else {
        RowConsumer.super.line(place, line, whole);
      }
    }

    void finish() throws IOException {
      if (queue == null && !first.isEmpty()) {
        recognise();
      }
      if (queue != null) {
        queue.drain();
      }
      if (events > 0) {
        columns.add("%s: %,d events beside the samples are no draws".formatted(file, events));
      }
    }

    private void recognise() throws IOException {
      Columns found;
      try {
        found = Recognition.of(looked, mapping);
      } catch (IllegalArgumentException e) {
        throw new InputException(Problem.MALFORMED, file + ": " + e.getMessage()).by(e);
      }
      recognised.add(found);
      columns.add(found.words(file));
      found.marks().forEach(path -> marks.add(path.text()));
      RowQueue made =
          new RowQueue(
              new ScatteredRows.Reader(found, mapping.policyLogProbabilities()), this::take);
      queue = made;
      for (int i = 0; i < first.size(); i++) {
        made.row(places.get(i), first.get(i));
      }
      first.clear();
      looked.clear();
    }

    private void take(String place, ScatteredRows.Taken taken) throws IOException {
      if (taken.read() instanceof Read.Nothing) {
        return;
      }
      unreadable.row();
      switch (taken.read()) {
        case Read.Event event -> events++;
        case Read.Bad(String why) -> unreadable.bad(place, why);
        case Read.PassedOver(String why) -> unreadable.passedOver(place, why);
        case Read.Samples samples -> {
          samples.unreadable().ifPresent(why -> unreadable.score(place, why));
          Asked asked = asked(taken, samples);
          for (ScatteredRows.Sample draw : samples.draws()) {
            rewards.addAll(draw.rewards());
            store(asked, draw);
          }
        }
        case Read.Nothing nothing -> {}
      }
    }

    private Asked asked(ScatteredRows.Taken taken, Read.Samples samples) {
      return Optional.ofNullable(taken.row())
          .flatMap(growing::underFirst)
          .orElseGet(() -> new Asked(samples.key(), samples.prompt(), samples.beside()));
    }

    private void store(Asked asked, ScatteredRows.Sample draw) throws IOException {
      try {
        rows.add(asked, draw.bytes(), draw.marks());
      } catch (IOException e) {
        throw aside(e);
      }
    }
  }

  private void requireSamples() {
    if (rows.size() == 0) {
      throw Unreadable.noSample(files.getFirst().toString(), unreadable.rows(), unreadable.first());
    }
  }

  /// Asks the whole of the data what the unknown columns are.
  private void split() throws IOException {
    if (marks.isEmpty()) {
      return;
    }
    Map<String, Splits> splits = new LinkedHashMap<>();
    marks.forEach(column -> splits.put(column, new Splits(column)));
    forEachPart(
        new PromptParts<>() {
          private int prompts;

          @Override
          public boolean prompt(String key, String prompt, List<PartDraw> parts) {
            Splits.look(List.copyOf(splits.values()), parts);
            return ++prompts < Splits.PROMPTS;
          }
        });
    List<String> asked = new ArrayList<>();
    for (Map.Entry<String, Splits> entry : splits.entrySet()) {
      Splits.Kind kind = entry.getValue().kind();
      if (kind == Splits.Kind.POLICY) {
        policies.add(entry.getKey());
      } else if (kind == Splits.Kind.PROMPT) {
        asked.add(entry.getKey());
      }
      if (kind != Splits.Kind.NOTE) {
        columns.add(entry.getValue().words(kind));
      }
    }
    if (!asked.isEmpty()) { // they belong to the question from now on
      try {
        rows = rows.asking(marks -> StoredRow.asked(marks, asked));
      } catch (IOException e) {
        throw aside(e);
      }
    }
  }

  /// What the machine could not do with rows that it keeps on disk: no file of the user's is wrong.
  private IOException aside(IOException e) {
    return new IOException(
        "cannot keep rows in the temporary folder %s: %s"
            .formatted(
                scratch.folder(),
                e instanceof NoSuchFileException
                    ? "it, or what was in it, was removed meanwhile"
                    : e.getMessage()),
        e);
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
    forEachPart(ArrayList<PartDraw>::new, List::add, List::size, prompts::prompt, true);
  }

  private <P> void forEachPart(
      Supplier<P> none,
      BiConsumer<P, PartDraw> add,
      ToIntFunction<P> size,
      PromptParts<P> prompts,
      boolean wanted)
      throws IOException {
    Collecting<P> collecting = new Collecting<>(none, add, size, prompts, wanted);
    try {
      rows.forEach(collecting);
    } catch (IOException e) {
      throw aside(e);
    }
    collecting.finish();
  }

  /// Hands on each prompt when its last row was read.
  private final class Collecting<P> implements PromptRows.Visitor {
    private final Supplier<P> none;
    private final BiConsumer<P, PartDraw> add;
    private final ToIntFunction<P> size;
    private final PromptParts<P> prompts;
    private final boolean wanted;
    private final List<String> names = List.copyOf(marks);
    private final PromptNames given = new PromptNames();
    private int current = -1;
    private @Nullable Asked asked;
    private P parts;

    Collecting(
        Supplier<P> none,
        BiConsumer<P, PartDraw> add,
        ToIntFunction<P> size,
        PromptParts<P> prompts,
        boolean wanted) {
      this.none = none;
      this.add = add;
      this.size = size;
      this.prompts = prompts;
      this.wanted = wanted;
      parts = none.get();
    }

    @Override
    public boolean row(int prompt, byte[] bytes, RowFile.Row row) throws IOException {
      if (prompt != current) {
        if (!finish()) {
          return false;
        }
        current = prompt;
        asked = Asked.of(bytes);
      }
      add.accept(
          parts,
          StoredRow.part(
              row.draw(), wanted ? row.marks() : null, names, policies, size.applyAsInt(parts)));
      return true;
    }

    /// Hands on the prompt that was collected, where there is one.
    ///
    /// @return whether to go on
    boolean finish() {
      Asked of = asked;
      if (of == null) {
        return true;
      }
      asked = null;
      P whole = parts;
      parts = none.get();
      return prompts.prompt(given.next(of.key()), of.prompt(), whole);
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
        },
        !policies.isEmpty());
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
    try (scratch) {
      rows.close();
    }
  }
}
