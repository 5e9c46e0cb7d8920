package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;

/// The real model: what the drawing loop allocates, and that a run draws as much as it says.
class EngineBenchTest {
  private static final int N = 4;
  private static EngineBench bench;

  @BeforeAll
  static void warmUp() {
    bench =
        EngineBench.open(
            ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT),
            EngineBuild.DEFAULT,
            LlamaSettings.defaults().threads());
    bench.draw(N, 64);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  /// Two lengths, so that what a wave allocates once cancels out; the least of two draws each,
  /// because the compiler may still be at work. An object per token would be 16 bytes at least, a
  /// row of logits 196608.
  @Test
  void aTokenMoreAllocatesNothing() {
    double perToken = (double) (leastBytes(64) - leastBytes(16)) / (N * (64 - 16));
    assertThat(perToken).isBetween(-8.0, 8.0);
  }

  private static long leastBytes(int newTokens) {
    return Math.min(bench.draw(N, newTokens).bytes(), bench.draw(N, newTokens).bytes());
  }

  @Test
  void everyStepAndThePromptAreTimedInsideTheWhole() {
    EngineBench.Drawing drawing = bench.draw(2, 8);
    assertThat(drawing.nativeNanos()).isPositive().isLessThan(drawing.nanos());
    assertThat(drawing.stepNanos()).isPositive().isLessThan(drawing.nanos());
    assertThat(drawing.outsideDecode()).isBetween(0.0, 1.0);
  }

  @Test
  void ratesCountEveryTokenOfTheRunAndAllButTheFirstOfTheSteps() {
    var drawing = new EngineBench.Drawing(4, 11, 2_000_000_000L, 1_000_000_000L, 500_000_000L, 88);
    assertThat(drawing.tokensPerSecond()).isEqualTo(22);
    assertThat(drawing.stepTokensPerSecond()).isEqualTo(40);
    assertThat(drawing.outsideDecode()).isEqualTo(0.75);
    assertThat(drawing.bytesPerToken()).isEqualTo(2);
  }

  @Test
  void peakMemoryIsReadWhereTheSystemTellsIt(@TempDir Path folder) throws IOException {
    Path status = folder.resolve("status");
    assertThat(EngineBench.peakBytes(status)).isNull();
    Files.writeString(status, "VmPeak:\t   9 kB\nVmHWM:\t   12 kB\nVmRSS:\t   3 kB\n");
    assertThat(EngineBench.peakBytes(status)).isEqualTo(12 * 1024);
  }

  @Test
  void noRoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.measure(0, null, _ -> {}))
        .withMessage("rounds must be at least 1, was 0");
  }
}
