package topdraw.theory.pool;

/// The chance that at least one of `k` draws is correct, from more draws than `k`.
///
/// Source: Chen et al. (2021), arXiv 2107.03374.
public final class PassAtK {
  private PassAtK() {}

  /// The unbiased *estimate*, [Pool#reward] of rewards 0 and 1.
  ///
  /// @param samples how many draws there are
  /// @param correct how many of them are correct
  /// @param k draws per attempt, from 1 to `samples`
  /// @return the estimate, in `[0, 1]`
  /// @throws IllegalArgumentException if not `0 <= correct <= samples` or `1 <= k <= samples`
  public static double of(int samples, int correct, int k) {
    if (!(correct >= 0 && correct <= samples && k >= 1 && k <= samples)) {
      throw new IllegalArgumentException(
          "expected 0 <= correct <= samples and 1 <= k <= samples, found samples "
              + samples
              + ", correct "
              + correct
              + ", k "
              + k);
    }
    double logMiss = 0;
    for (int i = samples - correct + 1; i <= samples; i++) {
      logMiss += Math.log1p(-(double) k / i);
    }
    return samples - correct < k ? 1 : -Math.expm1(logMiss);
  }
}
