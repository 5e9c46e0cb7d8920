package topdraw.estimate;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptCurves.Best;

/// What a picture of one prompt shows beside its numbers: its words, and its best draw.
///
/// @param key what tells the prompt from others
/// @param words what was asked, cut where it is long
/// @param reward of the best draw; `-∞` where no draw has a score
/// @param text of the best draw, cut where it is long; null where it is not known
public record Portrait(String key, String words, double reward, @Nullable String text)
    implements Serializable {
  private static final int WORDS_LENGTH = 300;
  private static final int TEXT_LENGTH = 1_000;

  /// @param ranks the selecting reward of each draw, `-∞` where missing
  static Portrait of(PromptDraws prompt, double[] ranks) {
    int best = 0;
    for (int i = 1; i < ranks.length; i++) {
      best = ranks[i] > ranks[best] ? i : best;
    }
    return new Portrait(
        prompt.key(),
        cut(prompt.display(), WORDS_LENGTH),
        ranks[best],
        prompt.draws().get(best).text().map(text -> cut(text, TEXT_LENGTH)).orElse(null));
  }

  Optional<Best> best() {
    return Double.isFinite(reward)
        ? Optional.of(new Best(reward, Optional.ofNullable(text)))
        : Optional.empty();
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    // Never between the two halves of one character.
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "…";
  }
}
