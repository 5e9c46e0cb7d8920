package topdraw.theory.confidence;

import topdraw.theory.numeric.Checks;

/// A running account of drift over requests: with confidence `1 - alpha` and *for all lengths of the
/// account at once*, the drifts spent so far sum to at most [#upper] (*theorem*). Prompts need not
/// be alike nor independent, and the `n` of a request may depend on all before it.
///
/// Each entry is an estimate whose mean, given the past, is at least the request's KL divergence:
/// `d*_n` of the returned completion ([KlBounds#sharpBound]), an early stop's
/// ([EarlyStopping#klEstimate]), or the sum over blocks ([BlockwiseEstimate]).
///
///     upper = Σ x_t + K min over j of (log(8/α) + ψ(λ_j) V) / λ_j
///     ψ(λ) = -log(1-λ) - λ,   λ_j = 0.9 2^-j for j = 0..7,   V = Σ ((x_t - x̂_t) / K)²
///
/// Source: ours, from the inequality of Fan et al. (2015) and Howard et al. (2021), arXiv 1810.08240.
///
/// @param top the most one entry can be, `K`, above 0: `K_n` of the largest `n`, times the most
///   blocks; `H_{n-1}` with early stop
/// @param alpha the chance of ever failing, in `(0, 1)`
/// @param requests how many entries there are
/// @param sum their sum in nats
/// @param variation `V`, how far they were from what the ones before them foretold
public record DriftLedger(double top, double alpha, long requests, double sum, double variation) {
  private static final int RATES = 8;

  /// Checks the range and the confidence.
  public DriftLedger {
    Checks.positive(top, "top");
    Checks.openUnit(alpha, "alpha");
  }

  /// An account without entries.
  ///
  /// @param top the most one entry can be, in nats, above 0
  /// @param alpha the chance of ever failing, in `(0, 1)`
  /// @return the account
  /// @throws IllegalArgumentException if an argument is out of range
  public static DriftLedger empty(double top, double alpha) {
    return new DriftLedger(top, alpha, 0, 0, 0);
  }

  /// The account with one more entry.
  ///
  /// @param estimate the entry in nats, in `[0, top]`
  /// @return the longer account
  /// @throws IllegalArgumentException if the entry is out of range
  public DriftLedger plus(double estimate) {
    if (!(estimate >= 0 && estimate <= top * (1 + 1e-12))) {
      throw new IllegalArgumentException(
          "an entry of this ledger is in [0, " + top + "] nats, was " + estimate);
    }
    double foretold = (top + sum) / (requests + 1);
    double surprise = (estimate - foretold) / top;
    return new DriftLedger(
        top, alpha, requests + 1, sum + estimate, variation + surprise * surprise);
  }

  /// The bound on the drift of all requests together.
  ///
  /// @return the bound in nats, at least [#sum]
  public double upper() {
    double least = Double.POSITIVE_INFINITY;
    double rate = 0.9;
    for (int j = 0; j < RATES; j++) {
      double psi = -Math.log1p(-rate) - rate;
      least = Math.min(least, (Math.log(RATES / alpha) + psi * variation) / rate);
      rate /= 2;
    }
    return sum + top * least;
  }
}
