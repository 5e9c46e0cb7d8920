package topdraw.theory;

import java.util.Arrays;

/// The functions of [KlBounds] at one `n`, for long loops: what depends on `n` alone is computed
/// once, and where `x = -n log(1-ε)` is below 1 no logarithm is taken.
///
///     d*_n(ε) = K_n - h,   d_n(ε) = K_n - (1-Q) h,   D_n(ε) = (1-Q) h,   Q = exp(-x)
///
///     h = (n-1)/n (x/2 coth(x/2) - 1) - log(sinhc(x) / sinhc(x/n))
///       = Σ_k B_2k / (2k)! ((n-1)/n - (1 - n^(-2k)) / (2k)) x^(2k)
///
/// Within 1e-14 of `K_n` of the functions there; digits of a difference much smaller than `K_n` are
/// lost.
final class KlBoundsAt {
  /// Below it the third term of the series is less than 1e-17 of the first.
  private static final double NEAR = 1e-4;

  /// Above it `Q` is less than 1e-17.
  private static final double FAR = 40;

  private final double n;
  private final double top;
  private final double[] shape = new double[LogSpace.EVEN_TERMS];

  /// The terms that matter where `x` is below 0.1: each is less than 3e-4 of the one before.
  private final double[] first;

  /// @param n completions drawn per prompt, at least 1
  KlBoundsAt(int n) {
    this.n = n;
    top = KlBounds.analytical(n);
    for (int k = 1; k <= shape.length; k++) {
      double drop = (1 - Math.pow(n, -2 * k)) / (2 * k);
      shape[k - 1] = LogSpace.evenTerm(k) * ((n - 1.0) / n - drop);
    }
    first = Arrays.copyOf(shape, 5);
  }

  double n() {
    return n;
  }

  /// `K_n`.
  double analytical() {
    return top;
  }

  /// `h`, by which `d*_n` falls short of `K_n`, from `log ε` and `log(1-ε)`.
  double shortfall(double logHit, double logMiss) {
    double x = -n * logMiss;
    if (x < 1) {
      return shape(x);
    }
    if (n == 1 || logHit == 0) {
      return top;
    }
    if (x > FAR) {
      return Math.max(0, top - Math.max(0, -logHit));
    }
    double q = Exp.of(-x);
    double sharp = Math.log(1 - q) - logHit + (n - 1) * q / (1 - q) * logMiss;
    return Math.max(0, top - Math.max(0, sharp));
  }

  /// `1-Q`, the chance that one of `n` draws hits, from `log(1-ε)`.
  double hit(double logMiss) {
    return 1 - Exp.of(n * logMiss);
  }

  /// `d*_n`, from `log ε` and `log(1-ε)`.
  double sharpBound(double logHit, double logMiss) {
    return top - shortfall(logHit, logMiss);
  }

  /// `d_n`, from `log ε` and `log(1-ε)`.
  double bound(double logHit, double logMiss) {
    return top - gap(logHit, logMiss);
  }

  /// `min(K_n, log(1/ε))`, from `log ε`.
  double alternateBound(double logHit) {
    return Math.min(top, 0 - logHit);
  }

  /// `D_n`, from `log ε` and `log(1-ε)`.
  double gap(double logHit, double logMiss) {
    return hit(logMiss) * shortfall(logHit, logMiss);
  }

  private double shape(double x) {
    double y = x * x;
    if (x < NEAR) {
      return y * (shape[0] + y * shape[1]);
    }
    return y * (x < 0.1 ? LogSpace.polynomial(first, y) : LogSpace.polynomial(shape, y));
  }
}
