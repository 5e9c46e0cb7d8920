package topdraw.words;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import topdraw.estimate.OneSet;

/// What one set of prompts for every n leaves out.
public final class OneSetWords {
  private OneSetWords() {}

  /// The values of n that no prompt has draws for, and the prompts with too few draws.
  ///
  /// @param set a set that has taken its prompts
  /// @return a sentence for each; empty where nothing is left out
  public static List<String> sentences(OneSet set) {
    List<String> sentences = new ArrayList<>();
    if (!set.beyond().isEmpty()) {
      sentences.add(
          "n = %s left out: no prompt has more than %d draws"
              .formatted(
                  set.beyond().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  set.mostDraws()));
    }
    if (set.leftOut() > 0) {
      sentences.add(
          "one set of prompts for every n: %d of %d have %d draws, %d left out; --every-n takes each as far as it goes"
              .formatted(set.taken(), set.taken() + set.leftOut(), set.draws(), set.leftOut()));
    }
    return sentences;
  }
}
