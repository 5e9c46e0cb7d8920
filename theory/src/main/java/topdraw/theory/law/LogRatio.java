package topdraw.theory.law;

/// `log(Π_l / P_l)` of levels: how much more often than the reference a selection returns one.
@FunctionalInterface
interface LogRatio {
  /// The logarithm at level `l`, in nats.
  double at(int l);

  /// Fills an array with the logarithms of the levels of a chunk.
  ///
  /// @param from the chunk's first level
  /// @param size how many it has
  /// @param ratios takes them
  default void fill(int from, int size, double[] ratios) {
    for (int i = 0; i < size; i++) {
      ratios[i] = at(from + i);
    }
  }
}
