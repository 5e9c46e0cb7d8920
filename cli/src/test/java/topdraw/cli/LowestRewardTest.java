package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reward of -infinity ranks below every other and is no mean's: no command may leave such a
/// prompt out without a word.
class LowestRewardTest {
  @TempDir private Path temp;

  private String pool() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int prompt = 0; prompt < 4; prompt++) {
      for (int draw = 0; draw < 6; draw++) {
        String score = prompt == 3 ? "\"-inf\"" : String.valueOf(0.5 * draw - prompt);
        rows.append(
            "{\"prompt\": \"p%d\", \"response\": \"t%d\", \"score\": %s}%n"
                .formatted(prompt, draw, score));
      }
    }
    return Files.writeString(temp.resolve("pool.jsonl"), rows).toString();
  }

  @Test
  void aPlanDoesNotChooseItsPromptsByTheirOutcome() throws IOException {
    Ran ran = Ran.topdraw("plan", "--win-rate", "0.6", "--run", pool());
    assertThat(ran.exitCode()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains("pool.jsonl:19", "every reward of this prompt is -infinity");
  }

  @Test
  void aComparisonCountsThePairsItLeavesOut() throws IOException {
    Ran ran = Ran.topdraw("compare", pool(), pool());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("3 prompts, 3 pairs", "1 pair left out");
  }

  @Test
  void anEmptyDocumentHasNoRows() throws IOException {
    Path empty = Files.createFile(temp.resolve("empty.json"));
    Ran ran = Ran.topdraw("analyze", empty.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("empty.json").hasLineCount(1);
  }
}
