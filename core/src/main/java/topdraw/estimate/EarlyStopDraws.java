package topdraw.estimate;

/// How many draws early stop makes, from a pool: `Σ_{k<n} C(N-c, k) / C(N, k)`, the chance that the
/// first k draws all failed, summed. Unbiased.
final class EarlyStopDraws {
  private EarlyStopDraws() {}

  /// @param size N, the draws of the pool
  /// @param passing c, how many of them reach the threshold
  /// @param n the cap, from 1 to N
  static double expected(int size, int passing, int n) {
    double sum = 0;
    double allFailed = 1;
    for (int k = 0; k < n; k++) {
      sum += allFailed;
      allFailed *= Math.max(0.0, size - passing - k) / (size - k);
    }
    return sum;
  }
}
