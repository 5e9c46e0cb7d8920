package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.cli.Ran;
import topdraw.json.Json;

class TheoryBenchCommandTest {
  private static final int OUTCOMES = 100_003;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void theNumbersDoNotDependOnTheNumberOfThreads(long seed) {
    double[] logP = TheoryBenchCommand.table(OUTCOMES, seed);
    TheoryTiming single = onThreads(1, logP);

    for (int threads : new int[] {2, 3, 8}) {
      TheoryTiming several = onThreads(threads, logP);
      assertThat(several.kl()).isEqualTo(single.kl());
      assertThat(several.winRate()).isEqualTo(single.winRate());
    }
  }

  /// A parallel stream runs in the pool of the task that starts it.
  private static TheoryTiming onThreads(int threads, double[] logP) {
    try (var pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> TheoryTiming.ofJava(logP, 16)).join();
    }
  }

  @Test
  void whoIsNotThereIsLeftOutWithTheWayToGetThemAndJavaRunsAlone() throws IOException {
    Ran ran = bench("exec python3 -I -S \"$@\"");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("numpy is left out: ", "scipy is left out: ", "(missing numpy)")
        .contains("tools/peers.sh installs it, or pip install scipy");
    assertThat(ran.out()).contains("1,000 outcomes", "java ").doesNotContain("/ java");
  }

  @Test
  void allSidesAreComparedRoundByRound() throws IOException {
    Ran ran = bench(saying(0));

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains(
            "numpy 0.0", "scipy 0.0", "median  1000.0 ms", "numpy / java: ", "scipy / java: ");
    JsonNode json = Json.read(bench(saying(0), "--json", "--against=scipy").out());
    assertThat(json.get("java").size()).isEqualTo(3);
    assertThat(json.get("scipy").size()).isEqualTo(3);
    assertThat(json.get("scipy / java").get("median").doubleValue()).isGreaterThan(1);
    assertThat(json.has("numpy")).isFalse();
  }

  @Test
  void aPeerThatSaysSomethingElseIsAnError() throws IOException {
    Ran near = bench(saying(1e-13));
    assertThat(near.exitCode()).as(near.err()).isZero();

    Ran far = bench(saying(1e-11), "--against=scipy");
    assertThat(far.exitCode()).isEqualTo(1);
    assertThat(far.err()).contains("scipy 0.0 and topdraw differ by 1.0e-11, more than 1e-12");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 1000})
  void numpyAndScipySayWhatJavaSays(int n) throws IOException, InterruptedException {
    assumeTrue(PeerPython.has("numpy, scipy"), "Python has no numpy and scipy");
    for (int outcomes : new int[] {1, 2, 1000}) {
      Ran ran = Ran.topdraw("bench", "theory", "--outcomes=" + outcomes, "-n=" + n, "--rounds=1");
      assertThat(ran.exitCode()).as("%d outcomes: %s", outcomes, ran.err()).isZero();
      assertThat(ran.out()).contains("numpy / java: ", "scipy / java: ");
    }
  }

  /// A peer that says what Java says, and a second for its time.
  private static String saying(double more) {
    TheoryTiming java = TheoryTiming.ofJava(TheoryBenchCommand.table(1000, 0), 16);
    return "echo $5 0.0; while read -r _; do echo 1.0 %s %s; done"
        .formatted(java.kl(), java.winRate() + more);
  }

  private Ran bench(String python, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("bench", "theory", "--outcomes=1000", "--rounds=3"));
    all.add("--python=" + PeerPython.standIn(folder, python));
    all.addAll(List.of(options));
    return Ran.topdraw(all.toArray(String[]::new));
  }
}
