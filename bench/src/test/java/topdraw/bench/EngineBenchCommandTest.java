package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineBenchCommandTest {
  private static final RefillBench.Report REFILL =
      new RefillBench.Report(6, 96, 16, 4000, 64, 80, 96, 1.2, List.of(1.2, 1.1, 1.3));

  private static final SharedBench.Report SHARED =
      new SharedBench.Report(8, 4, 16, 3000, 90, 120, 1.33, List.of(1.33, 1.3, 1.4));

  @Test
  void aRowSaysRatesRatioShareAllocationAndPeak() {
    var peer = new EngineBench.Peer(100, 0.98, List.of(0.97, 0.98, 0.99));
    var row = new EngineBench.Row(16, 96.5, 98.1, 0.0071, 0.07, 352_000_000L, peer);
    assertThat(printed("version: 7 (abc)", row))
        .contains("peer    version: 7 (abc)")
        .containsPattern("16 +96\\.5 +98\\.1 +100\\.0 +0\\.98 +0\\.71 % +0\\.1 +352 MB");
  }

  @Test
  void withoutAPeerOrAPeakTheirColumnsAreEmptyAndItSaysWhy() {
    var row = new EngineBench.Row(1, 50, 55, 0.01, 0, null, null);
    assertThat(printed(null, row))
        .contains("peer    none: no --peer, TOPDRAW_BATCHED_BENCH or")
        .containsPattern("1 +50\\.0 +55\\.0 +- +- +1\\.00 % +0\\.0 +-");
  }

  @Test
  void whatRefillingGainsIsSaidWithItsRange() {
    assertThat(printed(null, new EngineBench.Row(1, 50, 55, 0.01, 0, null, null)))
        .contains("96 completions of 6 prompts, 16 side by side, 4000 tokens, the longest 64")
        .contains("by waves 80.0 tokens/s, refilled 96.0 tokens/s, ratio 1.20 (1.10 to 1.30)");
  }

  @Test
  void whatSharingStepsGainsIsSaidWithItsRange() {
    assertThat(printed(null, new EngineBench.Row(1, 50, 55, 0.01, 0, null, null)))
        .contains("requests: 8 of 4 completions each, 16 side by side, 3000 tokens")
        .contains(
            "one after the other 90.0 tokens/s, at once 120.0 tokens/s, ratio 1.33 (1.30 to 1.40)");
  }

  private static String printed(@Nullable String build, EngineBench.Row row) {
    var text = new StringWriter();
    var report =
        new EngineBench.Report(
            "Tiny Q4_1",
            "llama.cpp b4916",
            build,
            "AVX2",
            2,
            16,
            64,
            3,
            List.of(row),
            REFILL,
            SHARED);
    EngineBenchCommand.print(report, new PrintWriter(text, true));
    return text.toString();
  }
}
