package topdraw.theory.law;

import java.util.Arrays;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Chunks;
import topdraw.theory.numeric.Exp;
import topdraw.theory.numeric.LogSpace;

/// The levels of an outcome table from worst to best: their masses and what is cumulated from them,
/// each in the form that keeps its digits. No level has mass 0, though a mass may underflow.
///
/// Everything is computed from log weights in fixed chunks, sums from below and from above apart:
/// `1 - tail` loses the small cumulative masses, a running sum from below those close to 1.
public final class Levels {
  /// Below this a sum of probabilities may have lost summands to underflow.
  private static final double LOG_DEEP = -600;

  final int count;

  /// `log P_l` and `P_l`, the mass of level l.
  final double[] logMass;

  final double[] mass;

  /// `log F_l`, where `F_l` is the mass of the levels up to l; 0 for the best level.
  final double[] logCumulative;

  /// `log(1 - s_l) = log F_{l-1} - log F_l`, where `s_l = P_l / F_l`; `-∞` for the worst level.
  final double[] logMiss;

  private final int heaviest;
  private final double others;

  /// Levels from weights.
  ///
  /// @param logWeights logarithms of positive weights, worst level first; need not sum to 1
  Levels(double[] logWeights) {
    count = logWeights.length;
    heaviest = Chunks.argmax(logWeights);
    double top = logWeights[heaviest];
    mass = new double[count];
    double[] sums = Chunks.sums(count, (from, to) -> weigh(logWeights, top, from, to));
    double rest = 0;
    for (double sum : sums) {
      rest += sum;
    }
    others = rest;
    logMass = new double[count];
    logCumulative = new double[count];
    logMiss = new double[count];
    sums[heaviest / Chunks.SIZE] += 1;
    cumulate(logWeights, top + Math.log1p(rest), sums);
  }

  /// Fills `mass` with weights over the largest; the sum leaves the largest itself out, so that
  /// what stands beside it keeps its digits.
  private double weigh(double[] logWeights, double top, int from, int to) {
    double sum = 0;
    for (int l = from; l < to; l++) {
      mass[l] = Exp.of(logWeights[l] - top);
      sum += l == heaviest ? 0 : mass[l];
    }
    return sum;
  }

  private void cumulate(double[] logWeights, double logTotal, double[] sums) {
    double total = 1 + others;
    var below = new double[sums.length];
    var above = new double[sums.length];
    for (int c = 1; c < sums.length; c++) {
      below[c] = below[c - 1] + sums[c - 1];
    }
    for (int c = sums.length - 2; c >= 0; c--) {
      above[c] = above[c + 1] + sums[c + 1];
    }
    Chunks.forEach(
        count,
        (from, to) -> {
          int c = from / Chunks.SIZE;
          fill(logWeights, logTotal, total, below[c], above[c], from, to);
        });
    if (others < 1) {
      logMass[heaviest] = -Math.log1p(others);
    }
    mendBottom();
    logCumulative[count - 1] = 0;
    logMiss[0] = Double.NEGATIVE_INFINITY;
  }

  /// Fills every array on a chunk, given the weights below and above it. Short loops one after the
  /// other: in one, they would be too long to be compiled well.
  private void fill(
      double[] logWeights,
      double logTotal,
      double total,
      double under,
      double over,
      int from,
      int to) {
    double scale = 1 / total;
    double[] cumulative = prefixes(under, scale, from, to);
    double weightFrom = cumulateFromAbove(cumulative, over, scale, from, to);
    double logBelow = weightFrom < 0.5 ? LogSpace.log1m(weightFrom) : Math.log(under * scale);
    for (int l = from; l < to; l++) {
      double p = mass[l] * scale;
      double share = p / cumulative[l - from];
      mass[l] = p;
      logMass[l] = logWeights[l] - logTotal;
      if (share < LogSpace.SMALL) {
        logMiss[l] = LogSpace.log1mSmall(share);
      } else {
        logMiss[l] = share < 0.5 ? LogSpace.log1m(share) : logBelow - logCumulative[l];
      }
      logBelow = logCumulative[l];
    }
  }

  /// `F_l` summed from below.
  private double[] prefixes(double under, double scale, int from, int to) {
    var prefixes = new double[to - from];
    double prefix = under;
    for (int l = from; l < to; l++) {
      prefix += mass[l];
      prefixes[l - from] = prefix * scale;
    }
    return prefixes;
  }

  /// Replaces the `F_l` above one half by `1 - tail`, fills their logarithms, and returns the mass
  /// of all levels from `from` on.
  private double cumulateFromAbove(
      double[] cumulative, double over, double scale, int from, int to) {
    double tail = over;
    double perReference = Double.POSITIVE_INFINITY;
    double logReference = 0;
    double fallen = Double.POSITIVE_INFINITY;
    for (int l = to - 1; l >= from; l--) {
      double q = tail * scale;
      if (q < 0.5) {
        cumulative[l - from] = 1 - q;
      }
      double fall = fallen * perReference;
      if (fall < LogSpace.SMALL) {
        // Both summands are negative: log F keeps its digits, and most logarithms are spared.
        logCumulative[l] = logReference + LogSpace.log1mSmall(fall);
      } else {
        logReference = q < 0.5 ? LogSpace.log1m(q) : Math.log(cumulative[l - from]);
        logCumulative[l] = logReference;
        perReference = 1 / cumulative[l - from];
        fallen = 0;
      }
      tail += mass[l];
      fallen += mass[l] * scale;
    }
    return tail * scale;
  }

  /// Does the worst levels again in logarithms, as far as their probabilities underflow.
  private void mendBottom() {
    double logBelow = Double.NEGATIVE_INFINITY;
    boolean deep = logCumulative[0] < LOG_DEEP;
    for (int l = 0; l < count && deep; l++) {
      deep = logCumulative[l] < LOG_DEEP;
      double logF = logCumulative[l];
      if (deep) {
        logF = l == 0 ? logMass[0] : LogSpace.logAdd(logBelow, logMass[l]);
      }
      double share = Math.exp(logMass[l] - logF);
      logMiss[l] = share < 0.5 ? LogSpace.log1m(share) : logBelow - logF;
      logCumulative[l] = logF;
      logBelow = logF;
    }
  }

  /// How many levels there are.
  ///
  /// @return at least 1
  public int count() {
    return count;
  }

  /// `P_l`, the mass of a level.
  ///
  /// @param l the level, 0 for the worst
  /// @return the mass, 0 where it underflows
  public double mass(int l) {
    return mass[l];
  }

  /// `log P_l`, the mass of a level.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats
  public double logMass(int l) {
    return logMass[l];
  }

  /// `log F_l`, where `F_l` is the mass of the levels up to one.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; 0 for the best level
  public double logCumulative(int l) {
    return logCumulative[l];
  }

  /// `log(1 - s_l) = log F_{l-1} - log F_l`, where `s_l = P_l / F_l`.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; `-∞` for the worst level
  public double logMiss(int l) {
    return logMiss[l];
  }

  /// `(F_l + F_{l-1}) / 2`, the chance that an outcome of level l wins against a fresh draw.
  double calibrated(int l) {
    return Exp.of(logCumulative[l]) - mass[l] / 2;
  }

  /// [#calibrated(int)] of every level.
  double[] calibrated() {
    return IntStream.range(0, count).mapToDouble(this::calibrated).toArray();
  }

  /// `log(1 - P_l)`.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; `-∞` where the level is the only one
  public double logComplement(int l) {
    return l == heaviest && others < 1
        ? Math.log(others) - Math.log1p(others)
        : LogSpace.log1m(mass[l]);
  }

  /// `log s_l`, the logarithm of a level's share among the levels not above it.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; 0 for the worst level
  public double logShare(int l) {
    return logMiss[l] < -LogSpace.LN_2
        ? LogSpace.log1mExp(logMiss[l])
        : logMass[l] - logCumulative[l];
  }

  /// `log Σ P_l^2`, the logarithm of the collision probability.
  double logCollision() {
    double lighter = Chunks.sum(count, this::squares);
    if (others >= 1) {
      return Math.log(lighter + mass[heaviest] * mass[heaviest]);
    }
    // With a level above one half, 1 - Σ P^2 = Σ P (1 - P) is the number that is small.
    double rest = others / (1 + others);
    return Math.log1p(-(mass[heaviest] * rest + rest - lighter));
  }

  /// Sums the squares of all masses but the largest.
  private double squares(int from, int to) {
    double sum = 0;
    for (int l = from; l < to; l++) {
      sum += l == heaviest ? 0 : mass[l] * mass[l];
    }
    return sum;
  }

  /// `Σ_l P_l^2 (F_l^m - F_{l-1}^m)`, of which the closed bounds on the gaps are made.
  ///
  /// @param m the power, at least 0
  /// @return the sum, in `[0, 1]`
  public double squaresTimesPowers(double m) {
    return Chunks.sum(
        count,
        (from, to) -> {
          double sum = 0;
          for (int l = from; l < to; l++) {
            double power = Math.exp(m * logCumulative[l]);
            double squared = mass[l] * mass[l];
            sum += squared * power * -Math.expm1(m * logMiss[l]);
          }
          return sum;
        });
  }

  /// These levels with those from `first` on made one.
  Levels mergedFrom(int first) {
    double[] merged = Arrays.copyOf(logMass, first + 1);
    merged[first] = LogSpace.logSumExp(Arrays.copyOfRange(logMass, first, count));
    return new Levels(merged);
  }
}
