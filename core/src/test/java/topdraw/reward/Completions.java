package topdraw.reward;

import java.util.List;
import java.util.stream.IntStream;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;

/// Completions of one token each, for rewards that look at the text.
final class Completions {
  static final Prompt PROMPT = Prompt.user("?");

  private Completions() {}

  static List<Completion> of(String... texts) {
    return IntStream.range(0, texts.length)
        .mapToObj(
            i ->
                new Completion(
                    i, texts[i], new int[] {i}, new double[] {-1 - i}, FinishReason.STOP))
        .toList();
  }

  static List<Score> score(Reward reward, String... texts) {
    return reward.score(PROMPT, of(texts));
  }

  static List<Score> values(double... values) {
    return java.util.Arrays.stream(values).<Score>mapToObj(Score.Value::new).toList();
  }
}
