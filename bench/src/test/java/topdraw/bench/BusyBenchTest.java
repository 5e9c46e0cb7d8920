package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;

class BusyBenchTest {
  private static String printed(
      BusyBench.@Nullable Side peer, @Nullable Double ratio, @Nullable String noQuota) {
    var row =
        new BusyBench.Row(
            "1 busy thread", 2, 2.0 / 3, new BusyBench.Side(123.44, 0.55), peer, ratio);
    String build = peer == null ? null : "version: 7 (abc)";
    var text = new StringWriter();
    BusyBench.print(
        new BusyBench.Report("llama.cpp b4916", build, 2, 16, 5, List.of(row), noQuota),
        new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void aRowSaysWhatIsLeftOfBothAndHowTheyCompare() {
    assertThat(printed(new BusyBench.Side(100, 0.5), 1.23, null))
        .contains("llama.cpp b4916 on 2 cores, 16 completions side by side")
        .contains("medians of 5", "peer    version: 7 (abc)")
        .containsPattern("1 busy thread +2 +0\\.67 +123\\.4 +0\\.55 +100\\.0 +0\\.50 +1\\.23")
        .doesNotContain("quota");
  }

  @Test
  void withoutAPeerOrAQuotaItSaysSo() {
    assertThat(printed(null, null, "control group: no right"))
        .containsPattern("1 busy thread +2 +0\\.67 +123\\.4 +0\\.55 +- +- +-")
        .contains("peer    none")
        .contains("no quota could be set here: control group: no right");
  }

  @Test
  void aRunIsAProcessThatTakesItsThreadsByItself() throws IOException {
    ModelFile model = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
    EngineRun run = EngineRun.in(List.of(), model, EngineBuild.DEFAULT, 1, 3);
    assertThat(run.threads()).isEqualTo(LlamaSettings.defaults().threads());
    assertThat(run.stepTokensPerSecond()).isPositive();
  }

  @Test
  void noRoundsAreRefused() {
    var file = new ModelFile("", Path.of("none.gguf"), "", "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BusyBench(file, EngineBuild.DEFAULT, null, 1, 4).measure(0, _ -> {}))
        .withMessage("rounds must be at least 1, was 0");
  }
}
