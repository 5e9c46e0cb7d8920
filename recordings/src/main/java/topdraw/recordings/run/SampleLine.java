package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Tokens;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.recordings.row.DrawLine;
import topdraw.recordings.row.LogProbabilities;
import topdraw.reward.RewardIdentity;

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
/// @param failed true where that lay in the drawing, so that it may be drawn another time
/// @param logprob the log-probability in nats, whole and per token; null where there is none
/// @param rewards one entry per reward
/// @param usage how many tokens it has, where the log-probability does not say so
/// @param sampling how tokens were drawn
/// @param model what drew them
/// @param origin the policy and the seed of this one draw, where it has its own
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
    @JsonInclude(Include.NON_NULL) @Nullable Boolean failed,
    @Nullable LogP logprob,
    List<RewardEntry> rewards,
    @JsonInclude(Include.NON_NULL) @Nullable Usage usage,
    Map<String, Object> sampling,
    Map<String, String> model,
    @JsonInclude(Include.NON_NULL) @Nullable From origin) {

  /// The line of a scored draw.
  static SampleLine of(RunManifest run, RunPrompt prompt, Draw draw) {
    List<RewardEntry> entries = new ArrayList<>();
    List<RewardIdentity> rewards = run.settings().rewards();
    for (int r = 0; r < rewards.size(); r++) {
      entries.add(RewardEntry.of(rewards.get(r), draw.scores().scores().get(r)));
    }
    LogP logP = LogP.of(draw);
    return line(
        run,
        prompt,
        draw.index(),
        Text.of(draw),
        null,
        null,
        logP,
        entries,
        logP == null ? Usage.of(draw) : null,
        From.of(draw.origin()));
  }

  /// The line in the place of a completion that cannot be drawn.
  ///
  /// @param again whether it may be drawn another time
  static SampleLine missing(RunManifest run, RunPrompt prompt, int i, String why, boolean again) {
    return line(
        run, prompt, i, null, why, again ? Boolean.TRUE : null, null, List.of(), null, null);
  }

  private static SampleLine line(
      RunManifest run,
      RunPrompt prompt,
      int i,
      @Nullable Text completion,
      @Nullable String error,
      @Nullable Boolean failed,
      @Nullable LogP logprob,
      List<RewardEntry> rewards,
      @Nullable Usage usage,
      @Nullable From origin) {
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
        failed,
        logprob,
        rewards,
        usage,
        sampling(run.settings()),
        model(run.settings()),
        origin);
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

  /// Whether nothing of a line is to be tried again: it is drawn and has every score, or was
  /// refused.
  static boolean complete(JsonNode line) {
    return DrawLine.drawn(line)
        ? RewardEntry.scores(line).scores().stream().allMatch(Score.Value.class::isInstance)
        : !RecordedPrompt.Absent.of(line).again();
  }

  @JsonInclude(Include.NON_NULL)
  record Text(
      @JsonInclude(Include.ALWAYS) @Nullable String text,
      @JsonProperty("token_ids") int @Nullable [] tokenIds,
      @JsonProperty("token_texts") @Nullable List<String> tokenTexts,
      @JsonProperty("finish_reason") @Nullable String finishReason) {
    static Text of(Draw draw) {
      return new Text(
          draw.text().orElse(null),
          draw.tokens() instanceof Tokens.Ids known ? known.ids() : null,
          draw.tokens() instanceof Tokens.Texts known ? known.texts() : null,
          draw.finish().word().orElse(null));
    }
  }

  /// `distribution`, `eos`, `complete` and `margin` say what the sum proves.
  @JsonInclude(Include.NON_NULL)
  record LogP(
      @JsonInclude(Include.ALWAYS) @Nullable Double sum,
      @Nullable Number tokens,
      @JsonProperty("per_token") double @Nullable [] perToken,
      String distribution,
      @Nullable String eos,
      @Nullable Boolean complete,
      @Nullable Double margin) {
    static @Nullable LogP of(Draw draw) {
      double[] perToken =
          switch (draw.tokens()) {
            case Tokens.Ids known -> known.logProbabilities();
            case Tokens.Texts known -> known.logProbabilities();
            case Tokens.Count count -> new double[0];
            case Tokens.Unknown unknown -> new double[0];
          };
      return of(draw.logProbability(), draw.length(), perToken);
    }

    /// The same with a sum that may be no number of JSON.
    LogP with(double any) {
      return new LogP(any, tokens, perToken, distribution, eos, complete, margin);
    }

    static @Nullable LogP of(
        LogProbability logProbability, OptionalDouble tokens, double[] perToken) {
      OptionalDouble number = logProbability.recorded();
      if (number.isEmpty()) {
        return null;
      }
      LogProbabilities.Says says = LogProbabilities.says(logProbability);
      return new LogP(
          Double.isFinite(number.getAsDouble()) ? number.getAsDouble() : null,
          whole(tokens),
          perToken.length == 0 ? null : perToken,
          says.distribution(),
          says.eos(),
          says.complete(),
          says.margin());
    }
  }

  /// Its length in tokens.
  record Usage(@JsonProperty("completion_tokens") Number completionTokens) {
    static @Nullable Usage of(Draw draw) {
      Number tokens = draw.tokens() instanceof Tokens.Count ? whole(draw.length()) : null;
      return tokens == null ? null : new Usage(tokens);
    }
  }

  /// What is this one draw's own.
  @JsonInclude(Include.NON_NULL)
  record From(@Nullable String policy, @Nullable String seed) {
    static @Nullable From of(Origin origin) {
      return origin.policy().isEmpty() && origin.seed().isEmpty()
          ? null
          : new From(origin.policy().orElse(null), origin.seed().orElse(null));
    }
  }

  /// A length, as a whole number where it is one.
  private static @Nullable Number whole(OptionalDouble length) {
    if (length.isEmpty()) {
      return null;
    }
    double value = length.getAsDouble();
    if (value == Math.rint(value)) {
      return (long) value;
    }
    return value;
  }
}
