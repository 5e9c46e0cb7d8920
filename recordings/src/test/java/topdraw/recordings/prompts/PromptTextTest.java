package topdraw.recordings.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PromptTextTest {
  private static String read(byte... bytes) throws IOException {
    return PromptText.from(new ByteArrayInputStream(bytes));
  }

  @Test
  void oneFinalLineBreakIsNotPartOfThePrompt() throws IOException {
    assertThat(read("Où ?\n\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("Où ?\n");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirPlace() {
    assertThatThrownBy(() -> read((byte) 'a', (byte) 'b', (byte) 0xe9, (byte) 'c'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not UTF-8 at byte 3");
    assertThatThrownBy(() -> read((byte) 'a', (byte) 0xc3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not UTF-8 at byte 2");
    assertThatThrownBy(() -> PromptText.fromArgument("caf\uFFFD"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not UTF-8 at character 4");
  }

  @Test
  void nothingIsNotAPrompt() {
    assertThatThrownBy(() -> read()).hasMessageContaining("the prompt is empty");
    assertThatThrownBy(() -> PromptText.fromArgument(" ")).hasMessageContaining("is empty");
  }
}
