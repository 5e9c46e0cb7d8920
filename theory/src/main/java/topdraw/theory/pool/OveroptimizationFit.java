package topdraw.theory.pool;

/// The curve `d (α - β d)`, `d = sqrt(KL)`, through gains in gold reward over the reference: an
/// *estimate* by least squares. On which axis the drift was measured, analytical or estimated,
/// belongs beside it: the coefficients differ when outcomes are few.
///
/// Source: Gao, Schulman and Hilton (2023), arXiv 2210.10760.
///
/// @param alpha the gain per unit of `d` at the start
/// @param beta how fast it is lost
/// @param rSquared share of the gains' variance that the curve explains; 1 if all gains are equal
/// @param largestKl the largest drift fitted, in nats
public record OveroptimizationFit(double alpha, double beta, double rSquared, double largestKl) {
  /// Fits the curve.
  ///
  /// @param kls drifts in nats, at least 0, of at least two different values above 0
  /// @param gains the gain in gold reward at each drift
  /// @return the fit
  /// @throws IllegalArgumentException if the lengths differ, a number is out of range or the points
  ///   do not determine the curve
  public static OveroptimizationFit of(double[] kls, double[] gains) {
    check(kls, gains);
    var d = new double[kls.length];
    double largest = 0;
    for (int i = 0; i < d.length; i++) {
      d[i] = Math.sqrt(kls[i]);
      largest = Math.max(largest, kls[i]);
    }
    // Orthogonalised: the normal equations would lose half the digits.
    double projection = dot(d, kls) / dot(d, d);
    var bend = new double[d.length];
    for (int i = 0; i < d.length; i++) {
      bend[i] = kls[i] - projection * d[i];
    }
    double bends = dot(bend, bend);
    if (!(bends > 1e-24 * dot(kls, kls))) {
      throw new IllegalArgumentException(
          "a fit of two coefficients needs gains at two different drifts above 0");
    }
    double beta = -dot(bend, gains) / bends;
    double alpha = dot(d, gains) / dot(d, d) + beta * projection;
    return new OveroptimizationFit(alpha, beta, rSquared(alpha, beta, kls, gains), largest);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  private static double rSquared(double alpha, double beta, double[] kls, double[] gains) {
    double mean = 0;
    for (double gain : gains) {
      mean += gain / gains.length;
    }
    double left = 0;
    double spread = 0;
    for (int i = 0; i < gains.length; i++) {
      double residual = gains[i] - gain(alpha, beta, kls[i]);
      left += residual * residual;
      spread += (gains[i] - mean) * (gains[i] - mean);
    }
    return spread == 0 ? 1 : 1 - left / spread;
  }

  private static double gain(double alpha, double beta, double kl) {
    return Math.sqrt(kl) * (alpha - beta * Math.sqrt(kl));
  }

  /// The fitted gain at a drift.
  ///
  /// @param kl the drift in nats, at least 0
  /// @return the gain in gold reward
  public double gain(double kl) {
    return gain(alpha, beta, kl);
  }

  /// The drift at which the fitted gain is largest, `(α / 2β)²`.
  ///
  /// @return the drift in nats; `∞` when the curve never falls
  public double peakKl() {
    double d = alpha / (2 * beta);
    return beta > 0 ? d * Math.max(0, d) : Double.POSITIVE_INFINITY;
  }

  /// Whether the peak lies where drifts were measured; elsewhere it is a guess.
  ///
  /// @return true when the curve bends down within the fitted drifts
  public boolean peakIsMeasured() {
    return peakKl() <= largestKl;
  }

  private static void check(double[] kls, double[] gains) {
    if (kls.length != gains.length) {
      throw new IllegalArgumentException(
          "each drift needs one gain: there are "
              + kls.length
              + " drifts and "
              + gains.length
              + " gains");
    }
    for (int i = 0; i < kls.length; i++) {
      if (!(kls[i] >= 0 && kls[i] < Double.POSITIVE_INFINITY && Double.isFinite(gains[i]))) {
        throw new IllegalArgumentException(
            "drifts must be at least 0 and gains finite, found "
                + kls[i]
                + " and "
                + gains[i]
                + " at "
                + i);
      }
    }
  }
}
