package topdraw.recordings.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.estimate.RoundFindings;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.reference.Capabilities;
import topdraw.reward.Rewards;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
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

  private static final Prompt P = new Prompt.Text("p");

  @TempDir private Path folder;

  private ImportedPolicy policy(boolean vouched) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.jsonl"), ROWS);
    Mapping mapping = new Mapping(Map.of(), List.of(), vouched);
    try (Recording recording = Recordings.open(List.of(file.toString()), mapping)) {
      return ImportedPolicy.of(recording);
    }
  }

  @Test
  void drawsAreTheSamplesInTheirOrderAndNothingIsMadeUp() throws IOException {
    List<Draw> drawn = policy(true).draw(P, 0, 3);

    assertThat(drawn)
        .extracting(draw -> draw.text().orElseThrow())
        .containsExactly("long answer", "short", "short");
    assertThat(drawn)
        .extracting(Draw::logProbability)
        .containsExactly(
            new LogProbability.Exact(-2.5),
            new LogProbability.Exact(-1.5),
            new LogProbability.Exact(-1.5));
    assertThat(drawn).extracting(Draw::index).containsExactly(0, 1, 2);
    assertThat(drawn).extracting(Draw::tokens).containsOnly(Tokens.unknown());
    assertThat(drawn).extracting(Draw::scores).containsOnly(Scores.none());
    assertThat(drawn.get(0).finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(drawn.get(1).finish()).isEqualTo(FinishReason.NOT_RECORDED);
    assertThat(drawn.get(1).outcome()).isEqualTo(drawn.get(2).outcome());
    assertThat(drawn.get(0).outcome()).isNotEqualTo(drawn.get(1).outcome());
    assertThat(policy(true).draw(P, 1, 2)).isEqualTo(drawn.subList(1, 3));
  }

  @Test
  void whatNobodyVouchesForProvesNothingAndWhatIsMissingIsMissing() throws IOException {
    assertThat(policy(false).draw(P, 0, 1).getFirst().logProbability())
        .isEqualTo(new LogProbability.Unproven(-2.5, LogProbability.Doubt.UNKNOWN_DISTRIBUTION));
    assertThat(policy(true).draw(new Prompt.Text("r"), 0, 1).getFirst().logProbability())
        .isEqualTo(LogProbability.missing());
    assertThat(policy(true).capabilities()).isEqualTo(new Capabilities(true, false, 1));
  }

  @Test
  void aRewardThatWasNotRecordedChoosesAmongThem() throws IOException {
    Selector selector = new Selector(policy(true), List.of(Rewards.regularExpression("short")));
    Round round = selector.select(new Selection.BestOfN(3), P, 0, (_, _) -> {});

    assertThat(round.winner().text()).hasValue("short");
    assertThat(round.tokensDrawn()).isEmpty();
  }

  @Test
  void withoutALogProbabilityOnlyTheTextbooksBoundsAreFound() throws IOException {
    Selector selector = new Selector(policy(false), List.of(Rewards.regularExpression("short")));
    Round round = selector.select(new Selection.BestOfN(3), P);

    assertThat(RoundFindings.of(round, Confidence.DEFAULT))
        .extracting(Finding::source)
        .hasSize(2)
        .allMatch(source -> source.id().startsWith("textbook"));
  }

  @Test
  void whatWasNotRecordedIsRefusedByName() throws IOException {
    ImportedPolicy policy = policy(true);

    assertThatThrownBy(() -> policy.draw(P, 2, 2))
        .hasMessageContaining("has 3 completions")
        .hasMessageContaining("asked for number 4");
    assertThatThrownBy(() -> policy.draw(new Prompt.Text("new"), 0, 1))
        .hasMessage("the recording has no such prompt");
  }

  @Test
  void theFileIsItsProvenance() throws IOException {
    assertThat(policy(true).provenance().fingerprint().values())
        .singleElement()
        .asString()
        .startsWith("sha256:");
  }
}
