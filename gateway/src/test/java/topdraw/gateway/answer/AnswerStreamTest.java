package topdraw.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.Question;
import topdraw.gateway.question.QuestionReader;
import topdraw.json.Json;

class AnswerStreamTest {
  private static final Question QUESTION =
      new QuestionReader(1 << 16)
          .chat(
              "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}],\"stream\":true}"
                  .getBytes(StandardCharsets.UTF_8),
              Options.NONE);

  @Test
  void aBlockThatEndsInsideACharacterIsGoneOnWith() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AnswerStream stream = new AnswerStream(out, "run", QUESTION, 0);
    for (String text : List.of("\uFFFD", "caf\uFFFD", "café \uFFFD au", "café \uFFFD au lait")) {
      stream.accepted(text);
    }
    List<String> said =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> Json.read(line.substring(6)).at("/choices/0/delta/content").asString())
            .toList();
    assertThat(said).containsExactly("caf", "é \uFFFD au", " lait");
  }
}
