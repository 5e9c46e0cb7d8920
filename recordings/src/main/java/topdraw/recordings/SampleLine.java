package topdraw.recordings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topdraw.reference.Completion;
import topdraw.reference.Prompt;
import topdraw.reward.Score;
import topdraw.selection.Candidate;

/// One line of `samples.jsonl`: a candidate, readable without any other line. Its key is (`run`,
/// `promptId`, `i`).
///
/// @param v version of this layout, 1
/// @param run the run's id
/// @param promptId the prompt's key
/// @param i the completion's index
/// @param prompt what was asked: messages or text
/// @param completion text, token ids, finish reason
/// @param logprob the log-probability in nats, whole and per token
/// @param rewards one entry per reward
record SampleLine(
    int v,
    String run,
    @JsonProperty("prompt_id") String promptId,
    int i,
    Prompt prompt,
    Text completion,
    LogProbability logprob,
    List<Rewarded> rewards) {

  static SampleLine of(String run, Prompt prompt, List<String> rewards, Candidate candidate) {
    Completion completion = candidate.completion();
    List<Rewarded> rewarded = new ArrayList<>();
    for (int r = 0; r < rewards.size(); r++) {
      rewarded.add(Rewarded.of(rewards.get(r), candidate.scores().get(r)));
    }
    return new SampleLine(
        1,
        run,
        prompt.key(),
        completion.index(),
        prompt,
        new Text(completion.text(), completion.tokens(), completion.finishReason().word()),
        LogProbability.of(completion),
        rewarded);
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

  @JsonInclude(Include.NON_NULL)
  record Rewarded(
      String name, @JsonInclude(Include.ALWAYS) @Nullable Double value, @Nullable String error) {
    static Rewarded of(String name, Score score) {
      return switch (score) {
        case Score.Value(double value) -> new Rewarded(name, value, null);
        case Score.Missing(String reason) -> new Rewarded(name, null, reason);
      };
    }
  }
}
