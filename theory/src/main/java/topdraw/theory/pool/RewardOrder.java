package topdraw.theory.pool;

import java.util.Arrays;

/// Draws in the order of their rewards, of equals the first drawn first. They are sorted by number,
/// since of millions of draws copies of their rewards would be larger than all else; of an order
/// without some of the draws only what is left out is kept.
final class RewardOrder {
  /// For so many ranks it is kept how many draws below them are left out.
  private static final int STEP = 64;

  private final int[] order;

  /// The ranks that are left out, each less how many of them are below it: the rank i of the others
  /// stands as many places further on as there are up to i.
  private final int[] left;

  private final int[] leftBefore;

  // Of the draws left out.
  private final int from;
  private final int gap;

  private RewardOrder(int[] order, int[] left, int from) {
    this.order = order;
    this.left = left;
    this.from = from;
    gap = left.length;
    leftBefore = new int[left.length == 0 ? 0 : Math.ceilDiv(order.length - left.length, STEP)];
    int k = 0;
    for (int step = 0; step < leftBefore.length; step++) {
      while (k < left.length && left[k] <= step * STEP) {
        k++;
      }
      leftBefore[step] = k;
    }
  }

  /// Sorts some draws.
  static RewardOrder of(PoolDraws draws) {
    return new RewardOrder(Sorting.of(draws), new int[0], draws.size());
  }

  /// The order without the draws `start` to `end - 1`, those behind them numbered on.
  RewardOrder without(int start, int end) {
    int[] all = gap == 0 ? order : numbers();
    var ranks = new int[end - start];
    int found = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] >= start && all[i] < end) {
        ranks[found] = i - found;
        found++;
      }
    }
    return new RewardOrder(all, ranks, start);
  }

  /// The order with one draw more, the last of the draws.
  RewardOrder with(PoolDraws draws) {
    int last = size();
    double reward = draws.reward(last);
    int low = 0;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (draws.reward(draw(middle)) <= reward) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int[] more = Arrays.copyOf(gap == 0 ? order : numbers(), last + 1);
    System.arraycopy(more, low, more, low + 1, last - low);
    more[low] = last;
    return new RewardOrder(more, new int[0], draws.size());
  }

  private int[] numbers() {
    var numbers = new int[size()];
    Arrays.setAll(numbers, this::draw);
    return numbers;
  }

  int size() {
    return order.length - gap;
  }

  /// The draw of a rank, from 0 for the lowest reward.
  int draw(int rank) {
    if (gap == 0) {
      return order[rank];
    }
    int k = leftBefore[rank / STEP];
    while (k < left.length && left[k] <= rank) {
      k++;
    }
    int draw = order[rank + k];
    return draw < from ? draw : draw - gap;
  }

  /// Merges what is in order already.
  private static final class Sorting {
    /// So few are put in order one by one.
    private static final int FEW = 12;

    private final PoolDraws draws;
    private final int[] order;
    private final int[] below;

    private Sorting(PoolDraws draws) {
      this.draws = draws;
      order = new int[draws.size()];
      Arrays.setAll(order, i -> i);
      below = new int[order.length / 2];
    }

    static int[] of(PoolDraws draws) {
      var sorting = new Sorting(draws);
      sorting.sort(0, sorting.order.length);
      return sorting.order;
    }

    private void sort(int from, int to) {
      if (to - from <= FEW) {
        insert(from, to);
        return;
      }
      int middle = (from + to) >>> 1;
      sort(from, middle);
      sort(middle, to);
      if (draws.reward(order[middle - 1]) > draws.reward(order[middle])) {
        merge(from, middle, to);
      }
    }

    private void insert(int from, int to) {
      for (int i = from + 1; i < to; i++) {
        int draw = order[i];
        double reward = draws.reward(draw);
        int k = i;
        while (k > from && draws.reward(order[k - 1]) > reward) {
          order[k] = order[k - 1];
          k--;
        }
        order[k] = draw;
      }
    }

    private void merge(int from, int middle, int to) {
      int size = middle - from;
      System.arraycopy(order, from, below, 0, size);
      int i = 0;
      int j = middle;
      double first = draws.reward(below[0]);
      double second = draws.reward(order[middle]);
      for (int k = from; i < size; k++) {
        if (j == to || first <= second) {
          order[k] = below[i++];
          first = i < size ? draws.reward(below[i]) : first;
        } else {
          order[k] = order[j++];
          second = j < to ? draws.reward(order[j]) : second;
        }
      }
    }
  }
}
