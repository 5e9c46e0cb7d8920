package topdraw.theory;

/// The drift of blockwise best-of-n from one response: an *estimate* whose mean is at least the KL
/// divergence, whatever the model, the block length and the rewards of prefixes.
///
/// The text determines the prefixes, so the KL divergence is the mean of the sum of each block's
/// own, and `d*_n` bounds each. Its mean is at most Theorem B.1's bound. Source: ours; proof in
/// `docs/formulas.md`.
public final class BlockwiseEstimate {
  private BlockwiseEstimate() {}

  /// The estimate of one response, `Σ_b d*_n(p(y_b | prefix))`.
  ///
  /// @param n continuations drawn per block, above 0
  /// @param blockLogProbabilities log-probability of each chosen block given what precedes it
  /// @return the estimate in nats, in `[0, blocks · K_n]`
  /// @throws IllegalArgumentException if `n <= 0` or a log-probability is above 0
  public static double kl(double n, double... blockLogProbabilities) {
    double sum = 0;
    for (int b = 0; b < blockLogProbabilities.length; b++) {
      Checks.logProbability(blockLogProbabilities[b], "blockLogProbabilities[" + b + "]");
      sum += KlBounds.sharpBoundFromLog(n, blockLogProbabilities[b]);
    }
    return sum;
  }
}
