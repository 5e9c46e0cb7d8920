package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;

/// The real model: waves and refilled slots do the same work.
class RefillBenchTest {
  private static RefillBench bench;

  @BeforeAll
  static void open() {
    bench =
        RefillBench.open(
            ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT),
            EngineBuild.DEFAULT,
            LlamaSettings.defaults().threads(),
            2,
            12);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void wavesAndRefilledSlotsDrawTheSameCompletions() {
    RefillBench.Run waves = bench.run(2);
    RefillBench.Run refilled = bench.run(2 * RefillBench.PROMPTS.size());
    assertThat(waves.tokens()).isEqualTo(refilled.tokens()).isBetween(24L, 2 * 6 * 12L);
    assertThat(waves.longest()).isEqualTo(refilled.longest()).isEqualTo(12);
  }

  @Test
  void aRoundComparesOneRunOfEach() {
    var said = new ArrayList<String>();
    RefillBench.Report report = bench.measure(2, said::add);
    assertThat(report.completions()).isEqualTo(12);
    assertThat(report.ratios()).hasSize(2).allMatch(ratio -> ratio > 0);
    assertThat(report.ratio()).isEqualTo(Median.of(report.ratios(), ratio -> ratio));
    assertThat(said).hasSize(2).first().asString().startsWith("uneven round 1: waves ");
  }
}
