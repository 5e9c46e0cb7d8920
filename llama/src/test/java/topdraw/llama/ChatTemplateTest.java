package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.LlamaModel;

class ChatTemplateTest {
  private static final LocalDate DAY = LocalDate.of(2025, 3, 9);
  private static final Prompt.Chat HELLO =
      new Prompt.Chat(List.of(new Message("user", "Hi {{x}}!")));

  /// Golden: `apply_chat_template(…, add_generation_prompt=True)` of SmolLM2-135M-Instruct, whose
  /// template brings its own system message.
  @Test
  void theDefaultModelsTemplateAddsItsSystemMessage() {
    try (LlamaModel model = LlamaModel.load(TestModel.get(), EngineBuild.DEFAULT)) {
      var template =
          new ChatTemplate(model.chatTemplate().orElseThrow(), model.begin(), model.end());
      assertThat(template.render(HELLO, DAY))
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
      assertThat(template.render(own, DAY))
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
            "{{ bos_token }}\n"
                + "  {% for m in messages %}\n"
                + "[{{ m.role }}] {{ m['content'] }}\n"
                + "  {% endfor %}\n"
                + "end",
            "<s>", "</s>");
    assertThat(template.render(HELLO, DAY)).isEqualTo("<s>\n[user] Hi {{x}}!\nend");
  }

  @Test
  void aTemplateMayRefuseAConversation() {
    var template = new ChatTemplate("{{ raise_exception('roles must alternate') }}", "", "");
    assertThatThrownBy(() -> template.render(HELLO, DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("roles must alternate")
        .hasMessageContaining("raw");
  }

  @Test
  void aTemplateThatIsNotJinjaIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> new ChatTemplate("\n{% for m in messages %}{{ m.content }}", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model's chat template cannot be used (line 2: the template ends before {% else"
                + " %}); give the prompt raw");
  }

  @Test
  void whatIsNotUnderstoodIsNamedWithItsLineAndTheWayOut() {
    var template = new ChatTemplate("hello\n{{ messages | xmlattr }}", "", "");
    assertThatThrownBy(() -> template.render(HELLO, DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model's chat template cannot render this conversation (line 2: the filter"
                + " \"xmlattr\" is not understood); give the prompt raw");
  }

  /// Hugging Face hands these over as none, which some templates tell from what is not there.
  @Test
  void thereAreNoToolsAndNoDocuments() {
    var template =
        new ChatTemplate("{{ tools is none }} {{ documents is none }} {{ x is defined }}", "", "");
    assertThat(template.render(HELLO, DAY)).isEqualTo("True True False");
  }

  @Test
  void theDateIsTheDayGivenAndTheTemplateSaysThatItAsksForIt() {
    var template = new ChatTemplate("{{ strftime_now('%d %b %Y %H:%M') }}", "", "");
    assertThat(template.asksTheDate()).isTrue();
    assertThat(template.render(HELLO, DAY)).isEqualTo("09 Mar 2025 00:00");
    assertThat(new ChatTemplate("{{ messages }}", "", "").asksTheDate()).isFalse();
  }

  @Test
  void theDayIsTodayUnlessTheEnvironmentSaysOtherwise() {
    assertThat(TemplateDay.of(Map.of(), DAY)).isEqualTo(DAY);
    assertThat(TemplateDay.of(Map.of("SOURCE_DATE_EPOCH", "1735689600"), DAY))
        .isEqualTo(LocalDate.of(2025, 1, 1));
    assertThatThrownBy(() -> TemplateDay.of(Map.of("SOURCE_DATE_EPOCH", "today"), DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SOURCE_DATE_EPOCH is not a number of seconds");
  }
}
