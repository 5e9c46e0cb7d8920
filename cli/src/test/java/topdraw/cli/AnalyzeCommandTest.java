package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.Pool;
import topdraw.words.Digits;

/// Files that Topdraw did not write, as a person would hand them over.
class AnalyzeCommandTest {
  private static final Path FOREIGN = Path.of("src/test/resources/topdraw/cli/foreign");

  @TempDir private Path temp;

  private static Ran analyze(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("analyze", file.toString()));
    args.addAll(List.of(options));
    return Ran.topdraw(args.toArray(String[]::new));
  }

  private static JsonNode json(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    Ran ran = analyze(file, all.toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Json.read(ran.out());
  }

  private static JsonNode finding(JsonNode analysis, int n, String quantity, String source) {
    for (JsonNode point : analysis.get("curve")) {
      for (JsonNode finding : point.get("findings")) {
        if (point.get("n").intValue() == n
            && finding.get("quantity").stringValue().equals(quantity)
            && finding.get("source").stringValue().startsWith(source)) {
          return finding;
        }
      }
    }
    throw new AssertionError("no " + quantity + " from " + source + " at n = " + n);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad-rows.jsonl        | 2 | 10 of 100 rows cannot be read
          judge.jsonl           | 0 | 12 prompts, 192 samples, reward scores
          log-p.jsonl           | 0 | 10 prompts, 160 samples
          missing-rewards.jsonl | 0 | 10 of 48 samples have no score
          one-draw.jsonl        | 0 | 8 prompts, 8 samples
          one-prompt.jsonl      | 0 | above n = 8, a quarter of the draws
          pass-at-k.jsonl       | 0 | pass@n
          ties.jsonl            | 0 | 5 prompts, 30 samples
          empty.jsonl           | 2 | empty.jsonl: no rows
          other-names.csv       | 2 | --map prompt=COLUMN
          """)
  void whateverTheFileAPersonIsToldWhatItSupports(String name, int code, String said) {
    Ran ran = analyze(FOREIGN.resolve(name));
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(code);
    assertThat(ran.out() + ran.err()).contains(said).doesNotContain("NaN", "Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "zero.jsonl, ''",
    "zero.csv, ''",
    "zero.json, ''",
    "zero.parquet, ''",
    "zero, ''",
    "blank.jsonl, '\n  \n'",
    "blank.csv, '\n  \n'",
    "list.json, []",
    "header.csv, 'prompt,completion,score\n'"
  })
  void aFileOfNothingSaysWhatIsExpectedOfIt(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text);
    Ran ran = analyze(file);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "topdraw: %s: no rows; one is expected for each completion, with its prompt and its reward%n"
                .formatted(file));
  }

  @Test
  void theEndingsOfNamesSayWhatIsWritten() throws IOException {
    Path rows =
        Files.writeString(
            temp.resolve("rows.jsonl"),
            ("{\"prompt\": \"A city?\", \"response\": \"Lima\", \"score\": 7}\n"
                    + "{\"prompt\": \"A city?\", \"response\": \"Rome\", \"score\": 8}\n")
                .repeat(4));
    String table = temp.resolve("a.csv").toString();
    String latex = temp.resolve("b.tex").toString();
    Ran ran = Ran.topdraw("analyze", rows.toString(), "-o", table, "-o", latex);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains(table, latex);
    assertThat(Path.of(table)).content().startsWith("selection,reward,");
    assertThat(Path.of(latex)).content().contains("\\toprule");

    for (String refused : List.of("c.xlsx", "c.pdf")) {
      Ran no = Ran.topdraw("analyze", rows.toString(), "-o", temp.resolve(refused).toString());
      assertThat(no.exitCode()).isEqualTo(2);
      assertThat(no.err().strip())
          .hasLineCount(1)
          .contains(refused.equals("c.pdf") ? "press" : ".csv, .tex");
      assertThat(no.out()).isEmpty();
    }
  }

  @Test
  void theTwinAndThePageSayWhichBytesWereRead() throws IOException {
    Path one = FOREIGN.resolve("ties.jsonl");
    Path two = FOREIGN.resolve("judge.jsonl");
    Path page = temp.resolve("page.html");
    JsonNode inputs =
        json(one, two.toString(), "--reward", "scores", "-o", page.toString()).get("inputs");
    for (int i = 0; i < 2; i++) {
      Path file = List.of(one, two).get(i);
      String digest = Json.sha256(Files.readString(file));
      assertThat(inputs.get(i).get("path").stringValue()).isEqualTo(file.toString());
      assertThat(inputs.get(i).get("bytes").longValue()).isEqualTo(Files.size(file));
      assertThat(inputs.get(i).get("sha256").stringValue()).isEqualTo(digest);
      assertThat(Files.readString(page)).contains(file + ", ", " bytes, SHA-256 " + digest);
    }
  }

  @Test
  void badRowsAreNamedAndAnErrorWhereAsked() {
    Path file = FOREIGN.resolve("bad-rows.jsonl");
    assertThat(analyze(file).err())
        .contains("10 of 100 rows cannot be read, more than 1 %", "bad-rows.jsonl:21: ");
    Ran lenient = analyze(file, "--lenient");
    assertThat(lenient.exitCode()).isZero();
    assertThat(lenient.out()).contains("10 prompts, 95 samples");
    assertThat(lenient.err()).contains("bad-rows.jsonl:21: ");
    Ran strict = analyze(file, "--strict");
    assertThat(strict.exitCode()).isEqualTo(2);
    assertThat(strict.err())
        .startsWith("topdraw: ")
        .contains("bad-rows.jsonl:1: ", "bad-rows.jsonl:21: ", "10 of 100 rows cannot be read")
        .doesNotContain("columns of");
    assertThat(strict.out()).isEmpty();
  }

  @Test
  void columnsOfOtherNamesAreMapped() {
    Ran ran =
        analyze(
            FOREIGN.resolve("other-names.csv"), "--map", "prompt=frage,text=antwort,reward=note");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("reward note");
  }

  /// The file's draws come from p = (0.5, 0.3, 0.1, 0.1), every prompt alike.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void theEstimatesHoldTheExactDriftOfAKnownLaw(int n) {
    JsonNode analysis = json(FOREIGN.resolve("log-p.jsonl"));
    double exact =
        Law.of(new Selection.BestOfN(n), OutcomeTable.ofProbabilities(0.5, 0.3, 0.1, 0.1)).kl();
    JsonNode estimate = finding(analysis, n, "kl", "pool_kl");
    assertThat(exact)
        .isBetween(
            estimate.get("interval").get(0).doubleValue(),
            estimate.get("interval").get(1).doubleValue());
    if (n < 4) {
      JsonNode certificate = finding(analysis, n, "kl", "betting on pool_kl_upper");
      assertThat(certificate.get("evidence").stringValue()).isEqualTo("theorem");
      assertThat(certificate.get("value").doubleValue()).isBetween(exact, KlBounds.analytical(n));
    }
  }

  @Test
  void aNumberIsTheMeanOfItsPromptsPools() throws IOException {
    Path file = FOREIGN.resolve("log-p.jsonl");
    JsonNode analysis = json(file);
    double[] sharp = new double[10];
    double[] reward = new double[10];
    List<JsonNode> rows = Files.readAllLines(file).stream().map(Json::read).toList();
    for (int prompt = 0; prompt < 10; prompt++) {
      String name = "q" + prompt;
      List<JsonNode> own =
          rows.stream().filter(row -> row.get("prompt").stringValue().equals(name)).toList();
      Pool pool =
          Pool.of(
              own.stream()
                  .mapToInt(row -> Integer.parseInt(row.get("response").stringValue().substring(1)))
                  .toArray(),
              own.stream().mapToDouble(row -> row.get("score").doubleValue()).toArray(),
              own.stream()
                  .mapToDouble(row -> row.get("logprob").get("sum").doubleValue())
                  .toArray());
      sharp[prompt] = pool.sharpKlBound(4);
      reward[prompt] = pool.reward(4);
    }
    // No estimate stands above a theorem beside it.
    double ceiling = least(analysis, 4, "kl");
    assertThat(ceiling).isLessThan(mean(sharp));
    assertThat(finding(analysis, 4, "kl", "d*, pooled").get("value").doubleValue())
        .isCloseTo(ceiling, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(finding(analysis, 4, "reward", "every subset").get("value").doubleValue())
        .isCloseTo(mean(reward), org.assertj.core.data.Offset.offset(1e-12));
  }

  /// The least upper bound that is a theorem.
  private static double least(JsonNode analysis, int n, String quantity) {
    double least = Double.POSITIVE_INFINITY;
    for (JsonNode at : analysis.get("curve")) {
      for (JsonNode finding : at.get("findings")) {
        if (at.get("n").intValue() == n
            && finding.get("quantity").stringValue().equals(quantity)
            && finding.get("role").stringValue().equals("upper_bound")
            && finding.get("evidence").stringValue().equals("theorem")) {
          least = Math.min(least, finding.get("value").doubleValue());
        }
      }
    }
    return least;
  }

  @Test
  void withoutLogProbabilitiesTheDriftFormsThatNeedThemAreWithheldWithTheReason() {
    JsonNode analysis = json(FOREIGN.resolve("judge.jsonl"));
    assertThat(analysis.get("withheld").toString()).contains("pool_kl_upper", "log-probabilities");
    assertThat(finding(analysis, 4, "kl", "textbook").get("value").doubleValue())
        .isEqualTo(KlBounds.analytical(4));
  }

  @Test
  void oneDrawOfEachPromptSaysNothingOfDriftOrWinRate() {
    JsonNode analysis = json(FOREIGN.resolve("one-draw.jsonl"));
    assertThat(analysis.get("curve").toString())
        .contains("\"reward\"")
        .doesNotContain("\"kl", "\"win");
    assertThat(analysis.get("withheld").toString())
        .contains("one draw of each prompt says nothing of drift or win rate");
    assertThat(analyze(FOREIGN.resolve("one-draw.jsonl")).out())
        .contains("One draw of each prompt: mean reward 0.5")
        .doesNotContain("[0, 0]");
  }

  @Test
  void whatMattersComesFirstThenOneTableAndEverythingWhenAsked() {
    Path file = FOREIGN.resolve("pass-at-k.jsonl");
    List<String> brief = analyze(file, "-n", "1,4").out().lines().toList();
    assertThat(brief.getFirst()).startsWith("Best of 4: pass@n 0.8623, up from 0.5417 at n = 1;");
    assertThat(brief.get(3).strip().split("  +"))
        .containsExactly("n", "pass@n", "win rate", "KL, nats", "textbook KL");
    JsonNode drift = finding(json(file, "-n", "1,4"), 4, "kl", "equal rewards");
    String[] four = brief.get(5).strip().split("  +");
    assertThat(four[0]).isEqualTo("4");
    assertThat(four[1]).startsWith("0.8623 [");
    assertThat(four[3])
        .startsWith(Digits.near(drift.get("value").doubleValue()) + " [")
        .endsWith(Digits.up(drift.at("/interval/1").doubleValue()) + "]");
    assertThat(four[4]).isEqualTo("at most 0.6363");
    assertThat(brief).noneMatch(line -> line.contains("ithheld") || line.contains("refuse"));

    assertThat(analyze(file, "-n", "1,4", "--verbose").out())
        .contains("Audit", "Withheld", "no log-probabilities are recorded", "pass^n");
  }

  @Test
  void whatNothingTellsIsSaidOnceWithTheReason() {
    assertThat(analyze(FOREIGN.resolve("one-draw.jsonl")).out())
        .containsOnlyOnce("one draw of each prompt says nothing of drift or win rate")
        .contains("no KL divergence");
  }

  @Test
  void promptsAreChosenByTheirWordsOrTheirKey() throws IOException {
    Path file = temp.resolve("fruit.jsonl");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String prompt = List.of("A red apple", "A green apple", "A pear (ripe)").get(i % 3);
      rows.add(
          "{\"prompt\": \"%s\", \"response\": \"a%d\", \"reward\": %d}"
              .formatted(prompt, i, i * 7 % 12));
    }
    Files.write(file, rows);
    JsonNode apples = json(file, "--prompt", "apple$");
    assertThat(apples.get("prompts").intValue()).isEqualTo(2);
    assertThat(apples.get("columns").toString()).contains("prompts: only apple$");
    assertThat(json(file, "--prompt", "(?i)PEAR").get("samples").intValue()).isEqualTo(4);
    assertThat(json(file).get("prompts").intValue()).isEqualTo(3);
    Ran none = analyze(file, "--prompt", "plum");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("no prompt has the key or the pattern 'plum'", "3 were read");
    Ran broken = analyze(file, "--prompt", "(");
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.err()).contains("--prompt");
    Ran empty = analyze(file, "--prompt", "");
    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.err()).contains("--prompt: a prompt's key or a pattern");
  }

  @Test
  void anUnfinishedRunSaysHowMuchOfItIsThere() throws IOException {
    Path prompts = Files.writeString(temp.resolve("two.txt"), "Name a colour.\nName a fruit.\n");
    Path run = temp.resolve("unfinished");
    Ran ran =
        Ran.topdraw(
            "run", prompts.toString(), "-n", "2", "--max-tokens", "4", "-o", run.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(analyze(run).out()).doesNotContain("NOT FINISHED");
    Path samples = run.resolve("samples.jsonl");
    Files.write(samples, Files.readAllLines(samples).subList(0, 2));
    assertThat(analyze(run).out()).startsWith("NOT FINISHED, 2 of 4 samples so far. ");
    assertThat(json(run).get("sentence").stringValue()).startsWith("NOT FINISHED, 2 of 4");
    Ran colour = analyze(run, "--prompt", "colour");
    assertThat(colour.out()).doesNotContain("NOT FINISHED");
    assertThat(colour.err()).contains("0 draws of the chosen prompts", "1 prompt not begun");
    Files.write(samples, new byte[0]);
    Ran nothing = analyze(run);
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err())
        .contains("no samples are recorded yet; the topdraw run ... that began it, called again");
  }

  @Test
  void aGoldRewardShowsWhereSelectionStopsPaying() throws IOException {
    Path file = temp.resolve("gold.jsonl");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      rows.add(
          "{\"prompt\": \"q%d\", \"response\": \"a%d\", \"score\": %d, \"truth\": %d}"
              .formatted(i % 6, i, i * 7 % 48, i * 7 % 48 % 40));
    }
    Files.write(file, rows);
    Ran ran = analyze(file, "--reward", "score", "--gold", "truth");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("Gold reward truth under selection by score: 6 prompts", "Gao");
    assertThat(json(file, "--gold", "truth").at("/overoptimization/points")).isNotEmpty();
    Files.write(file, rows.subList(0, 5));
    assertThat(analyze(file, "--gold", "truth").out())
        .contains("No over-optimisation study: fewer");
  }

  @Test
  void passAtKIsUnbiasedAndCountsSuccesses() {
    JsonNode analysis = json(FOREIGN.resolve("pass-at-k.jsonl"));
    double one = finding(analysis, 1, "pass_at_k", "every subset").get("value").doubleValue();
    assertThat(one).isBetween(0.0, 1.0);
    assertThat(finding(analysis, 16, "pass_at_k", "every subset").get("value").doubleValue())
        .isGreaterThanOrEqualTo(one);
  }

  @Test
  void aCompressedFileUnderAHostileNameIsReadAlike() throws IOException {
    Path plain = FOREIGN.resolve("log-p.jsonl");
    Path hostile = temp.resolve("it's; drop table samples --.jsonl.gz");
    try (var zipped = new GZIPOutputStream(Files.newOutputStream(hostile))) {
      Files.copy(plain, zipped);
    }
    assertThat(json(hostile).get("curve")).isEqualTo(json(plain).get("curve"));
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElseThrow();
  }
}
