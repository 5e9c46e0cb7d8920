package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;

/// Recordings of every layout and container, damaged: read as an analysis reads them. Each ends in
/// one error that a user can mend, or in as many rows as there are by another count, read or named
/// as left out, and no plain row that another parser takes has another text or score.
@Tag("attack")
class ReaderAttackTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static List<Sample> samples = List.of();

  @BeforeAll
  static void write() throws IOException, SQLException {
    samples = Sample.all(folder);
  }

  static LongStream seeds() {
    return Attack.seeds(8, 0.16);
  }

  static LongStream columnSeeds() {
    return Attack.seeds(4, 0.08);
  }

  /// What was read.
  ///
  /// @param rows draws and rows left out where a row is a draw, else what the reader of rows counts
  record Read(long rows, long leftOut, String mapping, List<Plain> plain) {}

  /// A draw of a plain row.
  record Plain(String prompt, String text, double score) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverIsHandedInIsReadWholeOrRefusedInOneLine(long seed) throws IOException {
    Mutation mutation = new Mutation(seed);
    attack(seed, mutation, samples.get(mutation.random().nextInt(samples.size())));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("columnSeeds")
  void tablesInColumnsAreReadWholeOrRefusedInOneLine(long seed) throws IOException {
    Mutation mutation = new Mutation(seed);
    List<Sample> columns = samples.stream().filter(s -> s.name().endsWith(".parquet")).toList();
    attack(seed, mutation, columns.get(mutation.random().nextInt(columns.size())));
  }

  private static void attack(long seed, Mutation mutation, Sample sample) throws IOException {
    byte[] damaged = sample.damaged(mutation);
    boolean lenient = mutation.random().nextInt(4) > 0;
    Path file = Attack.kept(seed + "-" + sample.name(), damaged);
    String what = "seed " + seed + ", kept as " + file + ", " + (lenient ? "lenient" : "strict");
    Optional<Read> read =
        Assertions.assertTimeoutPreemptively(
            LIMIT, () -> read(sample, file, lenient, what), () -> "took too long: " + what);
    CountedRows counted = CountedRows.of(file, sample.plainName(), sample.inside());
    if (read.isPresent()) compare(sample, read.get(), counted, damaged, what);
    Files.delete(file);
  }

  private static Optional<Read> read(Sample sample, Path file, boolean lenient, String what)
      throws IOException, SQLException {
    Mapping mapping = sample.mapping(lenient);
    try (Recording recording = Recordings.open(List.of(file.toString()), mapping)) {
      List<Plain> plain = new ArrayList<>();
      long[] draws = new long[2];
      recording.forEach(
          prompt ->
              prompt
                  .draws()
                  .forEach(
                      draw -> {
                        draws[0]++;
                        plain.add(plain(prompt.display(), draw));
                      }));
      recording.forEachWithoutTexts(prompt -> draws[1] += prompt.draws().size());
      assertThat(draws[1]).as("draws without texts, %s", what).isEqualTo(draws[0]);
      assertThat(recording.source(List.of("x"), true, List.of()).inputs()).as(what).isNotEmpty();
      assertThat(recording.bad().first()).as(what).noneMatch(line -> line.contains("\n"));
      long leftOut = recording.bad().count();
      long rows = sample.oneDraw() ? draws[0] + leftOut : rows(file);
      return Optional.of(new Read(rows, leftOut, words(recording, file), plain));
    } catch (InputException e) {
      assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("\n");
      return Optional.empty();
    }
  }

  private static String words(Recording recording, Path file) {
    return String.join("\n", recording.columns()).replace(file.toString(), "FILE")
        + recording.rewards();
  }

  private static Plain plain(String prompt, Draw draw) {
    double score =
        draw.scores().scores().isEmpty() ? Double.NaN : number(draw.scores().scores().getFirst());
    return new Plain(prompt, draw.text().orElse(""), score);
  }

  private static double number(Score score) {
    return score instanceof Score.Value(double value) ? value : Double.NaN;
  }

  /// The rows of one file, whatever they hold.
  private static long rows(Path file) throws IOException {
    long[] rows = new long[1];
    try (ScratchDatabase scratch = ScratchDatabase.open()) {
      RowSource.read(
          scratch,
          file,
          Optional.empty(),
          new RowConsumer() {
            @Override
            public void row(String place, JsonNode row) {
              rows[0]++;
            }

            @Override
            public void bad(String place, String why) {
              rows[0]++;
            }
          });
    }
    return rows[0];
  }

  private static void compare(
      Sample sample, Read read, CountedRows counted, byte[] damaged, String what) {
    assertThat(counted.broken()).as("read, though nobody may: " + what).isEmpty();
    if (counted.suspect()) assertThat(read.leftOut()).as("left out, " + what).isPositive();
    if (counted.rows().isPresent()) {
      assertThat(read.rows()).as("rows, " + what).isEqualTo(counted.rows().getAsLong());
    }
    if (sample.plain() && read.mapping().equals(sample.words())) {
      assertThat(read.plain()).as(what).containsAll(sample.plainRows(damaged));
    }
  }
}
