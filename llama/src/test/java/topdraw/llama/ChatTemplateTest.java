package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;

class ChatTemplateTest {
  private static final Prompt.Chat HELLO =
      new Prompt.Chat(List.of(new Message("user", "Hi {{x}}!")));

  /// Golden: `apply_chat_template(…, add_generation_prompt=True)` of SmolLM2-135M-Instruct, whose
  /// template brings its own system message.
  @Test
  void theDefaultModelsTemplateAddsItsSystemMessage() {
    try (LlamaModel model = LlamaModel.load(TestModel.get())) {
      var template = new ChatTemplate(model.chatTemplate(), model.begin(), model.end());
      assertThat(template.render(HELLO))
          .isEqualTo(
              """
              <|im_start|>system
              You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
              <|im_start|>user
              Hi {{x}}!<|im_end|>
              <|im_start|>assistant
              """);
      var own =
          new Prompt.Chat(
              List.of(
                  new Message("system", "Be brief."),
                  new Message("user", "A"),
                  new Message("assistant", "B"),
                  new Message("user", "C")));
      assertThat(template.render(own))
          .isEqualTo(
              """
              <|im_start|>system
              Be brief.<|im_end|>
              <|im_start|>user
              A<|im_end|>
              <|im_start|>assistant
              B<|im_end|>
              <|im_start|>user
              C<|im_end|>
              <|im_start|>assistant
              """);
    }
  }

  @Test
  void blocksAreTrimmedAsHuggingFaceDoes() {
    var template =
        new ChatTemplate(
            "{{ bos_token }}\n  {% for m in messages %}\n[{{ m.role }}] {{ m['content'] }}\n  {% endfor %}\nend",
            "<s>", "</s>");
    assertThat(template.render(HELLO)).isEqualTo("<s>\n[user] Hi {{x}}!\nend");
  }

  @Test
  void aTemplateMayRefuseAConversation() {
    var template = new ChatTemplate("{{ raise_exception('roles must alternate') }}", "", "");
    assertThatThrownBy(() -> template.render(HELLO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("roles must alternate")
        .hasMessageContaining("raw");
  }

  @Test
  void aTemplateThatIsNotJinjaIsRefused() {
    var template = new ChatTemplate("{% for m in messages %}{{ m.content }}", "", "");
    assertThatThrownBy(() -> template.render(HELLO)).isInstanceOf(IllegalArgumentException.class);
  }
}
