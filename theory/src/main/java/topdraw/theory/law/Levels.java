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

  private final LevelChunk[] chunks;
  private final int heaviest;
  private final double others;

  /// Levels from weights.
  ///
  /// @param logWeights logarithms of positive weights, worst level first; need not sum to 1
  Levels(double[] logWeights) {
    count = logWeights.length;
    heaviest = Chunks.argmax(logWeights);
    double top = logWeights[heaviest];
    double[] sums = sums(logWeights, top);
    others = sumsBefore(sums, 0, 1)[sums.length - 1] + sums[sums.length - 1];
    sums[heaviest / LevelChunk.SIZE] += 1;
    chunks = chunks(logWeights, new LevelChunk.Totals(top, others), sums);
    chunk(heaviest).logMass[place(heaviest)] = -Math.log1p(others);
    mendBottom();
    chunk(count - 1).logCumulative[place(count - 1)] = 0;
    chunk(0).logMiss[0] = Double.NEGATIVE_INFINITY;
  }

  /// The weight of each chunk in units of the largest, which itself is left out.
  private double[] sums(double[] logWeights, double top) {
    var sums = new double[LevelChunk.count(count)];
    Chunks.forEach(
        count,
        (from, to) -> {
          int size = Math.min(to - from, LevelChunk.SIZE);
          var logs = new double[size];
          var weights = new double[size];
          var scratch = new double[size];
          for (int l = from; l < to; l += size) {
            size = Math.min(size, to - l);
            System.arraycopy(logWeights, l, logs, 0, size);
            for (int i = 0; i < size; i++) {
              logs[i] -= top;
            }
            Exp.each(size, logs, weights, scratch);
            if (heaviest >= l && heaviest < l + size) {
              weights[heaviest - l] = 0;
            }
            sums[l / LevelChunk.SIZE] = LevelChunk.sum(weights, size);
          }
        });
    return sums;
  }

  /// The sum of the parts before each one, on the way from one end to the other; what rounding
  /// takes from a sum is kept and given back (Kahan). From a part that is larger than the sum it
  /// may take a last digit unseen, but such a part doubles the sum: of all of them it is one digit.
  private static double[] sumsBefore(double[] parts, int first, int step) {
    var sums = new double[parts.length];
    double sum = 0;
    double lost = 0;
    for (int c = first; c >= 0 && c < parts.length; c += step) {
      sums[c] = sum + lost;
      double next = sum + parts[c];
      lost += (sum - next) + parts[c];
      sum = next;
    }
    return sums;
  }

  private static LevelChunk[] chunks(double[] logWeights, LevelChunk.Totals totals, double[] sums) {
    double[] below = sumsBefore(sums, 0, 1);
    double[] above = sumsBefore(sums, sums.length - 1, -1);
    var chunks = new LevelChunk[sums.length];
    Chunks.forEach(
        logWeights.length,
        (from, to) -> {
          var scratch = new double[Math.min(to - from, LevelChunk.SIZE)];
          for (int l = from; l < to; l += LevelChunk.SIZE) {
            int c = l / LevelChunk.SIZE;
            double logBelow = Math.log(below[c] / totals.total());
            int end = Math.min(to, l + LevelChunk.SIZE);
            chunks[c] =
                new LevelChunk(logWeights, l, end, totals, below[c], above[c], logBelow, scratch);
          }
        });
    return chunks;
  }

  /// Does the worst levels again in logarithms, as far as their probabilities underflow.
  private void mendBottom() {
    double logBelow = Double.NEGATIVE_INFINITY;
    boolean deep = true;
    for (int l = 0; deep; l++) { // not beyond the best level, where F is 1
      deep = logCumulative(l) < LOG_DEEP;
      double logF = logCumulative(l);
      if (deep) {
        logF = l == 0 ? logMass(0) : LogSpace.logAdd(logBelow, logMass(l));
      }
      double share = Math.exp(logMass(l) - logF);
      chunk(l).logMiss[place(l)] = share < 0.5 ? LogSpace.log1m(share) : logBelow - logF;
      chunk(l).logCumulative[place(l)] = logF;
      logBelow = logF;
    }
  }

  /// The levels that share a chunk with level `l`.
  LevelChunk chunk(int l) {
    return chunks[l >> LevelChunk.SHIFT];
  }

  private static int place(int l) {
    return l & (LevelChunk.SIZE - 1);
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
    return chunk(l).mass[place(l)];
  }

  /// `log P_l`, the mass of a level.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats
  public double logMass(int l) {
    return chunk(l).logMass[place(l)];
  }

  /// `log F_l`, where `F_l` is the mass of the levels up to one.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; 0 for the best level
  public double logCumulative(int l) {
    return chunk(l).logCumulative[place(l)];
  }

  /// `log(1 - s_l) = log F_{l-1} - log F_l`, where `s_l = P_l / F_l`.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; `-∞` for the worst level
  public double logMiss(int l) {
    return chunk(l).logMiss[place(l)];
  }

  /// `(F_l + F_{l-1}) / 2`, the chance that an outcome of level l wins against a fresh draw.
  double calibrated(int l) {
    return Exp.of(logCumulative(l)) - mass(l) / 2;
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
        : LogSpace.log1m(mass(l));
  }

  /// `log s_l`, the logarithm of a level's share among the levels not above it.
  ///
  /// @param l the level, 0 for the worst
  /// @return the logarithm in nats; 0 for the worst level
  public double logShare(int l) {
    return logMiss(l) < -LogSpace.LN_2
        ? LogSpace.log1mExp(logMiss(l))
        : logMass(l) - logCumulative(l);
  }

  /// `log Σ P_l^2`, the logarithm of the collision probability.
  double logCollision() {
    double lighter = Chunks.sum(count, this::squares);
    if (others >= 1) {
      return Math.log(lighter + mass(heaviest) * mass(heaviest));
    }
    // With a level above one half, 1 - Σ P^2 = Σ P (1 - P) is the number that is small.
    double rest = others / (1 + others);
    return Math.log1p(-(mass(heaviest) * rest + rest - lighter));
  }

  /// Sums the squares of all masses but the largest.
  private double squares(int from, int to) {
    double sum = 0;
    for (int l = from; l < to; l++) {
      sum += l == heaviest ? 0 : mass(l) * mass(l);
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
            double power = Math.exp(m * logCumulative(l));
            double squared = mass(l) * mass(l);
            sum += squared * power * -Math.expm1(m * logMiss(l));
          }
          return sum;
        });
  }

  /// These levels with those from `first` on made one.
  Levels mergedFrom(int first) {
    double[] logMass = IntStream.range(0, count).mapToDouble(this::logMass).toArray();
    double[] merged = Arrays.copyOf(logMass, first + 1);
    merged[first] = LogSpace.logSumExp(Arrays.copyOfRange(logMass, first, count));
    return new Levels(merged);
  }
}
