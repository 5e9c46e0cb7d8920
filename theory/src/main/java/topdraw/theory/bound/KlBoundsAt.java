package topdraw.theory.bound;

import java.util.Arrays;
import topdraw.theory.numeric.Exp;
import topdraw.theory.numeric.Polynomial;
import topdraw.theory.numeric.Series;

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
public final class KlBoundsAt {
  /// Below it the third term of the series is less than 1e-17 of the first.
  private static final double NEAR = 1e-4;

  /// Above it `Q` is less than 1e-17.
  private static final double FAR = 40;

  private final double n;
  private final double top;
  private final double[] shape = new double[Series.EVEN_TERMS];

  /// The terms that matter where `x` is below 0.1: each is less than 3e-4 of the one before.
  private final double[] first;

  /// The functions at one `n`.
  ///
  /// @param n completions drawn per prompt, at least 1
  public KlBoundsAt(int n) {
    this.n = n;
    top = KlBounds.analytical(n);
    for (int k = 1; k <= shape.length; k++) {
      double drop = (1 - Math.pow(n, -2 * k)) / (2 * k);
      shape[k - 1] = Series.evenTerm(k) * ((n - 1.0) / n - drop);
    }
    first = Arrays.copyOf(shape, 5);
  }

  /// Completions drawn per prompt.
  ///
  /// @return `n`
  public double n() {
    return n;
  }

  /// [KlBounds#analytical].
  ///
  /// @return `K_n` in nats
  public double analytical() {
    return top;
  }

  /// `h`, by which `d*_n` falls short of `K_n`, from `log ε` and `log(1-ε)`.
  ///
  /// @param logHit `log ε`
  /// @param logMiss `log(1-ε)`
  /// @return the shortfall in nats, in `[0, K_n]`
  public double shortfall(double logHit, double logMiss) {
    double x = -n * logMiss;
    if (x < 1) {
      return shape(x);
    }
    if (x > FAR) {
      return Math.max(0, top - Math.max(0, -logHit));
    }
    double q = Exp.of(-x);
    double sharp = Math.log(1 - q) - logHit + (n - 1) * q / (1 - q) * logMiss;
    return Math.max(0, top - Math.max(0, sharp));
  }

  /// `1-Q`, the chance that one of `n` draws hits, from `log(1-ε)`.
  ///
  /// @param logMiss `log(1-ε)`
  /// @return the chance
  public double hit(double logMiss) {
    return 1 - Exp.of(n * logMiss);
  }

  /// [KlBounds#sharpBound] from `log ε` and `log(1-ε)`.
  ///
  /// @param logHit `log ε`
  /// @param logMiss `log(1-ε)`
  /// @return `d*_n` in nats
  public double sharpBound(double logHit, double logMiss) {
    return top - shortfall(logHit, logMiss);
  }

  /// [KlBounds#bound] from `log ε` and `log(1-ε)`.
  ///
  /// @param logHit `log ε`
  /// @param logMiss `log(1-ε)`
  /// @return `d_n` in nats
  public double bound(double logHit, double logMiss) {
    return top - gap(logHit, logMiss);
  }

  /// [KlBounds#alternateBound] from `log ε`.
  ///
  /// @param logHit `log ε`
  /// @return `min(K_n, log(1/ε))` in nats
  public double alternateBound(double logHit) {
    return Math.min(top, 0 - logHit);
  }

  /// [KlBounds#gap] from `log ε` and `log(1-ε)`.
  ///
  /// @param logHit `log ε`
  /// @param logMiss `log(1-ε)`
  /// @return `D_n` in nats
  public double gap(double logHit, double logMiss) {
    return hit(logMiss) * shortfall(logHit, logMiss);
  }

  private double shape(double x) {
    double y = x * x;
    if (x < NEAR) {
      return y * (shape[0] + y * shape[1]);
    }
    return y * (x < 0.1 ? Polynomial.at(first, y) : Polynomial.at(shape, y));
  }
}
