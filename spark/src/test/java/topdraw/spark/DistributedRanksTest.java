package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.json.Json;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.pool.Pool;

/// Ranks across partitions give what a pool in memory gives.
class DistributedRanksTest {
  private static final double SIGMAS =
      NormalDistribution.of(0, 1).inverseSurvivalProbability(Confidence.DEFAULT.alpha() / 2);

  @TempDir private Path temp;
  private static Session session;

  @BeforeAll
  static void start() {
    session = Session.open("local[2]");
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  private static double[] rewards(long seed, int draws, int levels, boolean missing) {
    Random random = new Random(seed);
    double[] rewards = new double[draws];
    Arrays.setAll(
        rewards,
        i ->
            missing && random.nextInt(30) == 0
                ? Double.NEGATIVE_INFINITY
                : levels == 0
                    ? random.nextGaussian()
                    : Math.floor(levels * random.nextDouble()) - (levels > 2 ? 1.5 : 0));
    return rewards;
  }

  private static SortedMap<Integer, Finding> found(double[] rewards, int[] grid) {
    List<Double> boxed = new ArrayList<>();
    Arrays.stream(rewards).forEach(boxed::add);
    return DistributedRanks.of(session.context().parallelize(boxed, 3), 4)
        .rewards(grid, Confidence.DEFAULT);
  }

  @ParameterizedTest(name = "seed {0}: {1} draws on {2} levels (0: none equal), some missing: {3}")
  @CsvSource({
    "1, 100, 0, false",
    "2, 97, 5, false",
    "3, 128, 2, false",
    "4, 120, 7, true",
    "5, 3000, 0, true",
    "6, 3000, 40, false"
  })
  void theMeanIsThePoolsAndSoIsTheErrorOfLeavingOutEachDraw(
      long seed, int draws, int levels, boolean missing) {
    double[] rewards = rewards(seed, draws, levels, missing);
    int[] grid = {1, 2, 3, 7, 16, 50, draws / 2, draws - 1, draws, draws + 1};
    SortedMap<Integer, Finding> found = found(rewards, grid);
    Pool pool = Pool.ofRewards(rewards);
    for (int n : grid) {
      double mean = n > draws ? Double.NaN : pool.reward(n);
      if (!Double.isFinite(mean)) {
        assertThat(found).doesNotContainKey(n);
        continue;
      }
      Finding finding = found.get(n);
      assertThat(finding.value()).isCloseTo(mean, within(1e-12 * Math.max(1, Math.abs(mean))));
      assertThat(finding.quantity()).isEqualTo(levels == 2 ? Quantity.PASS_AT_K : Quantity.REWARD);
      if (draws <= 128 && n < draws && levels != 2 && !missing) { // one draw a group
        double error = pool.jackknifeStandardError(n, p -> p.reward(n));
        assertThat(finding.interval().orElseThrow().upper() - finding.value())
            .isCloseTo(SIGMAS * error, within(1e-9));
      }
    }
  }

  /// As many draws as no task holds at once, without a tie.
  @Test
  @Tag("spark")
  @EnabledIfSystemProperty(named = "topdraw.spark", matches = "true")
  void tenMillionDrawsOfOnePrompt() {
    int slices = 100;
    int each = 100_000;
    JavaRDD<Double> rewards =
        session
            .context()
            .parallelize(IntStream.range(0, slices).boxed().toList(), slices)
            .flatMap(slice -> gaussians(slice, each).boxed().iterator());
    int[] grid = {1, 16, 1024, 100_000};
    SortedMap<Integer, Finding> found =
        DistributedRanks.of(rewards, 16).rewards(grid, Confidence.DEFAULT);
    Pool pool =
        Pool.ofRewards(
            IntStream.range(0, slices)
                .mapToObj(slice -> gaussians(slice, each))
                .flatMapToDouble(all -> all)
                .toArray());
    for (int n : grid) {
      double mean = pool.reward(n);
      assertThat(found.get(n).value()).isCloseTo(mean, within(1e-12 * Math.max(1, Math.abs(mean))));
    }
  }

  private static DoubleStream gaussians(int slice, int count) {
    Random random = new Random(slice);
    return DoubleStream.generate(random::nextGaussian).limit(count);
  }

  @Test
  void aJobPrintsALineForEachN() throws IOException {
    List<String> rows = new ArrayList<>();
    double[] rewards = rewards(9, 400, 0, false);
    for (int i = 0; i < rewards.length; i++) {
      rows.add(Json.line(Map.of("question", "one", "response", "r" + i % 90, "score", rewards[i])));
    }
    Path file = Samples.write(temp.resolve("one.jsonl"), rows);
    StringWriter out = new StringWriter();
    int code =
        OnePromptJob.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(file.toString(), "--reward", "score", "-n", "1,8", "--spark", "local[2]");
    assertThat(code).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(Json.read(lines.get(1)).at("/finding/value").doubleValue())
        .isCloseTo(Pool.ofRewards(rewards).reward(8), within(1e-12));
  }

  @Test
  void severalPromptsAreRefused() throws IOException {
    Path file = Samples.write(temp.resolve("several.jsonl"), Samples.rows(3, 50, 10));
    StringWriter err = new StringWriter();
    int code =
        OnePromptJob.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(file.toString(), "--reward", "score", "--spark", "local[2]");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("several prompts");
  }
}
