package topdraw.theory.numeric;

/// Functions of logarithms that keep their digits where the plain form loses them.
///
/// They work for logarithms down to -2000 and below, where the probabilities themselves underflow.
public final class LogSpace {
  /// `log 2`.
  public static final double LN_2 = Math.log(2);

  /// Below this `log(1 - t)` is a short series ([#log1mSmall]).
  public static final double SMALL = 0x1p-5;

  private static final double[] PHI = new double[21];

  static {
    for (int j = 2; j <= 22; j++) {
      PHI[j - 2] = (j - 1) / Polynomial.factorial(j);
    }
  }

  private LogSpace() {}

  /// Returns `log(1 - exp(x))`. Source: Mächler (2012), *Accurately computing log(1 - exp(-|a|))*.
  ///
  /// @param x a logarithm of a probability, at most 0
  /// @return the logarithm of the complement; `-∞` at 0
  /// @throws IllegalArgumentException if `x > 0`
  public static double log1mExp(double x) {
    Checks.logProbability(x, "x");
    // Near 0 the difference cancels, so expm1 forms it; far from 0 exp(x) is the small term.
    return x > -LN_2 ? Math.log(-Math.expm1(x)) : log1m(Math.exp(x));
  }

  /// Returns `log Σ exp(x_i)`, as `m + log1p(sum of the others over the largest)`.
  ///
  /// @param x logarithms, `-∞` included
  /// @return the logarithm of the sum; `-∞` for none
  public static double logSumExp(double... x) {
    return logSumExpOfFirst(x.length, x);
  }

  /// [#logSumExp] of the first logarithms of an array.
  ///
  /// @param count how many
  /// @param x logarithms, `-∞` included
  /// @return the logarithm of the sum; `-∞` for none
  public static double logSumExpOfFirst(int count, double[] x) {
    int top = -1;
    for (int i = 0; i < count; i++) {
      Checks.notNaN(x[i], "x[" + i + "]");
      if (top < 0 || x[i] > x[top]) {
        top = i;
      }
    }
    if (top < 0 || Double.isInfinite(x[top])) {
      return top < 0 ? Double.NEGATIVE_INFINITY : x[top];
    }
    double others = 0;
    for (int i = 0; i < count; i++) {
      others += i == top ? 0 : Math.exp(x[i] - x[top]);
    }
    return x[top] + log1p(others);
  }

  /// Returns `k exp(k) - expm1(k) >= 0`, the term of a KL divergence at a log ratio `k`: with `k_i
  /// = log(π_i / p_i)`, `KL(π ‖ p) = Σ p_i phi(k_i)` and no term is negative.
  ///
  /// @param k a log ratio; `-∞` where `π` vanishes
  /// @return the term, 1 at `-∞`
  public static double phi(double k) {
    return phi(k, Math.exp(k));
  }

  /// [#phi(double)] where `exp(k)` is known already.
  ///
  /// @param k a log ratio
  /// @param exp `exp(k)`
  /// @return the term
  public static double phi(double k, double exp) {
    if (Math.abs(k) < 0.3) {
      return k * k * Polynomial.at(PHI, k);
    }
    return exp == 0 ? 1 : Math.fma(k - 1, exp, 1);
  }

  /// `p phi(k)`, formed from `π = p exp(k)` where `p` underflows or `exp(k)` overflows.
  ///
  /// @param logP `log p`
  /// @param p a probability
  /// @param k `log(π/p)`
  /// @return the term of a KL divergence in nats, at least 0
  public static double klTerm(double logP, double p, double k) {
    if (k > 600 || p < Double.MIN_NORMAL) {
      return k == 0 ? 0 : Math.max(0, Math.exp(logP + k) * (k - 1) + p);
    }
    return p * phi(k);
  }

  /// The binary entropy `h(q) = -q log q - (1-q) log(1-q)`, in nats.
  ///
  /// @param q a probability
  /// @return the entropy, 0 at `q = 0` and `q = 1`
  /// @throws IllegalArgumentException if `q` is not in `[0, 1]`
  public static double binaryEntropy(double q) {
    Checks.probability(q, "q");
    return q == 0 || q == 1 ? 0 : -q * Math.log(q) - (1 - q) * Math.log1p(-q);
  }

  /// Returns `log(1 - t)` within 2 ulp and faster than `log1p`: what rounding takes from `u = 1 -
  /// t` is given back to first order.
  ///
  /// @param t a number in `[0, 1)`
  /// @return the logarithm
  public static double log1m(double t) {
    double u = 1 - t;
    return Math.log(u) + ((1 - u) - t) / u;
  }

  /// `log(1 + t)` for a finite `t >= 0`, as [#log1m].
  private static double log1p(double t) {
    double u = 1 + t;
    return Math.log(u) + (t - (u - 1)) / u;
  }

  /// Returns `log(1 - t)` by its series, without a logarithm: the terms left out are below 3e-18 of
  /// the first.
  ///
  /// @param t a number of at least 0, below [#SMALL]
  /// @return the logarithm
  public static double log1mSmall(double t) {
    double sum = Math.fma(t, 1.0 / 11, 1.0 / 10);
    sum = Math.fma(t, sum, 1.0 / 9);
    sum = Math.fma(t, sum, 1.0 / 8);
    sum = Math.fma(t, sum, 1.0 / 7);
    sum = Math.fma(t, sum, 1.0 / 6);
    sum = Math.fma(t, sum, 1.0 / 5);
    sum = Math.fma(t, sum, 1.0 / 4);
    sum = Math.fma(t, sum, 1.0 / 3);
    sum = Math.fma(t, sum, 1.0 / 2);
    return -Math.fma(t * t, sum, t);
  }

  /// Returns `log(exp(a) + exp(b))`.
  ///
  /// @param a a logarithm
  /// @param b another, not `-∞`
  /// @return the logarithm of the sum
  public static double logAdd(double a, double b) {
    double top = Math.max(a, b);
    return top + log1p(Math.exp(Math.min(a, b) - top));
  }
}
