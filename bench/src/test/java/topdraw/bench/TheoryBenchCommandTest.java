package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.cli.Ran;

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
  void withoutNumpyTheWayToGetItIsToldAndJavaRunsAlone() throws IOException {
    Ran ran = bench(python("echo missing"));

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .contains("pip install numpy", "python3-numpy", "java ")
        .doesNotContain("numpy / java");
  }

  @Test
  void bothSidesAreComparedRoundByRound() throws IOException {
    Ran ran = bench(python("echo numpy 0.0; while read _; do echo 1.0 2.0 0.5; done"));

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("numpy 0.0", "median  1000.0 ms", "numpy / java: ");
  }

  private static Ran bench(Path python) {
    return Ran.of(new TheoryBenchCommand(), "--outcomes=1000", "--rounds=3", "--python=" + python);
  }

  private Path python(String body) throws IOException {
    Path script = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
