package topdraw.estimate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// How a number for n draws is made from N recorded ones. Only the first is unbiased with the least
/// noise; the others are there to match published numbers, under their names.
public enum Protocol {
  /// The average over every subset of n of the N draws: unbiased.
  SUBSETS,
  /// The first n draws only: unbiased, and as noisy as if the others had not been drawn.
  FIRST_N,
  /// n of the N draws with replacement: biased, because a subset then holds fewer than n different
  /// draws.
  BOOTSTRAP;

  /// The word of the command line.
  ///
  /// @return `subsets`, `first-n` or `bootstrap`
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The protocol of a word.
  ///
  /// @param word `subsets`, `first-n` or `bootstrap`
  /// @return the protocol
  /// @throws InputException if there is no such protocol
  public static Protocol of(String word) {
    return Arrays.stream(values())
        .filter(p -> p.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    Parameter.PROTOCOL,
                    " is subsets, first-n or bootstrap, was " + word));
  }

  /// The chance that this protocol returns each draw, of the two biased or noisy ones.
  ///
  /// @param ranks one reward per draw, in the order drawn
  /// @param n draws of one selection, from 1 to their number
  /// @return one weight per draw, which sum to 1; equals share theirs
  double[] weights(double[] ranks, int n) {
    return switch (this) {
      case SUBSETS -> throw new IllegalStateException("subsets are the pool's own weights");
      case FIRST_N -> first(ranks, n);
      case BOOTSTRAP -> withReplacement(ranks, n);
    };
  }

  private static double[] first(double[] ranks, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      best = ranks[i] > ranks[best] ? i : best;
    }
    var weights = new double[ranks.length];
    weights[best] = 1;
    return weights;
  }

  private static double[] withReplacement(double[] ranks, int n) {
    int[] order =
        IntStream.range(0, ranks.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> ranks[i]))
            .mapToInt(i -> i)
            .toArray();
    var weights = new double[ranks.length];
    for (int low = 0; low < order.length; ) {
      int high = low;
      while (high < order.length && ranks[order[high]] == ranks[order[low]]) {
        high++;
      }
      double level = share(high, order.length, n) - share(low, order.length, n);
      for (int i = low; i < high; i++) {
        weights[order[i]] = level / (high - low);
      }
      low = high;
    }
    return weights;
  }

  private static double share(int below, int size, int n) {
    return Math.pow((double) below / size, n);
  }
}
