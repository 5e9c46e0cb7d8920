package topdraw.theory.bound;

import topdraw.theory.finding.Estimator;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;
import topdraw.theory.numeric.Polynomial;
import topdraw.theory.numeric.Series;

/// The drift of best-of-n, `KL(π_n ‖ p)` in nats, bounded from `n` and the probability of one
/// completion.
///
/// The order `0 <= sharpBound <= bound <= alternateBound <= analytical` holds for every `n >= 1`
/// and every probability. The first, second and third hold *in expectation*: their mean over
/// completions returned by best-of-n is at least the KL divergence (*theorem*); the mean of
/// recorded values is an *estimate* of that upper bound. [#analytical] needs no average.
///
/// Every function takes any real `n > 0` and comes in two forms: from a probability, and from its
/// logarithm for completions so long that the probability underflows. With equal rewards the
/// probability may be that of the completion or, closer, of its level.
public final class KlBounds {
  /// `K_n`, which holds for every policy and reward.
  public static final Estimator TEXTBOOK =
      new Estimator("textbook_kl", "textbook: log n - (n-1)/n, Theorem 3.1");

  private static final double[] NEAR_ONE = new double[15];

  static {
    for (int j = 0; j < NEAR_ONE.length; j++) {
      NEAR_ONE[j] = (j % 2 == 0 ? 1 : -1) * (j + 1.0) / (j + 2.0);
    }
  }

  private KlBounds() {}

  /// The analytical formula, an upper bound on the KL divergence for every reference policy and
  /// every reward (*theorem*), and its limit when all probabilities vanish.
  ///
  ///     K_n = log n - (n-1)/n
  ///
  /// Source: the paper, eq. (4) and Theorem 3.1.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @return `K_n` in nats, at least 0; 0 at `n = 1`
  /// @throws IllegalArgumentException if `n` is not a finite number above 0
  public static double analytical(double n) {
    Checks.positive(n, "n");
    double y = n - 1;
    return Math.abs(y) < 0.06 ? y * y * Polynomial.at(NEAR_ONE, y) : Math.log(n) - (n - 1) / n;
  }

  /// The paper's estimator: the exact KL divergence when the best completion has probability
  /// `epsilon` and all others are infinitesimal.
  ///
  ///     d_n(ε) = Q (log n + (n-1) log(1-ε) - (n-1)/n) + (1-Q) log((1-Q)/ε),   Q = (1-ε)^n
  ///
  /// With `epsilon` the probability of the best outcome of all it is an upper bound outright. Tends
  /// to `K_n` as ε → 0, is 0 at `ε = 1`. Source: the paper, Definition 4.3, eq. (25); Corollary 4.2;
  /// Conjecture 4.4, which is a theorem.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param epsilon reference probability of the returned completion
  /// @return `d_n(ε)` in nats, in `[0, K_n]`
  /// @throws IllegalArgumentException if `n <= 0` or `epsilon` is not in `[0, 1]`
  public static double bound(double n, double epsilon) {
    Checks.probability(epsilon, "epsilon");
    return bound(n, Math.log(epsilon), Math.log1p(-epsilon));
  }

  /// [#bound] from the logarithm of the probability.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param logEpsilon log-probability of the returned completion, in nats
  /// @return `d_n(ε)` in nats
  /// @throws IllegalArgumentException if `n <= 0` or `logEpsilon > 0`
  public static double boundFromLog(double n, double logEpsilon) {
    Checks.logProbability(logEpsilon, "logEpsilon");
    return bound(n, logEpsilon, LogSpace.log1mExp(logEpsilon));
  }

  /// The smallest estimator of an upper bound that the probability of the returned completion
  /// allows.
  ///
  ///     d*_n(ε) = log((1-Q)/ε) + (n-1) (Q/(1-Q)) log(1-ε),   Q = (1-ε)^n
  ///
  /// At the share of a level among the levels not above it, its mean *is* the KL divergence. At
  /// most [#bound], by at most 0.0207. Tends to `K_n` as ε → 0, is 0 at `ε = 1`. Source: T1.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param epsilon reference probability of the returned completion
  /// @return `d*_n(ε)` in nats, in `[0, d_n(ε)]`
  /// @throws IllegalArgumentException if `n <= 0` or `epsilon` is not in `[0, 1]`
  public static double sharpBound(double n, double epsilon) {
    Checks.probability(epsilon, "epsilon");
    return sharpBound(n, Math.log(epsilon), Math.log1p(-epsilon));
  }

  /// [#sharpBound] from the logarithm of the probability.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param logEpsilon log-probability of the returned completion, in nats
  /// @return `d*_n(ε)` in nats
  /// @throws IllegalArgumentException if `n <= 0` or `logEpsilon > 0`
  public static double sharpBoundFromLog(double n, double logEpsilon) {
    Checks.logProbability(logEpsilon, "logEpsilon");
    return sharpBound(n, logEpsilon, LogSpace.log1mExp(logEpsilon));
  }

  /// The paper's alternate estimator, `min(K_n, log(1/ε))`. Source: the paper, eq. (23).
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param epsilon reference probability of the returned completion
  /// @return the smaller of the two, in nats
  /// @throws IllegalArgumentException if `n <= 0` or `epsilon` is not in `[0, 1]`
  public static double alternateBound(double n, double epsilon) {
    Checks.probability(epsilon, "epsilon");
    return alternateBoundFromLog(n, Math.log(epsilon));
  }

  /// [#alternateBound] from the logarithm of the probability.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param logEpsilon log-probability of the returned completion, in nats
  /// @return the smaller of `K_n` and `log(1/ε)`, in nats
  /// @throws IllegalArgumentException if `n <= 0` or `logEpsilon > 0`
  public static double alternateBoundFromLog(double n, double logEpsilon) {
    Checks.logProbability(logEpsilon, "logEpsilon");
    return Math.min(analytical(n), 0 - logEpsilon);
  }

  /// What a best outcome of probability `epsilon` takes from the analytical formula: a lower bound
  /// on `K_n - KL(π_n ‖ p)` (*theorem*).
  ///
  ///     D_n(ε) = K_n - d_n(ε) ~ n (n-1)^2 ε^3 / 24   as n ε → 0
  ///
  /// Source: the paper, Theorem 3.6, eq. (21) and (80).
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param epsilon reference probability of the best outcome
  /// @return `D_n(ε)` in nats, in `[0, K_n]`
  /// @throws IllegalArgumentException if `n <= 0` or `epsilon` is not in `[0, 1]`
  public static double gap(double n, double epsilon) {
    Checks.probability(epsilon, "epsilon");
    return gapFromMiss(n, Math.log1p(-epsilon));
  }

  /// [#gap] from the logarithm of the probability.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param logEpsilon log-probability of the best outcome, in nats
  /// @return `D_n(ε)` in nats
  /// @throws IllegalArgumentException if `n <= 0` or `logEpsilon > 0`
  public static double gapFromLog(double n, double logEpsilon) {
    return gapFromMiss(n, LogSpace.log1mExp(Checks.logProbability(logEpsilon, "logEpsilon")));
  }

  /// The KL divergence of the maximum of `n` uniforms, given that it lies in the top share `w`, from
  /// the uniform law there.
  ///
  ///     h_n(w) = K_n - d*_n(w) = D_n(w) / (1 - (1-w)^n)
  ///
  /// The mean of `h_n` over the shares of the returned levels is `K_n - KL(π_n ‖ p)`. Source: T1.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param w share of a level among the levels not above it
  /// @return `h_n(w)` in nats, in `[0, K_n]`, nondecreasing in `w`
  /// @throws IllegalArgumentException if `n <= 0` or `w` is not in `[0, 1]`
  public static double gapShape(double n, double w) {
    Checks.probability(w, "w");
    double logMiss = Math.log1p(-w);
    return logMiss == 0 ? 0 : gapFromMiss(n, logMiss) / -Math.expm1(n * logMiss);
  }

  /// An upper bound on [#gapShape]: `min(K_n, ((n-1) log(1-w))^2 / 24)`, right to first order as `w
  /// → 0`. Source: T3 (d).
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param w share of a level among the levels not above it
  /// @return the bound in nats
  /// @throws IllegalArgumentException if `n < 1` or `w` is not in `[0, 1]`
  public static double gapShapeUpper(double n, double w) {
    Checks.probability(w, "w");
    return gapShapeUpperFromMiss(n, Math.log1p(-w));
  }

  static double gapShapeUpperFromMiss(double n, double logMiss) {
    Checks.atLeastOne(n, "n");
    double slope = n == 1 ? 0 : (n - 1) * logMiss;
    return Math.min(analytical(n), slope * slope / 24);
  }

  static double bound(double n, double logHit, double logMiss) {
    Checks.positive(n, "n");
    double x = -n * logMiss;
    if (n == 1 || logHit == 0) {
      return 0;
    }
    return x < 0.5 ? analytical(n) - gapFromMiss(n, logMiss) : plainBound(n, logHit, logMiss);
  }

  static double sharpBound(double n, double logHit, double logMiss) {
    Checks.positive(n, "n");
    double x = -n * logMiss;
    if (n == 1 || logHit == 0) {
      return 0;
    }
    if (x < 0.5) {
      return x == 0 ? analytical(n) : analytical(n) - gapFromMiss(n, logMiss) / -Math.expm1(-x);
    }
    double logCatch = LogSpace.log1mExp(-x);
    return Math.max(0, logCatch - logHit + (n - 1) * Math.exp(-x - logCatch) * logMiss);
  }

  /// `D_n` from `log(1-ε)`. The plain difference cancels completely for small `n ε`.
  static double gapFromMiss(double n, double logMiss) {
    Checks.positive(n, "n");
    double x = -n * logMiss;
    if (x <= 30) {
      return (n - 1) / n * Series.missExcess(x)
          + Math.expm1(-x) * (Series.logSinhc(x) - Series.logSinhc(x / n));
    }
    double logHit = LogSpace.log1mExp(logMiss);
    return analytical(n) - (logHit == 0 ? 0 : plainBound(n, logHit, logMiss));
  }

  private static double plainBound(double n, double logHit, double logMiss) {
    double logQ = n * logMiss;
    double logCatch = LogSpace.log1mExp(logQ);
    double missed = Math.exp(logQ) * (Math.log(n) + (n - 1) * logMiss - (n - 1) / n);
    return missed + Math.exp(logCatch) * (logCatch - logHit);
  }
}
