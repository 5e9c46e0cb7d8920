package topdraw.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;
import topdraw.reward.Rewards;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

/// What other programs recorded, chosen from again.
class ImportedPolicyTest {
  private static final String ROWS =
      """
      {"prompt": "p", "response": "long answer", "reward": 1, "log_p": -2.5, "finish_reason": "length"}
      {"prompt": "q", "response": "other", "reward": 1, "log_p": -1}
      {"prompt": "p", "response": "short", "reward": 0, "log_p": -1.5}
      {"prompt": "p", "response": "short", "reward": 0, "log_p": -1.5}
      {"prompt": "r", "response": "unknown", "reward": 0}
      """;

  @TempDir private Path folder;

  private ImportedPolicy policy(boolean vouched) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.jsonl"), ROWS);
    Mapping mapping = new Mapping(Map.of(), List.of(), vouched);
    try (Recording recording = Recording.open(List.of(file.toString()), mapping)) {
      return ImportedPolicy.of(recording);
    }
  }

  @Test
  void drawsAreTheSamplesInTheirOrder() throws IOException {
    List<Completion> drawn = policy(true).draw(new Prompt.Text("p"), 0, 3);

    assertThat(drawn).extracting(Completion::text).containsExactly("long answer", "short", "short");
    assertThat(drawn).extracting(Completion::logProbability).containsExactly(-2.5, -1.5, -1.5);
    assertThat(drawn).extracting(Completion::index).containsExactly(0, 1, 2);
    assertThat(drawn.get(0).finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(drawn.get(1).sameOutcome(drawn.get(2))).isTrue();
    assertThat(drawn.get(0).sameOutcome(drawn.get(1))).isFalse();
    assertThat(policy(true).draw(new Prompt.Text("p"), 1, 2)).isEqualTo(drawn.subList(1, 3));
  }

  @Test
  void aRewardThatWasNotRecordedChoosesAmongThem() throws IOException {
    Selector selector = new Selector(policy(true), List.of(Rewards.regularExpression("short")));
    Round round = selector.select(new Selection.BestOfN(3), new Prompt.Text("p"), 0, (_, _) -> {});

    assertThat(round.candidates().get(round.chosen()).completion().text()).isEqualTo("short");
  }

  @Test
  void whatWasNotRecordedIsRefusedByName() throws IOException {
    ImportedPolicy policy = policy(true);

    assertThatThrownBy(() -> policy.draw(new Prompt.Text("p"), 2, 2))
        .hasMessageContaining("has 3 completions")
        .hasMessageContaining("asked for number 4");
    assertThat(policy.refusal(new Prompt.Text("new"))).hasValue("the recording has no such prompt");
    assertThat(policy.refusal(new Prompt.Text("r")).orElseThrow())
        .contains("rows.jsonl:5")
        .contains("no log-probability");
    assertThat(policy.refusal(new Prompt.Text("p"))).isEmpty();
    assertThat(policy(false).refusal(new Prompt.Text("p")).orElseThrow())
        .contains("rows.jsonl:1")
        .contains("distribution sampled from");
  }

  @Test
  void theFileIsItsProvenance() throws IOException {
    assertThat(policy(true).provenance().fingerprint().values())
        .singleElement()
        .asString()
        .startsWith("sha256:");
  }
}
