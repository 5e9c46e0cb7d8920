package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An option that is wrong whatever is recorded is refused before anything is read or said of it.
class RefusedEarlyTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          analyze FILE -n 0                          | at least 1, was 0
          analyze FILE -n 4,-1                       | at least 1, was -1
          analyze FILE --protocol best               | best
          analyze FILE --prompts all                 | --prompts is sample or fixed
          analyze FILE --threshold NaN               | threshold
          analyze FILE --confidence 2                | --confidence
          analyze FILE --forecast 0                  | forecast
          analyze FILE --budget 0.5                  | budget
          analyze FILE --gold right --accept 2       | wrong answer
          analyze FILE --accept 0.1                  | --gold
          analyze FILE --guard                       | --gold
          analyze FILE --reward right --gold right   | both are 'right'
          analyze FILE --answer regex:(              | --answer
          analyze FILE --log-p model                 | --log-p
          analyze FILE --words pass                  | pass
          analyze FILE --on a                        | --join
          plan --run FILE                            | needs a target
          plan --run FILE --win-rate 2               | win-rate
          plan --run FILE --win-rate 2 --tokens 100  | win-rate
          plan --run FILE --kl -1                    | kl
          plan --run FILE --draws 0                  | draws
          plan --run FILE --tokens 0                 | tokens must be above 0
          plan --run FILE --tokens 9 --tokens-per-draw 0 | tokens-per-draw must be above 0
          plan --run FILE --seconds 9                | seconds-per-draw
          plan --run FILE --draws 4 --method best    | best
          plan --run FILE --draws 4 --method best-of-poisson | certify
          plan --run FILE --draws 4 --reward-range 1,0 | --reward-range
          plan --run FILE --draws 4 --prompts all    | --prompts is sample or fixed
          plan --run FILE --draws 4 --threshold NaN  | threshold
          plan --run FILE --reward right --gold right | both are 'right'
          plan --draws 4 --prompts all               | --prompts is sample or fixed
          plan --draws 4 --reward-range 1            | --reward-range
          compare FILE FILE2 -n 0                    | at least 1, was 0
          compare FILE --rewards a,b --gold c -n 0   | at least 1, was 0
          compare FILE                               | second recording
          compare FILE --rewards a --gold c          | --rewards
          methods FILE -n 1                          | at least 2, was 1
          export FILE --to tsv                       | --to
          export FILE --to sft -n 0                  | at least 1, was 0
          export FILE --to dpo --rejected best       | best
          export FILE --to kto --threshold NaN       | threshold
          export FILE --to jsonl -o TAKEN            | is there already
          score FILE --reward none -o new.jsonl      | none
          score FILE --reward negative-length -o new.tsv  | a table ends in
          score FILE --reward negative-length -o TAKEN  | is there already
          """)
  void whateverIsRecorded(String line, String said) throws IOException {
    Path samples =
        Files.writeString(
            temp.resolve("samples.jsonl"),
            """
            {"prompt": "q", "completion": "a", "judge": 0.5, "right": 1}
            {"prompt": "q", "completion": "b", "judge": 0.7, "right": 0}
            """);
    for (Path file : List.of(samples, temp.resolve("missing.jsonl"))) {
      Path taken = Files.writeString(temp.resolve("taken.jsonl"), "mine");
      Ran ran =
          Ran.topdraw(
              Stream.of(line.split(" +"))
                  .map(
                      word ->
                          word.equals("FILE") || word.equals("FILE2")
                              ? file.toString()
                              : word.equals("TAKEN") ? taken.toString() : word)
                  .toArray(String[]::new));
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err().lines().findFirst().orElseThrow())
          .startsWith("topdraw: ")
          .contains(said)
          .doesNotContain("missing.jsonl");
    }
  }
}
