package topdraw.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import topdraw.estimate.PromptSource;

/// One set of prompts for all values of n that a person asked for: those with enough draws for the
/// largest, so that a curve does not bend where prompts fall out of it.
final class OneSet {
  private final List<Integer> asked;
  private OptionalInt largest;
  private long taken;
  private long leftOut;
  private int most;

  /// @param asked the values of n; empty where each is to have the prompts that it can
  OneSet(List<Integer> asked) {
    this.asked = asked;
    largest = asked.stream().mapToInt(Integer::intValue).max();
  }

  /// The prompts that have as many draws.
  PromptSource<IOException> of(PromptSource<IOException> prompts) {
    taken = 0;
    leftOut = 0;
    return taker ->
        prompts.forEach(
            prompt -> {
              int draws = prompt.draws().size();
              most = Math.max(most, draws);
              if (draws >= largest.orElse(0)) {
                taken++;
                taker.accept(prompt);
              } else {
                leftOut++;
              }
            });
  }

  long taken() {
    return taken;
  }

  /// Where no prompt had enough draws: goes down to the largest n that some prompt has.
  ///
  /// @return whether there is such an n, or else any set will do
  boolean lower() {
    largest = asked.stream().mapToInt(Integer::intValue).filter(n -> n <= most).max();
    return most > 0;
  }

  /// What was left out.
  List<String> words() {
    List<String> words = new ArrayList<>();
    List<Integer> beyond = asked.stream().filter(n -> n > most).sorted().distinct().toList();
    if (!beyond.isEmpty()) {
      words.add("n = %s left out: no prompt has more than %d draws".formatted(list(beyond), most));
    }
    if (leftOut > 0) {
      words.add(
          "one set of prompts for every n: %d of %d have %d draws, %d left out; --every-n takes each as far as it goes"
              .formatted(taken, taken + leftOut, largest.orElse(0), leftOut));
    }
    return words;
  }

  private static String list(List<Integer> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }
}
