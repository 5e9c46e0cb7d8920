package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.PromptDraws;
import topdraw.json.Json;
import topdraw.recordings.Recording;

/// Turns that repeat the conversation before them are one draw a rollout, under the question of the
/// first turn.
class GrowingPromptsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aRolloutIsADrawOfItsFirstQuestion(boolean messages, boolean named) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int p = 0; p < 2; p++) {
      for (int rollout = 0; rollout < 3; rollout++) {
        List<Object> conversation =
            new ArrayList<>(List.of(Map.of("role", "user", "content", "Question " + p)));
        String text = "Question " + p;
        for (int turn = 0; turn < 2 + rollout; turn++) {
          String said = "act " + p + rollout + turn;
          Map<String, Object> row = new LinkedHashMap<>();
          if (named) {
            row.put("task_id", "t" + p);
          }
          row.put("rollout_id", p + "/" + rollout);
          row.put("turn", turn);
          row.put("prompt", messages ? List.copyOf(conversation) : text);
          row.put("completion", said);
          row.put("reward", turn == 1 + rollout ? rollout : null);
          lines.append(Json.line(row)).append('\n');
          conversation.add(Map.of("role", "assistant", "content", said));
          conversation.add(Map.of("role", "user", "content", "seen"));
          text += said + " seen";
        }
      }
    }
    Path file = Files.writeString(folder.resolve("turns.jsonl"), lines);
    List<PromptDraws> prompts = new ArrayList<>();
    try (Recording recording = Recordings.open(List.of(file.toString()), Mapping.NONE)) {
      recording.forEach(prompts::add);
    }
    assertThat(prompts)
        .extracting(PromptDraws::display)
        .containsExactly("Question 0", "Question 1");
    for (int p = 0; p < 2; p++) {
      assertThat(prompts.get(p).ranks("reward")).containsExactly(0, 1, 2);
      assertThat(prompts.get(p).draws().get(1).text())
          .contains("act %1$d10\nact %1$d11\nact %1$d12".formatted(p));
    }
  }
}
