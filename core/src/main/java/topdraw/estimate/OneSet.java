package topdraw.estimate;

import java.util.List;
import java.util.OptionalInt;

/// One set of prompts for all values of n that a person asked for: those with enough draws for the
/// largest, so that a curve does not bend where prompts fall out of it.
public final class OneSet {
  private final List<Integer> asked;
  private OptionalInt largest;
  private long taken;
  private long leftOut;
  private int most;

  /// A set that has taken nothing yet.
  ///
  /// @param asked the values of n; empty where each is to have the prompts that it can
  public OneSet(List<Integer> asked) {
    this.asked = List.copyOf(asked);
    largest = asked.stream().mapToInt(Integer::intValue).max();
  }

  /// Measures the prompts of the set, on all cores. Where no prompt has as many draws as the
  /// largest n, the source is read again for the largest n that some prompt has.
  ///
  /// @param questions what is measured
  /// @param source goes through all prompts
  /// @param <E> what goes wrong in the reading
  /// @return the measurements of the prompts taken
  /// @throws E if the reading goes wrong
  /// @throws IllegalArgumentException if a question cannot be asked of some draws
  public <E extends Exception> Measurements measure(Questions questions, PromptSource<E> source)
      throws E {
    Measurements measured = questions.measure(of(source));
    if (taken > 0 || most == 0) {
      return measured;
    }
    largest = asked.stream().mapToInt(Integer::intValue).filter(n -> n <= most).max();
    return questions.measure(of(source));
  }

  private <E extends Exception> PromptSource<E> of(PromptSource<E> prompts) {
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

  /// The values of n for which no prompt has enough draws.
  ///
  /// @return in rising order
  public List<Integer> beyond() {
    return asked.stream().filter(n -> n > most).sorted().distinct().toList();
  }

  /// How many draws the prompts taken have at least.
  ///
  /// @return the largest n asked for that some prompt has draws for; 0 where none was asked for
  public int draws() {
    return largest.orElse(0);
  }

  /// The most draws that any prompt has.
  ///
  /// @return 0 or more
  public int mostDraws() {
    return most;
  }

  /// How many prompts are in the set.
  ///
  /// @return 0 or more
  public long taken() {
    return taken;
  }

  /// How many prompts have too few draws for it.
  ///
  /// @return 0 or more
  public long leftOut() {
    return leftOut;
  }
}
