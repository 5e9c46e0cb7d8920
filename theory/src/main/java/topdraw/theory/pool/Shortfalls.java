package topdraw.theory.pool;

import topdraw.theory.bound.KlBoundsAt;

/// What `d*_n` of each level's share falls short of `K_n` by, at one `n`, for all estimates that
/// need it.
///
/// @param first the lowest level that has one
/// @param values the shortfalls in nats, from the level `first` on
record Shortfalls(int first, double[] values) {
  static Shortfalls of(PoolShares shares, KlBoundsAt bounds, int first) {
    var values = new double[shares.logShare().length - first];
    for (int i = 0; i < values.length; i++) {
      values[i] = bounds.shortfall(shares.logShare()[first + i], shares.logMiss()[first + i]);
    }
    return new Shortfalls(first, values);
  }

  double at(int l) {
    return values[l - first];
  }
}
