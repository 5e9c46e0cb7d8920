package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BatchedBenchTest {
  /// As printed by the program of the 0.3.8 sources.
  private static final String OUTPUT =
      """

      main: n_kv_max = 512, n_batch = 2048, n_ubatch = 512, flash_attn = 1, is_pp_shared = 1, n_gpu_layers = -1, n_threads = 2, n_threads_batch = 2

      |    PP |     TG |    B |   N_KV |   T_PP s | S_PP t/s |   T_TG s | S_TG t/s |      T s |    S t/s |
      |-------|--------|------|--------|----------|----------|----------|----------|----------|----------|
      |    16 |     63 |    4 |    268 |    0.328 |    48.76 |   22.224 |    11.34 |   22.552 |    11.88 |

      """;

  @Test
  void theTimeAndTheRateOfTheStepsAreReadFromTheTable() throws IOException {
    assertThat(BatchedBench.read(OUTPUT)).isEqualTo(new BatchedBench.Run(22.552, 11.34));
  }

  @Test
  void aTableWithoutARowIsRefusedWithWhatWasSaid() {
    String noRow = OUTPUT.substring(0, OUTPUT.lastIndexOf("|    16"));
    assertThatIOException()
        .isThrownBy(() -> BatchedBench.read(noRow))
        .withMessageContaining("no table of one row")
        .withMessageContaining("n_kv_max = 512");
    assertThatIOException().isThrownBy(() -> BatchedBench.read(""));
  }

  @Test
  void aRunWithoutFlashAttentionIsNoPeer() {
    assertThatIOException()
        .isThrownBy(() -> BatchedBench.read(OUTPUT.replace("flash_attn = 1", "flash_attn = 0")))
        .withMessageContaining("without flash attention");
  }

  @Test
  void aPlaceWithoutAProgramIsRefused(@TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchedBench.at(folder))
        .withMessageContaining("tools/batched-bench.sh");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                BatchedBench.find(
                    Map.of(BatchedBench.VARIABLE, folder.resolve("none").toString())));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theProgramIsFoundOnThePathAndGivenTheSameWork(@TempDir Path folder) throws IOException {
    assertThat(BatchedBench.find(Map.of("PATH", folder.toString()))).isEmpty();
    program(folder.resolve("llama-batched-bench"), "-fa enable Flash Attention", "-fa -pps");
    BatchedBench peer = BatchedBench.find(Map.of("PATH", folder.toString())).getFirst();
    assertThat(peer.build()).isEqualTo("llama-batched-bench, version: 7 (abc)");
    assertThat(peer.run(Path.of("m.gguf"), 2, 16, 63, 4).stepTokensPerSecond()).isEqualTo(11.34);
    assertThatIOException()
        .isThrownBy(() -> peer.run(Path.of("m.gguf"), 1, 16, 63, 4))
        .withMessageContaining("ended with code 3")
        .withMessageContaining("-t 1");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void severalAreNamedAndANewOneIsToldToUseFlashAttentionAndOneCache(@TempDir Path folder)
      throws IOException {
    Path old = folder.resolve("old");
    Path newer = folder.resolve("newer");
    program(old, "-fa, --flash-attn", "-fa -pps");
    program(newer, "-fa, --flash-attn [on|off|auto]", "-fa on -kvu -pps");
    String both = old + File.pathSeparator + newer;
    List<BatchedBench> found = BatchedBench.find(Map.of(BatchedBench.VARIABLE, both));
    List<String> told = new ArrayList<>();
    BatchedBench first =
        Objects.requireNonNull(BatchedBench.first(Map.of(BatchedBench.VARIABLE, both), told::add));
    assertThat(first.build()).startsWith("old,");
    assertThat(told)
        .containsExactly(
            "TOPDRAW_BATCHED_BENCH names 2 programs; the first is compared with, "
                + old
                + "; --peer takes another");
    told.clear();
    BatchedBench.first(Map.of(BatchedBench.VARIABLE, newer.toString()), told::add);
    assertThat(BatchedBench.first(Map.of(), told::add)).isNull();
    assertThat(told).isEmpty();
    assertThat(found)
        .extracting(BatchedBench::build)
        .containsExactly("old, version: 7 (abc)", "newer, version: 7 (abc)");
    for (BatchedBench peer : found) {
      assertThat(peer.run(Path.of("m.gguf"), 2, 16, 63, 4).seconds()).isEqualTo(22.552);
    }
  }

  private static void program(Path file, String help, String settings) throws IOException {
    Files.writeString(
        file,
        """
        #!/bin/sh
        [ "$1" = --version ] && { echo "version: 7 (abc)" >&2; exit 0; }
        [ "$1" = --help ] && { echo "%s"; exit 0; }
        [ "$*" = "-m m.gguf %s -t 2 -c 268 -npp 16 -ntg 63 -npl 4" ] || { echo "got $*"; exit 3; }
        cat << 'TABLE'
        %s
        TABLE
        """
            .formatted(help, settings, OUTPUT));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
