package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans from files that Topdraw did not write.
class PlanCommandTest {
  private static final String FOREIGN = "src/test/resources/topdraw/cli/foreign/";

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one-prompt.jsonl | --kl       | 1   | 0 | 1 prompt,
          judge.jsonl      | --kl       | 1   | 0 | Choice: best-of-n, best of
          judge.jsonl      | --draws    | 4   | 0 | these numbers come from the second half
          ties.jsonl       | --win-rate | 0.9 | 4 | Not met
          one-draw.jsonl   | --win-rate | 0.9 | 2 | support no plan: one draw of each prompt
          empty.jsonl      | --kl       | 1   | 2 | empty.jsonl: no rows
          pass-at-k.jsonl  | --kl       | -1  | 2 | a drift is in nats
          pass-at-k.jsonl  | --prompts  | all | 2 | --prompts is sample or fixed
          judge.jsonl      | --reward-at-least | 1 | 4 | state it with --reward-range
          """)
  void aPilotIsPlannedOrRefusedInWords(
      String file, String target, String value, int code, String said) {
    Ran ran = Ran.topdraw("plan", target, value, "--run", FOREIGN + file);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(code);
    assertThat(ran.out() + ran.err()).contains(said).doesNotContain("NaN", "Exception");
  }

  /// Forty questions that one draw in four gets right: both methods reach 0.8 with twelve draws at
  /// most, early stop with four, and it is the answer where no more than six are wanted.
  @Test
  void theAnswerComesFirstAndEveryMethodThatMeetsTheTargetsShowsItsPrice(@TempDir Path temp)
      throws IOException {
    List<String> rows = new ArrayList<>();
    for (int q = 0; q < 40; q++) {
      for (int i = 0; i < 32; i++) {
        rows.add(
            "{\"prompt\": \"q%d\", \"response\": \"a%d\", \"reward\": %d}"
                .formatted(q, i, (i * 11 + q) % 32 < 8 ? 1 : 0));
      }
    }
    String file = Files.write(temp.resolve("passes.jsonl"), rows).toString();
    Ran both = Ran.topdraw("plan", "--reward-at-least", "0.8", "--run", file);
    assertThat(both.exitCode()).as(both.err()).isZero();
    List<String> lines = both.out().lines().toList();
    assertThat(lines.getFirst()).startsWith("Choice: early-stop, at most ");
    assertThat(lines.get(3)).startsWith("  meets every target ").endsWith("draws");
    assertThat(lines.get(4)).startsWith("  best-of-n, best of ").contains("at least 0.8");
    assertThat(lines.get(5)).startsWith("  early-stop, at most ").containsPattern("about [34]\\.");
    assertThat(lines.get(6)).startsWith("  early-stop draws least");

    Ran few = Ran.topdraw("plan", "--reward-at-least", "0.8", "--draws", "6", "--run", file);
    assertThat(few.exitCode()).as(few.out()).isZero();
    assertThat(few.out()).startsWith("Choice: early-stop, at most ").contains("best-of-n: not met");
    assertThat(few.out().lines().filter(line -> line.startsWith("  best-of-n, "))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--kl, -1",
    "--win-rate, 1.2",
    "--draws, 0",
    "--reward-at-least, NaN",
    "--confidence, 2"
  })
  void aTargetThatCannotBeMeantIsNamed(String option, String value) {
    Ran ran =
        option.equals("--confidence")
            ? Ran.topdraw("plan", "--kl", "1", option, value)
            : Ran.topdraw("plan", option, value);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(option).hasLineCount(1);
  }
}
