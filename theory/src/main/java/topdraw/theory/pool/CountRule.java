package topdraw.theory.pool;

import java.util.stream.IntStream;

/// A few counts that stand for all of a law: what is smooth in the count has almost the same mean,
/// a polynomial of low degree the same. A law of few counts, or of few draws, is its own rule.
///
/// @param counts the counts
/// @param weights what the value at each counts for; some may be below 0
record CountRule(int[] counts, double[] weights) {
  private static final int NODES = 10;

  /// How far the nodes reach from the mean, in standard deviations.
  private static final double REACH = 5;

  private static final int FEW = 48;

  /// @param of what the count is at most; of few draws every count is summed
  static CountRule of(CountLaw law, int of) {
    if (law.chances().length <= FEW || of <= CountNodes.EACH) {
      return new CountRule(IntStream.rangeClosed(law.first(), law.last()).toArray(), law.chances());
    }
    double room = REACH * law.deviation();
    int[] counts = nodes(law, law.mean() - room, law.mean() + room, NODES);
    return new CountRule(counts, weights(law, counts));
  }

  /// Chebyshev's points of an interval in whole numbers.
  static int[] nodes(CountLaw law, double from, double to, int count) {
    double low = Math.max(law.first(), Math.floor(from));
    double half = (Math.min(law.last(), Math.ceil(to)) - low) / 2;
    return IntStream.range(0, count)
        .map(k -> (int) Math.round(low + half * (1 - Math.cos(Math.PI * (k + 0.5) / count))))
        .toArray();
  }

  /// The means of Lagrange's polynomials.
  private static double[] weights(CountLaw law, int[] counts) {
    var weights = new double[counts.length];
    for (int k = 0; k < counts.length; k++) {
      for (int i = 0; i < law.chances().length; i++) {
        double share = law.chances()[i];
        for (int j = 0; j < counts.length; j++) {
          share *= j == k ? 1 : (law.first() + i - counts[j]) / (double) (counts[k] - counts[j]);
        }
        weights[k] += share;
      }
    }
    return weights;
  }

  /// The mean of `e_{n,h}(c)` in nats.
  double mean(CorrectedGaps gaps, int h) {
    double mean = 0;
    for (int k = 0; k < counts.length; k++) {
      mean += weights[k] * gaps.at(h, counts[k]);
    }
    return mean;
  }
}
