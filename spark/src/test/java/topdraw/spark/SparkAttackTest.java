package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.cli.Ran;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.Run;
import topdraw.reference.TablePolicy;
import topdraw.reward.Rewards;
import topdraw.theory.law.OutcomeTable;

/// Damaged recordings read by a cluster: what one machine says of them, or one line.
@Tag("attack")
class SparkAttackTest {
  private static final String MASTER = "local[2]";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir private static Path whole;
  private static SparkSession session;

  @TempDir Path temp;

  @BeforeAll
  static void start() throws IOException {
    session = Session.open(MASTER).spark();
    Path lines = Samples.write(whole.resolve("whole.jsonl"), Samples.rows(3, 260, 20));
    Samples.parquet(lines, whole.resolve("whole.parquet"));
    try (TablePolicy policy =
        new TablePolicy(OutcomeTable.ofProbabilities(0.4, 0.3, 0.2, 0.1), 5, 8)) {
      Run.record(
          whole.resolve("run"),
          policy,
          List.of(Rewards.logLikelihood()),
          PromptFile.of(List.of("one", "two", "three")),
          4,
          3);
    }
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  /// Those that found something: prompts left out among the first, a name in a footer, a Parquet
  /// dictionary.
  static LongStream seeds() {
    return LongStream.concat(LongStream.of(157, 1061, 2016), Attack.seeds(4, 0.05));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aClusterSaysOfItWhatOneMachineSays(long seed) throws Exception {
    Mutation mutation = new Mutation(seed);
    Path file = damaged(mutation);
    Ran one = Ran.topdraw("analyze", file.toString(), "--json", "-n", "1,2,3");
    Ran many =
        Assertions.assertTimeoutPreemptively(
            LIMIT,
            () ->
                Ran.topdraw(
                    "analyze", file.toString(), "--json", "-n", "1,2,3", "--spark", MASTER));

    assertThat(many.err()).doesNotContain("bug", "Exception");
    if (many.err().contains("leave --spark out")) {
      assertThat(many.exitCode()).isEqualTo(2);
      return;
    }
    assertThat(many.exitCode()).as(many.err() + one.err()).isEqualTo(one.exitCode());
    boolean parquet = file.toString().endsWith(".parquet"); // another reader, with words of its own
    if (parquet && many.exitCode() == 2) {
      assertThat(many.err()).startsWith("topdraw: " + file + ": cannot be read: ").hasLineCount(1);
    } else {
      assertThat(many.err()).isEqualTo(one.err());
    }
    // Without checksums two readers may take a bit that changed for two things; no row is lost.
    UnaryOperator<String> said = parquet ? SparkAttackTest::samples : UnaryOperator.identity();
    assertThat(said.apply(many.out())).isEqualTo(said.apply(one.out()));
  }

  private static String samples(String json) {
    return json.replaceFirst("(?s).*?(\"samples\":\\d+).*", "$1");
  }

  private Path damaged(Mutation mutation) throws IOException {
    String text = Files.readString(whole.resolve("whole.jsonl"));
    return switch (mutation.random().nextInt(5)) {
      case 0 -> Files.writeString(temp.resolve("a.jsonl"), mutation.linesOf(text));
      case 1 ->
          Files.write(temp.resolve("a.jsonl"), mutation.of(text.getBytes(StandardCharsets.UTF_8)));
      case 2 -> {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
          out.write(mutation.linesOf(text).getBytes(StandardCharsets.UTF_8));
        }
        byte[] packed = bytes.toByteArray();
        yield Files.write(
            temp.resolve("a.jsonl.gz"),
            mutation.random().nextBoolean() ? packed : mutation.of(packed));
      }
      case 3 ->
          Files.write(
              temp.resolve("a.parquet"),
              mutation.of(Files.readAllBytes(whole.resolve("whole.parquet"))));
      default -> {
        Path run = Files.createDirectory(temp.resolve("run"));
        try (var files = Files.list(whole.resolve("run"))) {
          List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
          Path victim = all.get(mutation.random().nextInt(all.size()));
          for (Path each : all) {
            byte[] bytes = Files.readAllBytes(each);
            Files.write(
                run.resolve(each.getFileName()), each.equals(victim) ? mutation.of(bytes) : bytes);
          }
        }
        yield run;
      }
    };
  }
}
