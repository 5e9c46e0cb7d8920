package topdraw.theory.pool;

import java.util.Arrays;

/// The numbers of draws for which tables are computed, and the polynomial through the nearest of
/// them for the numbers between: every number up to 128, above it steps of a 32nd.
///
/// @param nodes the nearest nodes
/// @param weights what the value at each counts for
record CountNodes(int[] nodes, double[] weights) {
  /// Up to this the tables hold every count; a node, and the polynomials end at it.
  static final int WHOLE = 512;

  /// Up to this every number is a node.
  static final int EACH = 128;

  private static final int STEPS = 32;
  private static final int NEAREST = 8;

  static boolean isNode(int h) {
    return h <= EACH || h % step(h) == 0;
  }

  /// Between powers of 2 all steps are the same, so that nodes are found without a list.
  private static int step(int h) {
    return Math.max(1, Integer.highestOneBit(h) / STEPS);
  }

  /// Where one of some numbers will do, multiples of this: then few tables are used often.
  static int grain(int h) {
    return Math.max(1, step(h) / 4);
  }

  private static int below(int h) {
    int less = h - 1;
    return less - less % step(less);
  }

  private static int above(int h) {
    return h + step(h);
  }

  /// The nodes around a number that is none.
  static CountNodes near(int h) {
    int least = h > WHOLE ? WHOLE : 1;
    int most = h > WHOLE ? Integer.MAX_VALUE : WHOLE;
    var nodes = new int[NEAREST];
    int low = h - h % step(h);
    int high = above(low);
    for (int i = 0; i < NEAREST; i++) {
      boolean down = high > most || (i % 2 == 0 && low >= least);
      nodes[i] = down ? low : high;
      low = down ? below(low) : low;
      high = down ? high : above(high);
    }
    Arrays.sort(nodes);
    return new CountNodes(nodes, weights(h, nodes));
  }

  private static double[] weights(int h, int[] nodes) {
    var weights = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      weights[i] = 1;
      for (int j = 0; j < nodes.length; j++) {
        weights[i] *=
            j == i ? 1 : Math.log((double) h / nodes[j]) / Math.log((double) nodes[i] / nodes[j]);
      }
    }
    return weights;
  }
}
