package topdraw.servers;

import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;

/// vLLM by `prompt_logprobs`, which are the model's own whatever `--logprobs-mode` says: one
/// request a completion, of its ids behind the prompt's.
final class VllmForcing implements Forcing {
  private static final String TOKENS = "tokens";
  private static final Pattern MARKUP =
      Pattern.compile("<[|｜][^<>]*[|｜]>|</?s>|<(?:start|end)_of_turn>|\\[/?INST\\]");

  private final ModelServer server;

  /// @param server the server
  VllmForcing(ModelServer server) {
    this.server = server;
  }

  @Override
  public int[] prompt(Prompt prompt) {
    ObjectNode question = question();
    switch (prompt) {
      case Prompt.Chat chat -> {
        Wire.messages(chat, question);
        question.put("add_generation_prompt", true);
      }
      case Prompt.Text(String text) -> question.put("prompt", text);
    }
    return Forcing.ids(post("/tokenize", question).path(TOKENS));
  }

  /// None for a text with what looks like a special token: its route reads that as one, and drawn
  /// as plain tokens it was not.
  @Override
  public int[] text(String text) {
    if (MARKUP.matcher(text).find()) return new int[0];
    ObjectNode question = question().put("prompt", text).put("add_special_tokens", false);
    return Forcing.ids(post("/tokenize", question).path(TOKENS));
  }

  @Override
  public String spelled(int[] ids) {
    ObjectNode question = question();
    question.set(TOKENS, Forcing.ids(ids));
    return post("/detokenize", question).path("prompt").asString("");
  }

  @Override
  public double[] terms(int[] prompt, int[] completion) {
    int[] all = Arrays.copyOf(prompt, prompt.length + completion.length);
    System.arraycopy(completion, 0, all, prompt.length, completion.length);
    ObjectNode question = question();
    question.set("prompt", Forcing.ids(all));
    question.put("max_tokens", 1).put("temperature", 1).put("prompt_logprobs", 0);
    JsonNode told = post("/v1/completions", question).at("/choices/0/prompt_logprobs");
    double[] terms = new double[completion.length];
    for (int i = 0; i < terms.length; i++) {
      JsonNode token = told.path(prompt.length + i).path(Integer.toString(completion[i]));
      terms[i] =
          told.size() == all.length ? token.path("logprob").asDouble(Double.NaN) : Double.NaN;
    }
    return terms;
  }

  private ObjectNode question() {
    return Json.mapper().createObjectNode().put("model", server.model());
  }

  private JsonNode post(String route, ObjectNode question) {
    return server.client().post(route, question).json();
  }
}
