package topdraw.reward;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import topdraw.draw.Draft;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// Completions of one token each, for rewards that look at the text.
final class Completions {
  static final Prompt PROMPT = Prompt.user("?");

  private Completions() {}

  static PromptDraws of(String... texts) {
    return PromptDraws.of(
        PROMPT,
        IntStream.range(0, texts.length)
            .mapToObj(i -> Draft.drawn(i, texts[i], new int[] {i}, -1 - i))
            .toList());
  }

  static List<Score> score(Reward reward, String... texts) {
    return reward.score(of(texts));
  }

  static List<Score> values(double... values) {
    return Arrays.stream(values).<Score>mapToObj(Score.Value::new).toList();
  }
}
