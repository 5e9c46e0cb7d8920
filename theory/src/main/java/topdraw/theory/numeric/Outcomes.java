package topdraw.theory.numeric;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Numbers of completions, as callers chose them.
public final class Outcomes {
  private Outcomes() {}

  /// Numbers from 0 to less than the length, equal for equal ones; the same array where they are
  /// so.
  ///
  /// @param outcomes any numbers
  /// @return one for each of them
  public static int[] small(int[] outcomes) {
    boolean small = true;
    for (int outcome : outcomes) {
      small &= outcome >= 0 && outcome < outcomes.length;
    }
    if (small) {
      return outcomes;
    }
    int[] known = IntStream.of(outcomes).sorted().distinct().toArray();
    return IntStream.of(outcomes).map(outcome -> Arrays.binarySearch(known, outcome)).toArray();
  }
}
