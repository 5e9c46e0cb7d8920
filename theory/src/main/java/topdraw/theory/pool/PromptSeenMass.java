package topdraw.theory.pool;

import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.KlBoundsAt;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// What the draws of one prompt prove of the KL divergence at one `n`, with certainty and, if a
/// chance of failing is allowed, a little more.
///
/// @param certain the bound that needs no confidence ([Pool#seenMassKlBound(int)]), in nats
/// @param logSeen the logarithm of the probability seen at the best level
/// @param logUpTo the logarithm of the probability seen up to that level
public record PromptSeenMass(double certain, double logSeen, double logUpTo) {

  /// What draws without a log-probability prove: nothing but the textbook's.
  ///
  /// @param n draws per prompt, at least 1
  /// @return the textbook's bound, at every confidence
  public static PromptSeenMass nothing(int n) {
    return new PromptSeenMass(
        KlBounds.analytical(n), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /// The bound with confidence: no more than `1 - α^(1/N)` lies above the best of `N` draws, so the
  /// levels up to it hold at least `α^(1/N)`.
  ///
  ///     the best level loses min over F in {max(B, α^(1/N)), 1} of F^n D_n(min(1, S/F))
  ///
  /// @param n draws per prompt, the one this is of
  /// @param draws how many draws the prompt has, `N`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats, at most the certain one: a *theorem* about this prompt alone
  /// @throws IllegalArgumentException if an argument is out of range
  public double klBound(int n, int draws, double alpha) {
    Checks.atLeastOne(draws, "draws");
    var bounds = new KlBoundsAt(n);
    double known = ofBest(bounds, logUpTo);
    double confident =
        ofBest(bounds, Math.max(logUpTo, Math.log(Checks.openUnit(alpha, "alpha")) / draws));
    return Math.max(0, certain - Math.max(0, confident - known));
  }

  private double ofBest(KlBoundsAt bounds, double logFrom) {
    return Math.min(lost(bounds, logFrom), lost(bounds, 0));
  }

  private double lost(KlBoundsAt bounds, double logFrom) {
    if (logSeen == Double.NEGATIVE_INFINITY || logFrom == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double logShare = Math.min(0, logSeen - logFrom);
    return bounds.gap(logShare, LogSpace.log1mExp(logShare)) * Math.exp(bounds.n() * logFrom);
  }
}
