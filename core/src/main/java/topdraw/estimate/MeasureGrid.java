package topdraw.estimate;

import java.util.List;
import java.util.stream.IntStream;

/// Measures at each n of a grid, and how one prompt's numbers of them are laid out: which measures
/// it has a number for at all, then those measures n by n, as far as its draws reach.
///
/// @param measures at most 52
/// @param grid the values of n in rising order; empty for 1, 2, 3, 4, 6, 8, 12, …
record MeasureGrid(List<Measure> measures, List<Integer> grid) {
  private static final int LARGEST = 1 << 20;

  /// The grid as far as a prompt of that many draws can say.
  int[] upTo(int draws) {
    IntStream all =
        grid.isEmpty()
            ? IntStream.iterate(1, n -> n <= LARGEST, n -> 2 * n)
                .flatMap(n -> n < 2 ? IntStream.of(n) : IntStream.of(n, n + n / 2))
            : grid.stream().mapToInt(n -> n);
    return all.takeWhile(n -> n <= draws).toArray();
  }

  /// The numbers of one prompt.
  double[] numbers(RankedDraws draws) {
    int[] ns = upTo(draws.size());
    var byN = new double[ns.length][measures.size()];
    long told = 0;
    for (int i = 0; i < ns.length; i++) {
      PromptAt at = draws.at(ns[i]);
      for (int m = 0; m < byN[i].length; m++) {
        Measure measure = measures.get(m);
        byN[i][m] =
            measure.asks(ns[i], draws.size()) ? measure.value().applyAsDouble(at) : Double.NaN;
        told |= Double.isNaN(byN[i][m]) ? 0 : 1L << m;
      }
    }
    return laidOut(byN, told);
  }

  private static double[] laidOut(double[][] byN, long told) {
    var numbers = new double[1 + byN.length * Long.bitCount(told)];
    numbers[0] = told;
    int next = 1;
    for (double[] ofN : byN) {
      for (int m = 0; m < ofN.length; m++) {
        if (isTold(told, m)) {
          numbers[next++] = ofN[m];
        }
      }
    }
    return numbers;
  }

  private static boolean isTold(long told, int measure) {
    return (told >>> measure & 1) != 0;
  }

  /// A number of a prompt, NaN where its draws cannot say.
  ///
  /// @param measured what was measured of all prompts
  /// @param prompt from 0
  /// @param first the column where the numbers of this grid begin
  /// @param i which of the grid's n, from 0
  /// @param measure which measure, from 0
  double number(MeasuredPrompts measured, int prompt, int first, int i, int measure) {
    long told = (long) measured.number(prompt, first);
    return isTold(told, measure)
        ? measured.number(
            prompt, first + 1 + i * Long.bitCount(told) + Long.bitCount(told & (1L << measure) - 1))
        : Double.NaN;
  }
}
