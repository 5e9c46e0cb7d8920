package topdraw.bench;

/// How long answers took, each of them: no histogram rounds them.
///
/// @param nanos in ascending order
/// @param seconds from the first question to the last answer
record Latencies(long[] nanos, double seconds) {
  /// The time within which a share of them came.
  ///
  /// @param share in (0, 1]
  /// @return in milliseconds
  double millis(double share) {
    int rank = Math.max(1, (int) Math.ceil(share * nanos.length));
    return nanos[rank - 1] / 1e6;
  }

  double perSecond() {
    return nanos.length / seconds;
  }
}
