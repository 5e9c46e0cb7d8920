package topdraw.estimate;

import java.io.Serializable;
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

  /// Prompts that are measured where they are, and not brought to the caller.
  ///
  /// @param <E> what goes wrong
  @FunctionalInterface
  public interface Elsewhere<E extends Exception> {
    /// Measures the prompts that have enough draws.
    ///
    /// @param fewest how many draws a prompt needs to be in the set
    /// @return what was measured of all prompts
    /// @throws E if it goes wrong
    Taken measure(int fewest) throws E;
  }

  /// What was measured of some prompts.
  ///
  /// @param measured those in the set
  /// @param taken how many are in it
  /// @param leftOut how many have too few draws
  /// @param most the most draws that any of them has
  public record Taken(Measurements measured, long taken, long leftOut, int most)
      implements Serializable {
    /// These prompts and others.
    ///
    /// @param others measured by the same questions; added to these measurements
    /// @return what was measured of all
    public Taken and(Taken others) {
      measured.add(others.measured);
      return new Taken(
          measured, taken + others.taken, leftOut + others.leftOut, Math.max(most, others.most));
    }
  }

  /// Measures the prompts of the set where they are, as [#measure(Questions, PromptSource)] does
  /// here.
  ///
  /// @param prompts measures them
  /// @param <E> what goes wrong
  /// @return the measurements of the prompts taken
  /// @throws E if it goes wrong
  public <E extends Exception> Measurements measure(Elsewhere<E> prompts) throws E {
    Taken found = take(prompts);
    if (taken > 0 || most == 0) {
      return found.measured();
    }
    largest = asked.stream().mapToInt(Integer::intValue).filter(n -> n <= most).max();
    return take(prompts).measured();
  }

  private <E extends Exception> Taken take(Elsewhere<E> prompts) throws E {
    Taken found = prompts.measure(largest.orElse(0));
    taken = found.taken();
    leftOut = found.leftOut();
    most = Math.max(most, found.most());
    return found;
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
