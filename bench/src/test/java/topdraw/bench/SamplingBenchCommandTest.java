package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.cli.Ran;

class SamplingBenchCommandTest {
  @Test
  void aPeerStandsWithItsRateAndTheRatiosOfOurs() {
    var ours = new SamplingBench.Row("ours", "embedded", 219.44, List.of());
    var peer =
        new SamplingBench.Row(
            "theirs 1.2",
            "one by one",
            54.86,
            List.of(new SamplingBench.Ratio("ours", 4, 3.9, 4.1)));
    var text = new StringWriter();
    SamplingBenchCommand.print(
        new SamplingBenchCommand.Report(
            "Tiny Q4_1",
            "ab",
            "2 cores",
            List.of("b1: AVX2"),
            2,
            18,
            16,
            64,
            5,
            List.of(ours, peer)),
        new PrintWriter(text, true));
    assertThat(text.toString())
        .contains("Tiny Q4_1, prompt of 18 tokens, 16 completions of 64 tokens, 2 threads")
        .contains("medians of 5 rounds", "machine  2 cores", "         b1: AVX2")
        .contains("   219.4  ours (embedded)", "    54.9  theirs 1.2 (one by one)")
        .contains("          ours is 4.00 times as fast (3.90 to 4.10)");
  }

  /// Ours for real, on the default model.
  @Test
  void oursRunsAloneWhereNobodyElseIsInstalled(@TempDir Path folder) throws IOException {
    Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho missing torch\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    Ran ran =
        Ran.of(
            new SamplingBenchCommand(),
            "--engine=b4916",
            "--against=server,transformers",
            "--python=" + python,
            "-n=2",
            "--tokens=3",
            "--rounds=1");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).contains("server is left out", "transformers is left out");
    assertThat(ran.out())
        .contains("2 completions of 3 tokens", "topdraw, llama.cpp b4916 (embedded")
        .doesNotContain("times as fast");
  }

  @ParameterizedTest
  @CsvSource({
    "--rounds=0, '--rounds must be at least 1, was 0'",
    "-n=0, '-n must be at least 1, was 0'",
    "--tokens=1, '--tokens must be at least 2, was 1'",
    "--weights=q4, '--weights \"q4\": there is no such copy of a model; give q8_0, or'",
    "--engine=b1, '--engine \"b1\": there is no such build of llama.cpp here; give b4916 or v0.5.0'",
    "--against=server;nobody, 'there is no peer \"nobody\"; there are batched-bench, server,"
        + " server-log-probabilities, llama-cpp-python, transformers; see'",
  })
  void whatCannotBeMeasuredIsRefusedInALine(String argument, String said) {
    Ran ran = Ran.topdraw("bench", "sampling", argument.replace(';', ','));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains(said);
  }

  @Test
  void theProcessorIsWhatLinuxSaysElseTheKind(@TempDir Path folder) throws IOException {
    Path info = folder.resolve("cpuinfo");
    assertThat(Machine.processor(info)).isEqualTo(System.getProperty("os.arch"));
    Files.writeString(info, "processor\t: 0\nmodel name\t: A: B 3\nmodel name\t: C\n");
    assertThat(Machine.processor(info)).isEqualTo("A: B 3");
  }
}
