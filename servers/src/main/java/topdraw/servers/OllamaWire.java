package topdraw.servers;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.reference.Sampling;
import topdraw.servers.probe.Completion;

/// Ollama's own `/api/chat` and `/api/generate`: its routes after OpenAI's cut off all but 40
/// tokens and have no word against that.
record OllamaWire() implements Wire {

  @Override
  public String route(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Chat chat -> "/api/chat";
      case Prompt.Text text -> "/api/generate";
    };
  }

  @Override
  public List<Field> fields(Prompt prompt, Sampling sampling) {
    return List.of(
        Field.needed("temperature", sampling.temperature()),
        Field.needed("top_p", sampling.topP()),
        Field.needed("top_k", sampling.topK()),
        Field.needed("min_p", sampling.minP()),
        Field.needed("num_predict", sampling.maxTokens()),
        Field.off("repeat_penalty", 1),
        Field.off("presence_penalty", 0),
        Field.off("frequency_penalty", 0),
        Field.off("typical_p", 1));
  }

  @Override
  public ObjectNode question(String model, Prompt prompt, int seed, List<Field> fields) {
    ObjectNode question = Json.mapper().createObjectNode().put("model", model);
    switch (prompt) {
      case Prompt.Chat chat -> Wire.messages(chat, question);
      case Prompt.Text(String text) -> question.put("prompt", text).put("raw", true);
    }
    ObjectNode options = question.putObject("options").put("seed", seed);
    for (Field field : fields) options.set(field.name(), Json.mapper().valueToTree(field.value()));
    return question.put("logprobs", true).put("top_logprobs", 2).put("stream", false);
  }

  @Override
  public Completion read(JsonNode answer) {
    JsonNode message = answer.path("message");
    Optional<String> text =
        message.path("content").asStringOpt().or(() -> answer.path("response").asStringOpt());
    boolean calls = message.path("tool_calls").size() > 0;
    String thought =
        message.path("thinking").asStringOpt().orElse(answer.path("thinking").asString(""));
    return new Completion(
        text.orElseThrow(() -> new UnreadableAnswer("no message")),
        answer.path("done").asBoolean(false)
            ? answer.path("done_reason").asStringOpt()
            : Optional.empty(),
        OpenAiWire.content(answer.path("logprobs")),
        new int[0],
        OpenAiWire.number(answer.path("eval_count")),
        OpenAiWire.number(answer.path("prompt_eval_count")),
        calls || !thought.isEmpty(),
        answer.path("model").asStringOpt());
  }
}
