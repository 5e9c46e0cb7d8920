package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  @Test
  void theKeyNeverChangesBecauseRandomStreamsHangOnIt() {
    // sha256 of {"messages":[{"content":"Hi","role":"user"}]}, by sha256sum
    assertThat(Prompt.user("Hi").key())
        .isEqualTo("sha256:c690133a69ad78b589d329d9333c8ddb024a3247626bb1cd01f1fca29f29004c");
  }

  @Test
  void aChatAndATextOfTheSameWordsAreDifferentPrompts() {
    assertThat(Prompt.user("Hi").key()).isNotEqualTo(new Prompt.Text("Hi").key());
  }

  @Test
  void anEmptyPromptIsRefused() {
    assertThatThrownBy(() -> Prompt.user("")).hasMessageContaining("the prompt is empty");
    assertThatThrownBy(() -> new Prompt.Chat(List.of()))
        .hasMessageContaining("the prompt is empty");
    assertThatThrownBy(() -> new Prompt.Text("")).hasMessageContaining("the prompt is empty");
  }
}
