package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// Files that Topdraw did not write: twelve prompts of eight draws, of which rm knows the right
/// ones and judge nothing.
class CompareCommandTest {
  @TempDir private Path temp;
  private Path pool = Path.of("");

  @BeforeEach
  void aPool() throws IOException {
    pool = write("pool.jsonl", 40);
  }

  private Path write(String name, int prompts) throws IOException {
    var random = new SplittableRandom(1);
    List<String> rows = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      double rate = 0.2 + 0.6 * random.nextDouble();
      for (int i = 0; i < 8; i++) {
        int right = random.nextDouble() < rate ? 1 : 0;
        rows.add(
            "{\"prompt\": \"q%d\", \"response\": \"a%d-%d\", \"judge\": %d, \"rm\": %d, \"correct\": %d}"
                .formatted(j, j, i, random.nextInt(100), 10 * right + i % 2, right));
      }
    }
    return Files.write(temp.resolve(name), rows);
  }

  @Test
  void itIsSaidWhichOfTwoRewardsSelectsBetter() {
    Ran ran = Ran.topdraw("compare", pool.toString(), "--rewards", "judge,rm", "--gold", "correct");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("rm selects better: its best of 2 has 0.")
        .contains("40 prompts, 320 samples, judged by correct", "0 (exact)", "each n by itself")
        .contains("supposed, not checked here: ");
  }

  @Test
  void theJsonHoldsEveryNAndWhatIsSupposed() {
    Ran ran =
        Ran.topdraw(
            "compare",
            pool.toString(),
            "--rewards",
            "rm",
            "--rewards",
            "judge",
            "--gold",
            "correct",
            "-n",
            "2,8",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode json = Json.read(ran.out());
    assertThat(json.get("better").stringValue()).isEqualTo("first");
    assertThat(json.get("firm_n").intValue()).isEqualTo(2);
    assertThat(json.get("curve").findValuesAsString("n")).containsExactly("2", "8");
    assertThat(json.at("/curve/1/findings").findValuesAsString("estimator"))
        .containsExactly(
            "best_of_n_gold_difference", "best_of_n_gold_first", "best_of_n_gold_second");
    assertThat(json.get("assumptions")).hasSize(2);
  }

  @Test
  void twoFilesAreComparedAtEqualNToo() throws IOException {
    Path other = write("other.jsonl", 41);
    Ran ran = Ran.topdraw("compare", pool.toString(), other.toString(), "--reward", "correct");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("40 prompts, 40 pairs", "At equal n: the best of n draws of a prompt")
        .contains("1 prompt has completions in " + other + " alone:");
    Ran gold = Ran.topdraw("compare", pool.toString(), other.toString(), "--gold", "correct");
    assertThat(gold.out()).startsWith("Undecided at n = 2: 0 ");
  }

  /// The second says half a point less of every draw: what one has more is not the selection's.
  @Test
  void betweenTwoFilesTheDifferenceOfSingleDrawsIsTold(@TempDir Path folder) throws IOException {
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < 96; i++) {
      String row = "{\"prompt\": \"q%d\", \"text\": \"a%d\", \"judge\": %d, \"gold\": %s}\n";
      one.append(row.formatted(i / 8, i, i * 7 % 11, 2 + i * 5 % 3));
      other.append(row.formatted(i / 8, i, i * 7 % 11, 1.5 + i * 5 % 3));
    }
    String better = Files.writeString(folder.resolve("b.jsonl"), one).toString();
    String worse = Files.writeString(folder.resolve("w.jsonl"), other).toString();
    for (List<String> files : List.of(List.of(better, worse), List.of(worse, better))) {
      Ran ran =
          Ran.topdraw(
              "compare",
              files.getFirst(),
              files.getLast(),
              "--gold",
              "gold",
              "--map",
              "reward=judge");
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      assertThat(ran.out().lines().findFirst().orElseThrow())
          .contains(
              "gives more of gold: its best of 2 has 0.5", "; of single draws it has 0.5 more.")
          .doesNotContain("selects better");
    }
    Ran twice = Ran.topdraw("compare", better, better, "--gold", "gold");
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("is given twice");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                       | a second recording is needed
          --gold correct                           | a second recording is needed
          --rewards judge,rm                       | --rewards needs --gold
          --rewards judge --gold correct           | --rewards takes two names
          --rewards judge,judge --gold correct     | --rewards takes two different names
          --rewards judge,rm,other --gold correct  | --rewards takes two names
          --rewards judge,rm --gold corect         | did you mean correct?
          --rewards judge,rmm --gold correct       | did you mean rm?
          --rewards judge,rm --gold correct -n 9   | no prompt has 9 draws
          --rewards judge,rm --gold correct -n 0   | at least 1, was 0
          """)
  void whatIsMissingOrWrongIsSaid(String options, String said) {
    List<String> args = new ArrayList<>(List.of("compare", pool.toString()));
    args.addAll(List.of(options.isEmpty() ? new String[0] : options.split(" +")));
    Ran ran = Ran.topdraw(args.toArray(String[]::new));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(said);
  }
}
