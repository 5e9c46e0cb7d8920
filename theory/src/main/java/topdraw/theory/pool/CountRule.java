package topdraw.theory.pool;

import java.util.Arrays;
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
    int[] counts = nodes(law, law.mean() - room, law.mean() + room, NODES, 1);
    return new CountRule(counts, weights(law, counts));
  }

  /// Chebyshev's points of an interval in whole numbers, multiples of a grain, each once.
  static int[] nodes(CountLaw law, double from, double to, int count, int grain) {
    double low = Math.ceilDiv((int) Math.max(law.first(), from), grain);
    double half = (Math.floorDiv((int) Math.min(law.last(), to), grain) - low) / 2;
    var nodes = new int[count];
    for (int k = 0; k < count; k++) {
      double at = 1 - Math.cos(Math.PI * (k + 0.5) / count);
      nodes[k] = grain * (int) Math.round(low + half * at);
    }
    return Arrays.stream(nodes).distinct().toArray();
  }

  /// The means of Lagrange's polynomials.
  private static double[] weights(CountLaw law, int[] counts) {
    double[][] shares = shares(law, counts);
    var weights = new double[counts.length];
    for (int k = 0; k < weights.length; k++) {
      for (double share : shares[k]) {
        weights[k] += share;
      }
    }
    return weights;
  }

  /// Lagrange's polynomial of each node at each count of a law, times its chance.
  static double[][] shares(CountLaw law, int... nodes) {
    int size = law.chances().length;
    var scale = new double[nodes.length];
    for (int k = 0; k < nodes.length; k++) {
      scale[k] = 1;
      for (int node : nodes) {
        scale[k] /= node == nodes[k] ? 1 : nodes[k] - node;
      }
    }
    var shares = new double[nodes.length][size];
    for (int i = 0; i < size; i++) {
      int count = law.first() + i;
      double product = law.chances()[i];
      int own = -1;
      for (int k = 0; k < nodes.length; k++) {
        product *= count == nodes[k] ? 1 : count - nodes[k];
        own = count == nodes[k] ? k : own;
      }
      if (own >= 0) {
        shares[own][i] = product * scale[own];
        continue;
      }
      for (int k = 0; k < nodes.length; k++) {
        shares[k][i] = product / (count - nodes[k]) * scale[k];
      }
    }
    return shares;
  }
}
