package topdraw.theory.pool;

import org.jspecify.annotations.Nullable;

/// The means of a value over each level of a pool; made by [Pool#levelMeans], for many `n` at once.
public final class LevelMeans {
  private final @Nullable RewardOrder order;
  private final double[] values;

  /// @param order the draw of each level, where each has one; else null
  /// @param values by draw, else by level
  LevelMeans(@Nullable RewardOrder order, double[] values) {
    this.order = order;
    this.values = values;
  }

  double at(int l) {
    return order == null ? values[l] : values[order.draw(l)] + 0.0;
  }
}
