package topdraw.theory.confidence;

import java.util.Collection;
import java.util.List;
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
/// Where requests follow one another `x̂_t = (K + Σ_{i<t} x_i) / t`. Where they overlap, `x̂_t` is
/// that mean over the entries known when `t` was admitted ([#foretold]), and whatever is open counts
/// at the worst that it can come to ([#upper(Collection)]). The theorem asks of `x̂_t` only that it
/// be fixed before anything of `t` is drawn, so it holds in whatever order requests end, however
/// long one stays open, and whether one that drew nothing is taken back. Proof in
/// `docs/formulas.md`.
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

  /// A request that was admitted and whose drift is not known yet.
  ///
  /// @param foretold [DriftLedger#foretold] of the account when it was admitted, in nats
  /// @param most the most that its entry can be, in nats, in `[0, top]`
  public record Open(double foretold, double most) {}

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

  /// What the entries so far foretell of one that is admitted now: their mean, `top` counted as one
  /// more of them.
  ///
  /// @return the guess in nats, in `[0, top]`
  public double foretold() {
    return (top + sum) / (requests + 1);
  }

  /// The account with one more entry, admitted when all before it were known.
  ///
  /// @param estimate the entry in nats, in `[0, top]`
  /// @return the longer account
  /// @throws IllegalArgumentException if the entry is out of range
  public DriftLedger plus(double estimate) {
    return plus(estimate, foretold());
  }

  /// The account with one more entry, whenever it was admitted.
  ///
  /// @param estimate the entry in nats, in `[0, top]`
  /// @param foretold [#foretold] of the account when the entry was admitted, in nats
  /// @return the longer account
  /// @throws IllegalArgumentException if the entry is out of range
  public DriftLedger plus(double estimate, double foretold) {
    if (!(estimate >= 0 && estimate <= top * (1 + 1e-12))) {
      throw new IllegalArgumentException(
          "an entry of this ledger is in [0, " + top + "] nats, was " + estimate);
    }
    double surprise = (estimate - foretold) / top;
    return new DriftLedger(
        top, alpha, requests + 1, sum + estimate, variation + surprise * surprise);
  }

  /// The bound on the drift of all requests together.
  ///
  /// @return the bound in nats, at least [#sum]
  public double upper() {
    return upper(List.of());
  }

  /// The bound on the drift of all requests together, those in flight among them: at least
  /// [#upper] of the account in which each has become any number in `[0, most]`, and as low as a
  /// bound can be that looks at each rate by itself.
  ///
  ///     Σ x_t + min over j of (K (log(8/α) + ψ_j V) / λ_j + Σ over open ones of w_j)
  ///     w_j = max over x = 0 and x = most of  x + K ψ_j/λ_j ((x - x̂)/K)²
  ///
  /// It never rises when an open one becomes known, or is taken back.
  ///
  /// @param open the requests in flight
  /// @return the bound in nats, at least [#sum]
  public double upper(Collection<Open> open) {
    double least = Double.POSITIVE_INFINITY;
    double rate = 0.9;
    for (int j = 0; j < RATES; j++) {
      double psi = -Math.log1p(-rate) - rate;
      double slack = top * ((Math.log(RATES / alpha) + psi * variation) / rate);
      for (Open one : open) {
        slack += Math.max(term(0, one, psi / rate), term(one.most, one, psi / rate));
      }
      least = Math.min(least, slack);
      rate /= 2;
    }
    return sum + least;
  }

  /// What an open request adds if it comes to `x`: convex in `x`, so largest at an end.
  private double term(double x, Open one, double weight) {
    double surprise = (x - one.foretold) / top;
    return x + top * weight * (surprise * surprise);
  }
}
