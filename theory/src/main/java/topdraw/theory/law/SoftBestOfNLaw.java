package topdraw.theory.law;

import java.util.Arrays;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// Soft best-of-n: of `n` draws one is returned with probability `∝ exp(r/T)`. As `T → 0` it is
/// best-of-n, as `T → ∞` the reference. Its law on a table is [Law].
///
///     π(y)/p(y) = n ∫_0^∞ e^(-s) (Σ_j p_j exp(-s w_j/w_y))^(n-1) ds,   w = exp(r/T)
///
/// Source: Verdun et al. (2025), arXiv 2505.03156; the integral is ours, from `1/(a+b) = ∫ exp(-s
/// (a+b)) ds`.
public final class SoftBestOfNLaw {
  /// In `t = log s` the integrand is analytic for `|Im t| < π/2`: at this step the sum over a grid
  /// is the integral up to `exp(-π²/STEP)`.
  private static final double STEP = 0.25;

  /// How far in `t` the integrand can matter left of where it bends, and right of it.
  private static final double BEFORE = 40;

  private static final double AFTER = 7;

  /// Beyond so many temperatures the grid's numbers have no neighbours any more.
  private static final double FARTHEST = -STEP * 0x1p52;

  private static final double UNDERFLOWS = 1e-250;

  /// At `exp(-58)` a decay is beyond the last digit, for every whole `n`.
  private static final double FAINT = 58;

  private final Levels levels;

  /// Rewards over the temperature, less the largest of them.
  private final double[] scaled;

  private final double[] mass;

  /// The mass of the levels below each, and of each with those above it.
  private final double[] below;

  private final double[] above;

  private final int n;

  private SoftBestOfNLaw(Levels levels, double[] scaled, int n) {
    this.levels = levels;
    this.scaled = scaled;
    mass = IntStream.range(0, levels.count).mapToDouble(levels::mass).toArray();
    below = new double[levels.count + 1];
    for (int l = 0; l < levels.count; l++) {
      below[l + 1] = below[l] + mass[l];
    }
    above = new double[levels.count + 1];
    for (int l = levels.count - 1; l >= 0; l--) {
      above[l] = above[l + 1] + mass[l];
    }
    this.n = n;
  }

  /// An upper bound on the KL divergence from the range of rewards alone (*theorem*); `K_n` is
  /// another.
  ///
  ///     log(n / (1 + (n-1) exp(-R/T)))
  ///
  /// Source: Aminian et al. (2025), arXiv 2507.05913.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param range largest reward minus smallest, at least 0
  /// @param temperature `T`, above 0
  /// @return the bound in nats
  /// @throws IllegalArgumentException if an argument is out of range
  public static double klUpper(double n, double range, double temperature) {
    Checks.atLeastOne(n, "n");
    Checks.positive(temperature, "temperature");
    Checks.logProbability(-range, "-range");
    return Math.log(n) - Math.log1p((n - 1) * Math.exp(-range / temperature));
  }

  /// `log(π/p)` of each level.
  static double[] logRatios(Levels levels, double[] rewards, int n, double temperature) {
    var scaled = new double[rewards.length];
    double best = rewards[rewards.length - 1];
    for (int l = 0; l < scaled.length; l++) {
      scaled[l] = (rewards[l] - best) / temperature;
      if (scaled[l] < FARTHEST && Double.isFinite(rewards[l])) {
        throw new IllegalArgumentException(
            "the temperature "
                + temperature
                + " is too small for these rewards; best-of-n is the limit");
      }
    }
    var law = new SoftBestOfNLaw(levels, scaled, n);
    return IntStream.range(0, rewards.length).parallel().mapToDouble(law::logRatio).toArray();
  }

  private double logRatio(int level) {
    if (n == 1 || levels.count == 1) {
      return 0;
    }
    if (scaled[level] == Double.NEGATIVE_INFINITY) {
      // Without a score it is returned when every draw is.
      return (n - 1) * levels.logMass(level);
    }
    double end = Math.rint(lowest(levels.count - 1, level) / STEP);
    double top = Double.NEGATIVE_INFINITY;
    double sum = 0;
    // The grid runs from above; a bend of some w_j/w_y opens a stretch of it.
    int bend = level;
    double i = Math.rint(AFTER / STEP);
    while (i >= end) {
      while (bend < levels.count - 1 && i * STEP < lowest(bend, level)) {
        bend++;
        i = Math.min(i, Math.rint((scaled[level] - scaled[bend] + AFTER) / STEP));
      }
      double log = logIntegrand(i * STEP, level);
      if (log > top) {
        sum = 1 + sum * Math.exp(top - log);
        top = log;
      } else if (log > Double.NEGATIVE_INFINITY) {
        sum += Math.exp(log - top);
      }
      i--;
    }
    return Math.log(n) + top + Math.log(sum * STEP);
  }

  private double lowest(int bend, int level) {
    return scaled[level] - scaled[bend] - Math.log(n) - BEFORE;
  }

  /// `log(s e^(-s) (Σ_j p_j exp(-s w_j/w_y))^(n-1))` at `s = e^t`. Only levels about as good as
  /// `1/s` need their exponential: those far worse keep their mass, those far better lose it.
  private double logIntegrand(double t, int level) {
    int from = firstAbove(scaled[level] - t - FAINT);
    int to = firstAbove(scaled[level] - t + AFTER);
    double missing = above[to];
    double sum = below[from];
    for (int j = from; j < to; j++) {
      double lost = -Math.expm1(-Math.exp(t + scaled[j] - scaled[level]));
      missing += mass[j] * lost;
      sum += mass[j] * (1 - lost);
    }
    double log = missing < 0.5 ? Math.log1p(-missing) : Math.log(sum);
    return t - Math.exp(t) + (n - 1) * (sum < UNDERFLOWS ? logSum(t, level) : log);
  }

  private int firstAbove(double reward) {
    int at = Arrays.binarySearch(scaled, reward);
    return at < 0 ? ~at : at;
  }

  private double logSum(double t, int level) {
    return LogSpace.logSumExp(
        IntStream.range(0, levels.count)
            .mapToDouble(j -> levels.logMass(j) - Math.exp(t + scaled[j] - scaled[level]))
            .toArray());
  }
}
