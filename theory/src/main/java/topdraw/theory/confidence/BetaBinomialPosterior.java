package topdraw.theory.confidence;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What counts of successes say of the law of the rate over prompts, if it is a beta law: weights of
/// a grid of means and concentrations. For the spread that prompts not yet seen would add.
///
///     logit μ = -11 + 22 i/60, weight sqrt(μ(1-μ));   κ = 0.1 (30000)^(i/24), weight 1
///
/// The grid and its use are ours; of a hierarchical model see Bowyer et al. (2025), arXiv 2503.01747.
public final class BetaBinomialPosterior {
  private static final int MEANS = 61;
  private static final int CONCENTRATIONS = 25;

  /// Weights below it, relative to the largest, change nothing.
  private static final double NEGLIGIBLE = 1e-18;

  private static final Map<Integer, SoftReference<double[][]>> TABLES = new ConcurrentHashMap<>();

  private final double[] weights;

  private BetaBinomialPosterior(double[] weights) {
    this.weights = weights;
  }

  /// The weights after seeing every prompt.
  ///
  /// @param correct how many draws of each prompt succeed
  /// @param draws out of how many
  /// @return the posterior
  /// @throws IllegalArgumentException if the counts do not fit
  public static BetaBinomialPosterior of(int[] correct, int[] draws) {
    Counts.check(correct, draws);
    var logs = new double[MEANS * CONCENTRATIONS];
    for (int g = 0; g < logs.length; g++) {
      logs[g] = (Math.log(meanAt(g)) + Math.log1p(-meanAt(g))) / 2;
    }
    for (int size : Arrays.stream(draws).distinct().toArray()) {
      var times = new double[size + 1];
      for (int j = 0; j < draws.length; j++) {
        if (draws[j] == size) {
          times[correct[j]]++;
        }
      }
      double[][] table = logTable(size);
      for (int c = 0; c <= size; c++) {
        for (int g = 0; g < logs.length && times[c] > 0; g++) {
          logs[g] += times[c] * table[g][c];
        }
      }
    }
    double top = Arrays.stream(logs).max().orElseThrow();
    double[] weights = Arrays.stream(logs).map(log -> Math.exp(log - top)).toArray();
    double sum = Arrays.stream(weights).sum();
    return new BetaBinomialPosterior(Arrays.stream(weights).map(w -> w / sum).toArray());
  }

  /// The variance of a statistic over prompts, drawing and all, averaged over the weights.
  ///
  /// @param byCount its values by the number of successes, `U(0)` to `U(N)`
  /// @return the variance
  public double variance(double[] byCount) {
    double[][] table = logTable(byCount.length - 1);
    double variance = 0;
    for (int g = 0; g < weights.length; g++) {
      if (weights[g] > NEGLIGIBLE) {
        double mean = 0;
        double square = 0;
        for (int c = 0; c < byCount.length; c++) {
          double chance = Math.exp(table[g][c]);
          mean += chance * byCount[c];
          square += chance * byCount[c] * byCount[c];
        }
        variance += weights[g] * Math.max(0, square - mean * mean);
      }
    }
    return variance;
  }

  /// The mean of the two parameters of the beta law.
  ///
  /// @return `a` and `b`
  public double[] parameters() {
    double a = 0;
    double b = 0;
    for (int g = 0; g < weights.length; g++) {
      a += weights[g] * concentrationAt(g) * meanAt(g);
      b += weights[g] * concentrationAt(g) * (1 - meanAt(g));
    }
    return new double[] {a, b};
  }

  /// The mean at a point of the grid.
  ///
  /// @param g the number of the point, from 0
  /// @return `μ`, in `(0, 1)`
  public static double meanAt(int g) {
    int step = g / CONCENTRATIONS;
    return 1 / (1 + Math.exp(11 - 22.0 * step / (MEANS - 1)));
  }

  /// The concentration at a point of the grid.
  ///
  /// @param g the number of the point, from 0
  /// @return `κ`, above 0
  public static double concentrationAt(int g) {
    double step = (double) (g % CONCENTRATIONS) / (CONCENTRATIONS - 1);
    return 0.1 * Math.pow(30_000, step);
  }

  /// Log-chances of every count at every point of the grid.
  ///
  /// @param draws how many draws there are, at least 1
  /// @return at `[g][c]`; not to be changed
  public static double[][] logTable(int draws) {
    SoftReference<double[][]> known = TABLES.get(draws);
    double[][] table = known == null ? null : known.get();
    if (table == null) {
      table = new double[MEANS * CONCENTRATIONS][];
      for (int g = 0; g < table.length; g++) {
        double mean = meanAt(g);
        table[g] = logChances(draws, mean * concentrationAt(g), (1 - mean) * concentrationAt(g));
      }
      TABLES.put(draws, new SoftReference<>(table));
    }
    return table;
  }

  /// `log BB(c; N, a, b)` for every count, by ratios from 0.
  static double[] logChances(int draws, double a, double b) {
    var logs = new double[draws + 1];
    for (int i = 0; i < draws; i++) {
      logs[0] -= Math.log1p(a / (b + i));
    }
    for (int c = 0; c < draws; c++) {
      double ratio = (draws - c) / (c + 1.0) * (a + c) / (b + draws - c - 1);
      logs[c + 1] = logs[c] + Math.log(ratio);
    }
    return logs;
  }
}
