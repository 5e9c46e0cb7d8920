package topdraw.advice;

import java.util.List;
import java.util.stream.IntStream;

/// The values of n that are looked at.
final class Grid {
  private Grid() {}

  /// Those asked for, or 1, 2, 4, 8, …; no more than there are draws.
  static List<Integer> upTo(List<Integer> asked, int draws) {
    return asked.isEmpty()
        ? IntStream.iterate(1, n -> n <= draws, n -> 2 * n).boxed().toList()
        : asked.stream().filter(n -> n <= draws).distinct().sorted().toList();
  }
}
