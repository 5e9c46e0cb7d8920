package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.estimate.Analysis;
import topdraw.estimate.RunSummary;
import topdraw.json.Json;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.Run;
import topdraw.recordings.run.RunRecording;
import topdraw.reference.Sampling;
import topdraw.reward.Rewards;
import topdraw.words.AnalysisReport;
import topdraw.words.json.AnalysisJson;
import topdraw.words.json.RunJson;

/// Recorded runs on the real model, as a person meets them.
class RunCommandTest {
  @TempDir private Path temp;
  private Path prompts = Path.of("");

  private record Result(int code, String out, String err) {}

  private static Result topdraw(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new Result(code, out.toString(), err.toString());
  }

  @BeforeEach
  void twoPrompts() throws IOException {
    prompts =
        Files.writeString(
            temp.resolve("prompts.txt"), "What is the capital of France?\nName a colour.\n");
  }

  private String[] run(String folder, String... more) {
    return Stream.concat(
            Stream.of(
                "run",
                prompts.toString(),
                "-n",
                "3",
                "--max-tokens",
                "8",
                "--threads",
                "1",
                "-o",
                temp.resolve(folder).toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private byte[] samples(String folder) throws IOException {
    return Files.readAllBytes(temp.resolve(folder).resolve("samples.jsonl"));
  }

  /// The mean reward, an estimate of which no end is bounded.
  private static JsonNode reward(JsonNode findings) {
    return findings
        .at("/curve/0/findings")
        .valueStream()
        .filter(finding -> finding.path("quantity").asString("").equals("reward"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRunIsRecordedExtendedScoredAndCompared() throws IOException {
    Result first = topdraw(run("run", "--batches", "1", "--json"));
    assertThat(first.code()).as(first.err()).isZero();
    JsonNode findings = Json.read(first.out());
    assertThat(findings.at("/samples").intValue()).isEqualTo(6);
    assertThat(findings.at("/missing").intValue()).isZero();
    assertThat(findings.at("/curve/0/findings/0/evidence").stringValue()).isEqualTo("theorem");
    assertThat(Json.read(Files.readString(temp.resolve("run/findings.json")))).isEqualTo(findings);
    byte[] short1 = samples("run");

    Result surer = topdraw(run("run", "--batches", "1", "--json", "--confidence", "0.99"));
    assertThat(surer.code()).as(surer.err()).isZero();
    JsonNode estimate = reward(Json.read(surer.out()));
    assertThat(estimate.get("confidence").doubleValue()).isEqualTo(0.99);
    assertThat(estimate.at("/interval/0").doubleValue())
        .isLessThan(reward(findings).at("/interval/0").doubleValue());
    assertThat(samples("run")).isEqualTo(short1);

    Result longer = topdraw(run("run", "--batches", "2"));
    assertThat(longer.code()).as(longer.err()).isZero();
    assertThat(longer.err()).contains("Going on: 6 of 12 samples are recorded");
    assertThat(samples("run")).startsWith(short1);
    Result changed = topdraw(run("run", "--batches", "2", "--seed", "5"));
    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.err()).contains("seed: 0 -> 5").contains("--fresh");
    Result fresh = topdraw(run("run", "--batches", "2", "--seed", "5", "--fresh"));
    assertThat(fresh.code()).as(fresh.err()).isZero();
    assertThat(fresh.err()).contains("is now in " + temp.resolve("run.1"));

    for (String folder : new String[] {"run", "run.1"}) {
      Result scored =
          topdraw("score", temp.resolve(folder).toString(), "--reward", "negative-length");
      assertThat(scored.code()).as(scored.err()).isZero();
    }
    Result compared =
        topdraw(
            "compare",
            temp.resolve("run").toString(),
            temp.resolve("run.1").toString(),
            "--reward",
            "negative-length",
            "--json");
    assertThat(compared.code()).as(compared.err()).isZero();
    JsonNode comparison = Json.read(compared.out());
    assertThat(comparison.at("/prompts").intValue()).isEqualTo(2);
    assertThat(comparison.at("/pairs").intValue()).isEqualTo(4);
    assertThat(comparison.at("/findings/1/quantity").stringValue()).isEqualTo("win_share");
    Result unknown =
        topdraw(
            "compare",
            temp.resolve("run").toString(),
            temp.resolve("run.1").toString(),
            "--reward",
            "regex:x");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("topdraw score RUN --reward regex:x");
  }

  /// What a library's user gets from one call each is what the commands print.
  @Test
  void theFacadesGiveTheNumbersOfTheCommands() throws IOException {
    Result ran = topdraw(run("run", "--batches", "2", "--json"));
    assertThat(ran.code()).as(ran.err()).isZero();
    var model = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
    RunSummary summary;
    try (var policy =
        LlamaPolicy.open(model, Sampling.plain(8), 0, new LlamaSettings(1, 16, 8192))) {
      summary =
          Run.record(
              temp.resolve("call"),
              policy,
              List.of(Rewards.logLikelihood()),
              PromptFile.read(prompts, false),
              3,
              2);
    }
    assertThat(samples("call")).isEqualTo(samples("run"));
    assertThat(Json.line(RunJson.of(summary))).isEqualTo(Json.line(Json.read(ran.out())));

    Result analyzed = topdraw("analyze", temp.resolve("run").toString(), "--json");
    assertThat(analyzed.code()).as(analyzed.err()).isZero();
    try (RunRecording recording = RunRecording.open(temp.resolve("run"))) {
      AnalysisReport report =
          new AnalysisReport(
              Analysis.of(recording, "log-likelihood"),
              Optional.empty(),
              List.of(),
              "",
              recording.source(List.of(temp.resolve("run").toString()), false, List.of()),
              Map.of());
      JsonNode called = Json.read(Json.line(AnalysisJson.of(report)));
      JsonNode printed = Json.read(analyzed.out());
      for (String part : List.of("prompts", "samples", "audit", "withheld", "curve")) {
        assertThat(called.get(part)).as(part).isEqualTo(printed.get(part));
      }
    }
  }

  @Test
  void aPromptThatDoesNotFitIsNamedSkippedAndCounted() throws IOException {
    Files.writeString(prompts, "Name a colour.\n" + "word ".repeat(20_000) + "\n");
    Result result = topdraw(run("run"));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("missing: word word").contains("Recorded in");
    assertThat(Json.read(Files.readString(temp.resolve("run/findings.json"))).at("/missing"))
        .hasToString("3");
  }

  @Test
  void aKilledRunGoesOnToTheBytesOfOneThatWasNot() throws IOException, InterruptedException {
    assertThat(topdraw(run("whole", "--batches", "4")).code()).isZero();
    for (int kill = 0; kill < 2; kill++) {
      Process process = start(run("killed", "--batches", "4"));
      // Any moment will do; on a fast machine the process has ended, which is a moment too.
      process.waitFor(1500 + 1000 * kill, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    Result result = topdraw(run("killed", "--batches", "4"));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(samples("killed")).isEqualTo(samples("whole"));
  }

  @Test
  void aRunThatIsAskedToEndSavesAndSaysHowToGoOn() throws IOException, InterruptedException {
    assertThat(topdraw(run("whole", "--batches", "1")).code()).isZero();
    Process process = start(run("ended", "--batches", "10000"));
    Path samples = temp.resolve("ended/samples.jsonl");
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)
        && !(Files.exists(samples) && Files.size(samples) >= samples("whole").length)) {}
    process.destroy();
    int code = process.waitFor();
    String said = Files.readString(temp.resolve("process.log"));
    assertThat(code).as(said).isEqualTo(143);
    assertThat(said).containsPattern("topdraw: interrupted; \\d+ of 60000 samples are recorded in");
    assertThat(said).contains("the same command goes on").doesNotContain("what was written so far");
    assertThat(samples("ended")).startsWith(samples("whole")).endsWith((byte) '\n');
  }

  /// The real program, on the real model, in a process of its own.
  private Process start(String... args) throws IOException {
    return new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "topdraw.cli.Topdraw"),
                    Arrays.stream(args))
                .toList())
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("process.log").toFile())
        .start();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|holds no prompt",
        "'{\"prompt\": \"x\"}\n{\"prompt\"'|prompts.txt:2: not JSON",
        "'[{\"prompt\": \"x\"}]'|one JSON array"
      })
  void aBrokenPromptFileIsOneLineAndExitCodeTwo(String text, String why) throws IOException {
    Files.writeString(prompts, text);
    Result result = topdraw(run("run"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("topdraw: ").contains(why);
    assertThat(temp.resolve("run")).doesNotExist();
  }

  @Test
  void aFolderWithoutARunIsOneLineAndExitCodeTwo() {
    for (String[] args :
        new String[][] {
          {"score", temp.toString(), "--reward", "negative-length"},
          {"compare", temp.toString(), temp.toString()},
          {"run", "no-such-file", "-o", temp.resolve("x").toString()},
          {"run", prompts.toString(), "-n", "0", "-o", temp.resolve("x").toString()}
        }) {
      Result result = topdraw(args);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
    }
  }
}
