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

/// The real model: requests at once and one after the other are the same work.
class SharedBenchTest {
  private static SharedBench bench;

  @BeforeAll
  static void open() {
    bench =
        SharedBench.open(
            ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT),
            EngineBuild.DEFAULT,
            LlamaSettings.defaults().threads(),
            6);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void requestsAtOnceDrawTheSameCompletions() {
    SharedBench.Run alone = bench.alone();
    assertThat(bench.shared().draws()).isEqualTo(alone.draws());
    assertThat(alone.draws()).hasSize(8 * 4);
    assertThat(alone.tokens()).isBetween(32L, 32 * 6L);
  }

  @Test
  void aRoundComparesOneRunOfEach() {
    var said = new ArrayList<String>();
    SharedBench.Report report = bench.measure(2, said::add);
    assertThat(report.requests()).isEqualTo(8);
    assertThat(report.ratios()).hasSize(2).allMatch(ratio -> ratio > 0);
    assertThat(report.ratio()).isEqualTo(Median.of(report.ratios(), ratio -> ratio));
    assertThat(said).hasSize(2).first().asString().startsWith("requests round 1: one after");
  }
}
