package topdraw.recordings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;
import topdraw.reference.Prompt.Message;
import topdraw.reward.RewardIdentity;
import topdraw.selection.Candidate;

/// One line of `samples.jsonl`: a candidate, readable without any other line. Its key is (`run`,
/// `promptId`, `i`).
///
/// @param v version of this layout, 1
/// @param run the run's id
/// @param promptId the prompt's key
/// @param i the completion's index
/// @param draw which draw of the prompt it is, where that is not `i`
/// @param labels what the prompt file says of the prompt
/// @param prompt what was asked: messages or text
/// @param completion text, token ids, finish reason; null when nothing could be drawn
/// @param error why nothing could be drawn
/// @param logprob the log-probability in nats, whole and per token
/// @param rewards one entry per reward
/// @param sampling how tokens were drawn
/// @param model what drew them
record SampleLine(
    int v,
    String run,
    @JsonProperty("prompt_id") String promptId,
    int i,
    @JsonInclude(Include.NON_NULL) @Nullable Integer draw,
    @JsonInclude(Include.NON_EMPTY) Map<String, String> labels,
    Prompt prompt,
    @Nullable Text completion,
    @JsonInclude(Include.NON_NULL) @Nullable String error,
    @Nullable LogProbability logprob,
    List<RewardEntry> rewards,
    Map<String, Object> sampling,
    Map<String, String> model) {

  /// The line of a scored completion.
  static SampleLine of(RunManifest run, RunPrompt prompt, Candidate candidate) {
    Completion completion = candidate.completion();
    List<RewardEntry> entries = new ArrayList<>();
    List<RewardIdentity> rewards = run.settings().rewards();
    for (int r = 0; r < rewards.size(); r++) {
      entries.add(RewardEntry.of(rewards.get(r), candidate.scores().get(r)));
    }
    return line(
        run,
        prompt,
        completion.index(),
        new Text(completion.text(), completion.tokens(), completion.finishReason().word()),
        null,
        LogProbability.of(completion),
        entries);
  }

  /// The line in the place of a completion that cannot be drawn.
  static SampleLine missing(RunManifest run, RunPrompt prompt, int i, String why) {
    return line(run, prompt, i, null, why, null, List.of());
  }

  private static SampleLine line(
      RunManifest run,
      RunPrompt prompt,
      int i,
      @Nullable Text completion,
      @Nullable String error,
      @Nullable LogProbability logprob,
      List<RewardEntry> rewards) {
    int draw = prompt.drawIndex(i);
    return new SampleLine(
        1,
        run.id(),
        prompt.key(),
        i,
        draw == i ? null : draw,
        prompt.label().map(id -> Map.of("id", id)).orElse(Map.of()),
        prompt.prompt(),
        completion,
        error,
        logprob,
        rewards,
        sampling(run.settings()),
        model(run.settings()));
  }

  private static Map<String, Object> sampling(RunSettings settings) {
    Map<String, Object> sampling = new LinkedHashMap<>();
    sampling.put("temperature", settings.sampling().temperature());
    sampling.put("top_k", settings.sampling().topK());
    sampling.put("top_p", settings.sampling().topP());
    sampling.put("min_p", settings.sampling().minP());
    sampling.put("max_tokens", settings.sampling().maxTokens());
    sampling.put("seed", settings.seed());
    return sampling;
  }

  private static Map<String, String> model(RunSettings settings) {
    Map<String, String> model = new LinkedHashMap<>();
    model.put("id", settings.model());
    model.putAll(settings.fingerprint());
    return model;
  }

  /// The prompt of a line.
  static Prompt prompt(JsonNode line) {
    JsonNode prompt = line.path("prompt");
    if (prompt.has("text")) {
      return new Prompt.Text(prompt.get("text").asString());
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : prompt.path("messages")) {
      messages.add(
          new Message(message.path("role").asString(), message.path("content").asString()));
    }
    return new Prompt.Chat(messages);
  }

  /// The completion of a line that has one.
  static Completion completion(JsonNode line) {
    JsonNode completion = line.path("completion");
    return new Completion(
        line.path("i").asInt(),
        completion.path("text").asString(),
        integers(completion.path("token_ids")),
        numbers(line.at("/logprob/per_token")),
        FinishReason.of(completion.path("finish_reason").asString()));
  }

  private static int[] integers(JsonNode array) {
    int[] integers = new int[array.size()];
    for (int k = 0; k < integers.length; k++) {
      integers[k] = array.get(k).asInt();
    }
    return integers;
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = array.get(k).asDouble();
    }
    return numbers;
  }

  record Text(
      String text,
      @JsonProperty("token_ids") int[] tokenIds,
      @JsonProperty("finish_reason") String finishReason) {}

  /// `distribution`, `eos` and `complete` say what the sum proves: here it is the probability of
  /// the outcome under the policy as sampled, end token included, no term missing.
  record LogProbability(
      double sum,
      int tokens,
      @JsonProperty("per_token") double[] perToken,
      String distribution,
      String eos,
      boolean complete) {
    static LogProbability of(Completion completion) {
      return new LogProbability(
          completion.logProbability(),
          completion.length(),
          completion.tokenLogProbabilities(),
          "policy",
          "included",
          true);
    }
  }
}
