package topdraw.theory.pool;

/// Draws in the order of their rewards, of equals the first drawn first: sorted by number, since of
/// millions of draws copies of their rewards would be larger than all else.
final class RewardOrder {
  /// So few are put in order one by one.
  private static final int FEW = 12;

  private final PoolDraws draws;
  private final int[] order;
  private final int[] left;

  private RewardOrder(PoolDraws draws) {
    this.draws = draws;
    order = new int[draws.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    left = new int[order.length / 2];
  }

  static int[] of(PoolDraws draws) {
    var sorting = new RewardOrder(draws);
    sorting.sort(0, sorting.order.length);
    return sorting.order;
  }

  /// The order without the draws `from` to `to - 1`, those behind them numbered on.
  static int[] without(int[] order, int from, int to) {
    var fewer = new int[order.length - (to - from)];
    int next = 0;
    for (int draw : order) {
      if (draw < from || draw >= to) {
        fewer[next++] = draw < from ? draw : draw - (to - from);
      }
    }
    return fewer;
  }

  /// The order with one draw more, the last of the draws.
  static int[] with(int[] order, PoolDraws draws) {
    int last = order.length;
    double reward = draws.reward(last);
    int low = 0;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (draws.reward(order[middle]) <= reward) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    var more = new int[last + 1];
    System.arraycopy(order, 0, more, 0, low);
    more[low] = last;
    System.arraycopy(order, low, more, low + 1, last - low);
    return more;
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
    System.arraycopy(order, from, left, 0, size);
    int i = 0;
    int j = middle;
    double first = draws.reward(left[0]);
    double second = draws.reward(order[middle]);
    for (int k = from; i < size; k++) {
      if (j == to || first <= second) {
        order[k] = left[i++];
        first = i < size ? draws.reward(left[i]) : first;
      } else {
        order[k] = order[j++];
        second = j < to ? draws.reward(order[j]) : second;
      }
    }
  }
}
