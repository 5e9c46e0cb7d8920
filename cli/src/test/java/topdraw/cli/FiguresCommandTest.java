package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.json.Json;

/// The command without the press, which is on no class path until asked for.
class FiguresCommandTest {
  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  private Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("figures", "-o", folder.resolve("f").toString()));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  @Test
  void theFiguresOfTheTheoryComeAsTablesAndAPageWithoutAModel() throws Exception {
    Result result = run("1", "2", "3", "6", "7", "8", "9", "--formats", "csv,html");
    assertThat(result.code()).as(result.err()).isZero();
    List<String> files = result.out().lines().toList();
    assertThat(files).hasSize(9).allMatch(file -> Files.exists(Path.of(file)));
    assertThat(Files.readString(Path.of(files.get(7)))).contains("Figure 1.", "Figure 9.");
    Result again = run("1", "--formats", "csv", "--json");
    assertThat(Json.read(again.out()).at("/figure-1/0").stringValue()).endsWith("figure-1.csv");
  }

  private static final String TRANSLATION =
      "Translate the next sentences to French. I want to buy bread.\n";

  private String recorded(String prompts) throws Exception {
    Path file = Files.writeString(folder.resolve("prompts.txt"), prompts);
    Path recorded = folder.resolve("run");
    String[] draw =
        ("run " + file + " -n 4 --batches 2 --max-tokens 6 --threads 1 -o " + recorded).split(" ");
    StringWriter err = new StringWriter();
    assertThat(
            Topdraw.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err))
                .execute(draw))
        .as(err.toString())
        .isZero();
    return recorded.toString();
  }

  @Test
  void aRecordedRunBecomesFigures4And5AndItsTranslationsThoseOfTheAppendix() throws Exception {
    String run = recorded("What is the capital of France?\n" + TRANSLATION);

    Result result = run("--run", run, "--formats", "csv");

    assertThat(result.code()).as(result.err()).isZero();
    List<Path> files = result.out().lines().map(Path::of).toList();
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "figure-4.csv",
            "figure-5.csv",
            "figure-mt-log-likelihood.csv",
            "figure-mt-negative-length.csv",
            "figures.sha256");
    assertThat(Files.readString(files.get(0)))
        .contains(
            "likeliest seen,\"theorem, upper bound\"",
            "d*,estimate of an upper bound",
            "shaded",
            "capital of France")
        .doesNotContain("bread");
    assertThat(Files.readString(files.get(1))).doesNotContain("likeliest seen");
    assertThat(Files.readString(files.get(2))).contains("bread").doesNotContain("capital");

    Path table = folder.resolve("samples.parquet");
    assertThat(Ran.topdraw("export", run, "--to", "parquet", "-o", table.toString()).exitCode())
        .isZero();
    List<String> before = contents(files);
    assertThat(run("--run", table.toString(), "--formats", "csv").code()).isZero();
    assertThat(contents(files)).as("from the table as from the run").isEqualTo(before);
  }

  private static List<String> contents(List<Path> files) throws Exception {
    List<String> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readString(file));
      Files.delete(file);
    }
    return contents;
  }

  @Test
  void samplesThatCannotMakeAFigureAreToldSo() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("scores.jsonl"),
            "{\"prompt\": \"A city?\", \"response\": \"Lima\", \"score\": 7, \"logprob\": -1.5}\n"
                .repeat(4));
    Result result = run("4", "--run", file.toString(), "--formats", "csv");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines().toList().getLast())
        .contains("scores.jsonl", "nothing says that the log-probabilities");
    assertThat(result.err().lines()).as("and what was taken for what").hasSize(2);
  }

  @Test
  void whatIsSaidOfSamplesIsSaidAsAnAnalysisIsTold() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      rows.append(
          "{\"q\": \"City %d?\", \"a\": \"L%d\", \"lp\": %s, \"len\": %d}%n"
              .formatted(i / 4, i % 3, -1.5 - i % 3, 2 + i % 3));
    }
    Path file = Files.writeString(folder.resolve("mine.jsonl"), rows);
    String map = "prompt=q,text=a,log_p=lp,tokens=len";

    Result both =
        run("--run", file.toString(), "--map", map, "--log-p", "policy", "--formats", "csv");
    assertThat(both.code()).as(both.err()).isZero();
    Path first = Path.of(both.out().lines().toList().getFirst());
    assertThat(Files.readString(first)).contains("City 0?", "City 1?");

    Result one =
        run(
            "4",
            "--run",
            file.toString(),
            "--map",
            map,
            "--log-p",
            "policy",
            "--prompt",
            "City 1",
            "--formats",
            "csv");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(Files.readString(first)).contains("City 1?").doesNotContain("City 0?");

    Result none = run("4", "--log-p", "policy", "--formats", "csv");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err().strip())
        .endsWith("--log-p is about recorded samples: give them with --run")
        .hasLineCount(1);
  }

  @Test
  void aRunWithoutThePromptsOfAFigureIsToldSo() throws Exception {
    String run = recorded(TRANSLATION);
    Result result = run("4", "--run", run, "--formats", "csv");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().strip()).contains("translations only").hasLineCount(1);
    assertThat(run("--run", run, "--formats", "csv").out().lines()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10                      | there is no figure",
        "4 --completions 20      | multiple of 16",
        "4 --run no-such-run     | no-such-run",
        "1                       | press module",
        "1 --formats gif         | gif"
      })
  void aMisuseIsOneLineAndExitCodeTwo(String arguments, String words) {
    Result result = run(arguments.split(" "));
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err().strip().lines()).hasSize(1);
    assertThat(result.err()).contains(words);
    assertThat(result.out()).isEmpty();
  }
}
