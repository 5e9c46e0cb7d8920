package topdraw.theory.bound;

import topdraw.theory.numeric.Checks;

/// The drift of blockwise best-of-n from one response: *estimates* whose means are at least the KL
/// divergence, whatever the model, the block length and the rewards of prefixes.
///
/// The text determines the prefixes, so the KL divergence is the mean of the sum of each block's
/// own, and `d*_n` bounds each. Its mean is at most Theorem B.1's bound. Source: ours; proof in
/// `docs/theory.md`.
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

  /// The paper's bound from the lengths of decoded responses: the mean of `⌈T/M⌉ K_n`, an
  /// *estimate* of an upper bound. Source: Theorem B.1, eq. (125).
  ///
  /// @param n continuations drawn per block, above 0
  /// @param block tokens per block, `M`, at least 1
  /// @param lengths tokens of each response, its end counted, at least one response
  /// @return the mean in nats
  /// @throws IllegalArgumentException if a number is out of range or there is no response
  public static double klFromLengths(double n, double block, double... lengths) {
    Checks.atLeastOne(block, "block");
    if (lengths.length == 0) {
      throw new IllegalArgumentException("lengths needs at least one response, found none");
    }
    double blocks = 0;
    for (int i = 0; i < lengths.length; i++) {
      blocks += Math.ceil(Checks.atLeastOne(lengths[i], "lengths[" + i + "]") / block);
    }
    return blocks / lengths.length * KlBounds.analytical(n);
  }
}
