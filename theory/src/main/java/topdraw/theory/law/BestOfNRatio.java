package topdraw.theory.law;

import java.util.Arrays;
import topdraw.theory.numeric.LogSpace;
import topdraw.theory.numeric.Series;

/// `k_l = log(Π_l / P_l) = (n-1) log F_l + log((1 - (1-s_l)^n) / s_l)` of each level, for
/// best-of-n.
///
/// What depends on n alone is worked out once: the loops over levels are long.
final class BestOfNRatio implements LogRatio {
  private final Levels levels;
  private final double n;
  private final double logN;
  private final double half;

  /// Below this `x` the two series of [Series#logSinhc] are one, with these coefficients.
  private final double small;

  private final double a;
  private final double b;
  private final double c;

  BestOfNRatio(Levels levels, double n) {
    this.levels = levels;
    this.n = n;
    logN = Math.log(n);
    half = (1 - 1 / n) / 2;
    small = 0.05 * Math.min(1, n);
    double square = 1 / (n * n);
    a = Series.evenTerm(1) / 2 * (1 - square);
    b = Series.evenTerm(2) / 4 * (1 - square * square);
    c = Series.evenTerm(3) / 6 * (1 - square * square * square);
  }

  @Override
  public double at(int l) {
    if (n == 1) {
      return 0;
    }
    double below = (n - 1) * levels.logCumulative(l);
    double x = -n * levels.logMiss(l);
    if (x < small) {
      return ofSmall(below, x);
    }
    if (x < 0.5) {
      return below + logN - x * half + Series.logSinhc(x) - Series.logSinhc(x / n);
    }
    return below + LogSpace.log1m(Math.exp(-x)) - levels.logShare(l);
  }

  private double ofSmall(double below, double x) {
    double y = x * x;
    return below + logN - x * half + y * (a + y * (b + y * c));
  }

  @Override
  public void fill(int from, int size, double[] ratios) {
    if (n == 1) {
      Arrays.fill(ratios, 0);
      return;
    }
    LevelChunk chunk = levels.chunk(from);
    double[] logCumulative = chunk.logCumulative;
    double[] logMiss = chunk.logMiss;
    for (int i = 0; i < size; i++) {
      ratios[i] = ofSmall((n - 1) * logCumulative[i], -n * logMiss[i]);
    }
    for (int i = 0; i < size; i++) {
      if (!(-n * logMiss[i] < small)) {
        ratios[i] = at(from + i);
      }
    }
  }
}
