package topdraw.servers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.reference.Sampling;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.Completion.Entry;

/// `/v1/chat/completions` and `/v1/completions`, as OpenAI began them and others carry them on.
///
/// @param kind which of them it is
record OpenAiWire(ServerKind kind) implements Wire {
  private static final String LOGPROBS = "logprobs";

  @Override
  public String route(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Chat chat -> "/v1/chat/completions";
      case Prompt.Text text -> "/v1/completions";
    };
  }

  @Override
  public List<Field> fields(Prompt prompt, Sampling sampling) {
    List<Field> fields = new ArrayList<>();
    boolean openai = kind == ServerKind.OPENAI;
    boolean chat = prompt instanceof Prompt.Chat;
    fields.add(
        new Field("temperature", sampling.temperature(), openai && sampling.temperature() == 1));
    fields.add(new Field("top_p", sampling.topP(), openai && sampling.topP() == 1));
    if (!openai || sampling.topK() > 0) {
      int topK = sampling.topK() > 0 ? sampling.topK() : kind.allTokens();
      fields.add(new Field("top_k", topK, sampling.topK() == 0));
    }
    if (!openai || sampling.minP() > 0) {
      fields.add(new Field("min_p", sampling.minP(), sampling.minP() == 0));
    }
    // OpenAI's newer models refuse the old name, others do not know the new one.
    fields.add(
        Field.needed(
            openai && chat ? "max_completion_tokens" : "max_tokens", sampling.maxTokens()));
    fields.add(Field.off("presence_penalty", 0));
    fields.add(Field.off("frequency_penalty", 0));
    fields.addAll(own());
    fields.add(Field.free("n", 1));
    if (chat) {
      fields.add(Field.free(LOGPROBS, true));
      fields.add(Field.free("top_logprobs", 2));
    } else {
      fields.add(Field.free(LOGPROBS, 2));
    }
    return fields;
  }

  /// What only this kind of server has.
  private List<Field> own() {
    return switch (kind) {
      case LLAMA_CPP ->
          List.of(
              Field.off("repeat_penalty", 1),
              Field.off("typical_p", 1),
              Field.off("xtc_probability", 0),
              Field.off("dry_multiplier", 0),
              Field.off("dynatemp_range", 0),
              Field.off("mirostat", 0),
              // Its own order has the temperature last.
              Field.needed("samplers", List.of("temperature", "top_k", "top_p", "min_p")));
      case VLLM ->
          List.of(Field.off("repetition_penalty", 1), Field.free("return_token_ids", true));
      case SGLANG -> List.of(Field.off("repetition_penalty", 1));
      case OLLAMA, TRANSFORMERS, OPENAI, COMPATIBLE -> List.of();
    };
  }

  @Override
  public ObjectNode question(String model, Prompt prompt, int seed, List<Field> fields) {
    ObjectNode question = Json.mapper().createObjectNode().put("model", model);
    switch (prompt) {
      case Prompt.Chat chat -> Wire.messages(chat, question);
      case Prompt.Text(String text) -> question.put("prompt", text);
    }
    for (Field field : fields) question.set(field.name(), Json.mapper().valueToTree(field.value()));
    return question.put("seed", seed).put("stream", false);
  }

  @Override
  public Completion read(JsonNode answer) {
    JsonNode choice = first(answer.path("choices"));
    JsonNode message = choice.path("message");
    Optional<String> text =
        Stream.of(message.path("content"), message.path("refusal"), choice.path("text"))
            .flatMap(node -> node.asStringOpt().stream())
            .findFirst();
    boolean calls = message.path("tool_calls").size() > 0;
    if (text.isEmpty() && message.isMissingNode()) {
      throw new UnreadableAnswer("a choice without a text");
    }
    return new Completion(
        text.orElse(""),
        choice.path("finish_reason").asStringOpt(),
        entries(choice.path(LOGPROBS)),
        ids(choice.path("token_ids")),
        number(answer.at("/usage/completion_tokens")),
        number(answer.at("/usage/prompt_tokens")),
        calls || text.isEmpty() || said(message, "reasoning_content") || said(message, "reasoning"),
        policy(answer));
  }

  /// The choice of a question for one.
  ///
  /// @throws UnreadableAnswer if there is none
  static JsonNode first(JsonNode choices) {
    if (!choices.isArray() || choices.isEmpty()) {
      throw new UnreadableAnswer("no choices");
    }
    for (JsonNode choice : choices) {
      if (choice.path("index").asInt(-1) == 0) return choice;
    }
    return choices.get(0);
  }

  private static boolean said(JsonNode message, String what) {
    return !message.path(what).asStringOpt().orElse("").isEmpty();
  }

  private static Optional<String> policy(JsonNode answer) {
    String words =
        String.join(
            " ",
            Stream.of("model", "system_fingerprint")
                .flatMap(name -> answer.path(name).asStringOpt().stream())
                .map(Recognition::file)
                .toList());
    return words.isBlank() ? Optional.empty() : Optional.of(words);
  }

  static OptionalInt number(JsonNode node) {
    return node.isInt() && node.intValue() >= 0
        ? OptionalInt.of(node.intValue())
        : OptionalInt.empty();
  }

  private static int[] ids(JsonNode list) {
    return list.isArray() && list.valueStream().allMatch(JsonNode::isInt)
        ? list.valueStream().mapToInt(JsonNode::intValue).toArray()
        : new int[0];
  }

  /// Both shapes: a list of tokens, or a list for each property of them.
  private static List<Entry> entries(JsonNode logprobs) {
    return logprobs.path("content").isArray()
        ? content(logprobs.path("content"))
        : columns(logprobs);
  }

  /// The entries of a list of tokens.
  static List<Entry> content(JsonNode content) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode token : content) {
      String text = token.path("token").asString("");
      Map<String, Double> others = new HashMap<>();
      for (JsonNode top : token.path("top_logprobs")) {
        other(others, top.path("token").asString(""), text, top.path("logprob"));
      }
      entries.add(new Entry(text, nats(token.path("logprob")), number(token.path("id")), others));
    }
    return entries;
  }

  private static List<Entry> columns(JsonNode logprobs) {
    JsonNode tokens = logprobs.path("tokens");
    JsonNode numbers = logprobs.path("token_logprobs");
    if (!tokens.isArray() || tokens.size() != numbers.size()) return List.of();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String text = tokens.get(i).asString("");
      Map<String, Double> others = new HashMap<>();
      logprobs
          .path("top_logprobs")
          .path(i)
          .properties()
          .forEach(top -> other(others, top.getKey(), text, top.getValue()));
      entries.add(new Entry(text, nats(numbers.get(i)), OptionalInt.empty(), others));
    }
    return entries;
  }

  private static double nats(JsonNode number) {
    return number.isNumber() ? number.doubleValue() : Double.NaN;
  }

  /// The token drawn is among the likeliest or not, wherever it stands in their list.
  private static void other(
      Map<String, Double> others, String token, String drawn, JsonNode number) {
    double nats = nats(number);
    if (!token.equals(drawn) && LogProbability.possible(nats)) others.put(token, nats);
  }
}
