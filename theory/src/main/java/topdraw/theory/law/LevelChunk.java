package topdraw.theory.law;

import java.util.Arrays;
import topdraw.theory.numeric.Exp;
import topdraw.theory.numeric.LogSpace;

/// Some levels beside each other, from the worst: so few that all about them lies in the first
/// cache, and the thread that works on them makes their arrays. Loops are short, one after the
/// other, and without branches where they can be: then the compiler works on several levels at
/// once, and exceptions are mended after.
final class LevelChunk {
  static final int SHIFT = 10;

  /// Levels to a chunk; the last may have fewer.
  static final int SIZE = 1 << SHIFT;

  /// What [Levels] has of the same names, the chunk's first level at 0.
  final double[] logMass;

  final double[] mass;
  final double[] logCumulative;
  final double[] logMiss;

  /// Levels from their weights.
  ///
  /// @param logWeights logarithms of the weights of all levels
  /// @param from the chunk's first level
  /// @param to the level after its last
  /// @param totals sums over all levels
  /// @param under the weight of the levels below the chunk
  /// @param over the weight of the levels above it
  /// @param logBelow `log F` of the level below the chunk
  /// @param scratch room for a number a level
  LevelChunk(
      double[] logWeights,
      int from,
      int to,
      Totals totals,
      double under,
      double over,
      double logBelow,
      double[] scratch) {
    logMass = Arrays.copyOfRange(logWeights, from, to);
    int size = logMass.length;
    mass = new double[size];
    logCumulative = new double[size];
    logMiss = new double[size];
    for (int i = 0; i < size; i++) {
      scratch[i] = logMass[i] - totals.top;
    }
    Exp.each(size, scratch, mass, logMiss);
    cumulate(under, over, 1 / totals.total(), scratch);
    double logTotal = totals.logTotal();
    for (int i = 0; i < size; i++) {
      logMass[i] -= logTotal;
    }
    misses(scratch, logBelow);
  }

  /// Sums of weights, in units of the largest: `top` is its logarithm, `others` the sum of all but
  /// it, so that what stands beside it keeps its digits.
  record Totals(double top, double others) {
    double total() {
      return 1 + others;
    }

    double logTotal() {
      return top + Math.log1p(others);
    }
  }

  /// Divides the masses by the total, cumulates them, and leaves each level's share among the
  /// levels not above it.
  private void cumulate(double under, double over, double scale, double[] shares) {
    int middle = sumFromAbove(shares, over, scale);
    sumFromBelow(shares, under, scale, middle);
    logarithms(shares, 0, middle, false);
    logarithms(shares, middle, mass.length, true);
    for (int i = 0; i < mass.length; i++) {
      mass[i] *= scale;
    }
    for (int i = 0; i < middle; i++) {
      shares[i] = mass[i] / shares[i];
    }
    for (int i = middle; i < mass.length; i++) {
      shares[i] = mass[i] / (1 - shares[i]);
    }
  }

  /// Sums the mass above each level as long as it is below one half; the chunk's own part apart, as
  /// a small sum rounds less.
  ///
  /// @return the worst level where it is
  private int sumFromAbove(double[] sums, double over, double scale) {
    double sum = 0;
    int i = mass.length;
    while (i > 0 && (over + sum) * scale < 0.5) {
      i--;
      sums[i] = (over + sum) * scale;
      sum += mass[i];
    }
    return i;
  }

  /// Sums the mass up to each level.
  private void sumFromBelow(double[] sums, double under, double scale, int middle) {
    double sum = 0;
    for (int i = 0; i < middle; i++) {
      sum += mass[i];
      sums[i] = (under + sum) * scale;
    }
  }

  /// `log F` of each level of a range, from the sums below one half. `log F` at the best level and
  /// what is lost of `F` from there down have one sign, so their sum keeps its digits; where much
  /// is lost, each half has a logarithm of its own.
  private void logarithms(double[] sums, int from, int to, boolean above) {
    if (from == to) {
      return;
    }
    double last = sums[to - 1];
    double logLast = above ? LogSpace.log1m(last) : Math.log(last);
    double perLast = above ? 1 / (1 - last) : -1 / last;
    if ((sums[from] - last) * perLast < LogSpace.SMALL) {
      for (int i = from; i < to; i++) {
        logCumulative[i] = logLast + LogSpace.log1mSmall((sums[i] - last) * perLast);
      }
    } else if (to - from == 1) {
      logCumulative[from] = logLast;
    } else {
      int middle = (from + to) >>> 1;
      logarithms(sums, from, middle, above);
      logarithms(sums, middle, to, above);
    }
  }

  /// `log(1 - s)` of each level.
  private void misses(double[] shares, double logBelow) {
    for (int i = 0; i < mass.length; i++) {
      logMiss[i] = LogSpace.log1mSmall(shares[i]);
    }
    for (int i = 0; i < mass.length; i++) {
      if (!(shares[i] < LogSpace.SMALL)) {
        double below = i == 0 ? logBelow : logCumulative[i - 1];
        logMiss[i] = shares[i] < 0.5 ? LogSpace.log1m(shares[i]) : below - logCumulative[i];
      }
    }
  }

  /// How many chunks some levels have.
  static int count(int levels) {
    return (levels + SIZE - 1) / SIZE;
  }

  /// The sum of the first numbers of an array, four sums side by side.
  static double sum(double[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < count - 3; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }
}
