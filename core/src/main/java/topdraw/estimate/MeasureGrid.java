package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Measures at each n of a grid, and how one prompt's numbers of them are laid out: which measures
/// it has a number for at all, then those measures n by n, as far as its draws reach.
///
/// @param measures at most 52
/// @param grid the values of n in rising order; empty for 1, 2, 3, 4, 6, 8, 12, …
record MeasureGrid(List<Measure> measures, List<Integer> grid) {
  private static final int LARGEST = 1 << 20;

  /// Which measures are told, and whether how they vary is.
  static final int HEAD = 2;

  /// The grid as far as a prompt of that many draws can say.
  int[] upTo(int draws) {
    return Arrays.stream(all()).takeWhile(n -> n <= draws).toArray();
  }

  private int[] all() {
    IntStream all =
        grid.isEmpty()
            ? IntStream.iterate(1, n -> n <= LARGEST, n -> 2 * n)
                .flatMap(n -> n < 2 ? IntStream.of(n) : IntStream.of(n, n + n / 2))
            : grid.stream().mapToInt(n -> n);
    return all.toArray();
  }

  /// The numbers of one prompt.
  ///
  /// @param redrawn how they vary with the drawing, where that may be asked
  double[] numbers(RankedDraws draws, Optional<Redrawn> redrawn) {
    int[] asked = all();
    int[] ns = upTo(draws.size());
    var byN = new double[ns.length][measures.size()][];
    long told = 0;
    for (int i = 0; i < ns.length; i++) {
      PromptAt at = draws.at(ns[i], asked);
      for (int m = 0; m < measures.size(); m++) {
        byN[i][m] = numbers(measures.get(m), at, redrawn.isPresent());
        told |= Double.isNaN(byN[i][m][0]) ? 0 : 1L << m;
      }
    }
    redrawn.ifPresent(again -> spread(again, ns, byN));
    return laidOut(byN, told, redrawn.isPresent());
  }

  /// All that is asked of the redrawn prompt is asked at once: it is held one redrawing at a time.
  private void spread(Redrawn redrawn, int[] ns, double[][][] byN) {
    List<Redrawn.Asked> asked = new ArrayList<>();
    List<double[]> answers = new ArrayList<>();
    for (int i = 0; i < ns.length; i++) {
      for (int m = 0; m < measures.size(); m++) {
        if (!Double.isNaN(byN[i][m][0])
            && measures.get(m).reading() instanceof Reading.Value value
            && value.spread().isEmpty()) {
          asked.add(new Redrawn.Asked(measures.get(m), ns[i]));
          answers.add(byN[i][m]);
        }
      }
    }
    double[][] spreads = redrawn.spread(asked);
    for (int k = 0; k < spreads.length; k++) {
      System.arraycopy(spreads[k], 0, answers.get(k), 1, Redrawn.WIDTH);
    }
  }

  private static double[] numbers(Measure measure, PromptAt at, boolean redrawn) {
    var numbers = new double[measure.reading().width(redrawn)];
    Arrays.fill(numbers, Double.NaN);
    if (measure.asks(at.n(), at.draws().size())) {
      double[] own = measure.reading().of(at);
      System.arraycopy(own, 0, numbers, 0, Math.min(own.length, numbers.length));
      if (own.length < numbers.length
          && !Double.isNaN(own[0])
          && measure.reading() instanceof Reading.Value value
          && value.spread().isPresent()) {
        double[] spread = value.spread().get().apply(at);
        System.arraycopy(spread, 0, numbers, own.length, spread.length);
      }
    }
    return numbers;
  }

  private double[] laidOut(double[][][] byN, long told, boolean spread) {
    int width = columns(told, spread)[measures.size()];
    var numbers = new double[HEAD + byN.length * width];
    numbers[0] = told;
    numbers[1] = spread ? 1 : 0;
    int next = HEAD;
    for (double[][] ofN : byN) {
      for (int m = 0; m < ofN.length; m++) {
        if (isTold(told, m)) {
          System.arraycopy(ofN[m], 0, numbers, next, ofN[m].length);
          next += ofN[m].length;
        }
      }
    }
    return numbers;
  }

  static boolean isTold(long told, int measure) {
    return (told >>> measure & 1) != 0;
  }

  /// Where the numbers of each measure begin among those of one n; one more, the end.
  ///
  /// @param told which measures are told
  /// @param spread whether how they vary is
  int[] columns(long told, boolean spread) {
    var columns = new int[measures.size() + 1];
    for (int m = 0; m < measures.size(); m++) {
      columns[m + 1] = columns[m] + (isTold(told, m) ? measures.get(m).reading().width(spread) : 0);
    }
    return columns;
  }
}
