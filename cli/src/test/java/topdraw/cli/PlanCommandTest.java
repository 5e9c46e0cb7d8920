package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
