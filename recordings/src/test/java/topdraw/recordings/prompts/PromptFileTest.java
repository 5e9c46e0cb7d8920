package topdraw.recordings.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.recordings.run.Runs;

class PromptFileTest {
  private static List<Prompt> asked(String text) {
    return Runs.prompts(text).prompts().stream().map(RunPrompt::prompt).toList();
  }

  @Test
  void plainTextIsAPromptALine() {
    assertThat(asked("\uFEFFone\r\n\n  \ntwo {\"x\"}\nlast"))
        .containsExactly(Prompt.user("one"), Prompt.user("two {\"x\"}"), Prompt.user("last"));
  }

  @Test
  void jsonLinesCarryTextOrMessagesAndAName() {
    List<RunPrompt> prompts =
        Runs.prompts(
                """
                {"id": "a", "prompt": "one"}
                {"id": 7, "messages": [{"role": "system", "content": "Be brief."},
                 {"role": "user", "content": "two"}, {"role": "assistant", "content": "no"}]}
                """
                    .replace(",\n ", ", "))
            .prompts();
    assertThat(prompts.get(0).label()).contains("a");
    assertThat(prompts.get(0).prompt()).isEqualTo(Prompt.user("one"));
    assertThat(prompts.get(1).label()).isEqualTo(Optional.of("7"));
    assertThat(prompts.get(1).prompt())
        .isEqualTo(
            new Prompt.Chat(
                List.of(new Message("system", "Be brief."), new Message("user", "two"))));
  }

  @Test
  void theShapesOfOtherToolsAreRead() {
    Prompt hi = Prompt.user("hi");
    assertThat(
            asked(
                """
                {"custom_id": "r1", "method": "POST", "body": {"messages": [{"role": "user", "content": "hi"}]}}
                {"conversations": [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "ho"}]}
                {"instruction": "hi", "input": "", "output": "ho"}
                {"prompt": [{"role": "user", "content": "hi"}]}
                """))
        .containsExactly(hi, hi, hi, hi);
    assertThat(asked("{\"instruction\": \"Add\", \"input\": \"1, 2\"}"))
        .containsExactly(Prompt.user("Add\n1, 2"));
  }

  @Test
  void aBrokenLineIsNamed() {
    String good = "{\"prompt\": \"x\"}\n";
    assertThatThrownBy(() -> Runs.prompts(good.repeat(16) + "{\"prompt\": \"x\n" + good))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("prompts.txt:17: not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": 1}|no prompt; a line is",
        "{\"prompt\": \" \"}|the prompt is empty",
        "{\"messages\": []}|no prompt",
        "{\"messages\": [{\"role\": \"user\"}]}|no text \"content\"",
        "{\"messages\": [{\"role\": \"cat\", \"content\": \"x\"}]}|no speaker is called \"cat\"",
        "[{\"prompt\": \"x\"}]|one JSON array"
      })
  void whatIsWrongWithALineIsSaid(String line, String why) {
    assertThatThrownBy(() -> Runs.prompts(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("prompts.txt:1: ")
        .hasMessageContaining(why);
  }

  @Test
  void whatIsNotTextOrNotThereIsSaid() {
    assertThatThrownBy(
            () ->
                PromptFile.read(
                    new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xff}), "p", false))
        .hasMessageStartingWith("p:2: not UTF-8");
    assertThatThrownBy(() -> Runs.prompts(" \n\n")).hasMessageContaining("holds no prompt");
    assertThatThrownBy(() -> PromptFile.read(Path.of("no-such-file"), false))
        .hasMessageContaining("there is no prompt file no-such-file");
  }

  @Test
  void rawTextIsContinuedAsItStands() throws IOException {
    byte[] text = "{\"prompt\": \"Once\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(PromptFile.read(new ByteArrayInputStream(text), "p", true).prompts())
        .extracting(RunPrompt::prompt)
        .containsExactly(new Prompt.Text("Once"));
  }

  @Test
  void aHundredThousandLinesAreRead() {
    String text = "What is the capital of France?\n".repeat(100_000);
    List<RunPrompt> prompts = Runs.prompts(text).prompts();
    assertThat(prompts).hasSize(100_000);
    assertThat(prompts.getLast().key()).endsWith("#100000");
    assertThat(prompts.getLast().drawIndex(2)).isEqualTo(299_999);
  }
}
