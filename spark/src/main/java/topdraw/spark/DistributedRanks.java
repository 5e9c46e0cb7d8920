package topdraw.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// The mean reward of best-of-n from the draws of one prompt that no machine holds: equal rewards
/// are counted where they are, levels are put in order across the partitions, and each partition
/// adds up its own from its first rank on, which the counts of the better ones tell.
///
///     U_n = Σ_l (F(b_l) - F(a_l)) r_l,   F(h) = C(h, n) / C(N, n),   level l has the ranks a_l + 1 … b_l
///
/// The error is that of leaving out one draw at a time, of all `N`, which one more pass gives:
/// `U_n` without draw k is `(N U_n - n H_k) / (N - n)`, where `H_k` is the mean over the subsets
/// that hold k.
final class DistributedRanks {
  private static final Estimator SUBSETS =
      new Estimator("subsets", "every subset of n draws, unbiased");

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final JavaPairRDD<Double, Long> levels;
  private final long[] above;
  private final long size;
  private final boolean passes;

  /// The levels of a partition, and what they are together.
  private record Counted(long draws, boolean passes) implements Serializable {}

  private DistributedRanks(
      JavaPairRDD<Double, Long> levels, long[] above, long size, boolean passes) {
    this.levels = levels;
    this.above = above;
    this.size = size;
    this.passes = passes;
  }

  /// Puts rewards in order.
  ///
  /// @param rewards one per draw, higher is better; `-∞` for a missing score
  /// @param partitions into how many they are put
  static DistributedRanks of(JavaRDD<Double> rewards, int partitions) {
    JavaPairRDD<Double, Long> levels =
        rewards
            .mapToPair(reward -> new Tuple2<>(reward + 0.0, 1L)) // one zero
            .reduceByKey(Long::sum, partitions)
            .sortByKey(false, partitions);
    List<Counted> counted = levels.mapPartitions(DistributedRanks::counted).collect();
    long[] above = new long[counted.size()];
    long size = 0;
    for (int p = 0; p < above.length; p++) {
      above[p] = size;
      size += counted.get(p).draws();
    }
    return new DistributedRanks(levels, above, size, counted.stream().allMatch(Counted::passes));
  }

  private static Iterator<Counted> counted(Iterator<Tuple2<Double, Long>> levels) {
    long draws = 0;
    boolean passes = true;
    while (levels.hasNext()) {
      Tuple2<Double, Long> level = levels.next();
      draws += level._2();
      passes &= level._1() == 0 || level._1() == 1 || level._1() == Double.NEGATIVE_INFINITY;
    }
    return List.of(new Counted(draws, passes)).iterator();
  }

  /// How many draws there are.
  long size() {
    return size;
  }

  /// What one partition adds, by n.
  ///
  /// @param mean to `U_n`
  /// @param others to the sum over better levels in `H_k` of the draws behind it
  /// @param squares to `Σ (H_k - U_n)²`
  private record Sums(double[] mean, double[] others, double[] squares) implements Serializable {}

  /// The mean reward of best-of-n.
  ///
  /// @param grid values of n, those above the number of draws left out
  /// @param confidence of the intervals
  /// @return an *estimate* for each n for which no subset is without a score
  SortedMap<Integer, Finding> rewards(int[] grid, Confidence confidence) {
    int[] asked = Arrays.stream(grid).filter(n -> n >= 1 && n <= size).toArray();
    List<Sums> parts = sums(asked, null, null);
    double[] means = new double[asked.length];
    double[][] better = new double[above.length][asked.length];
    for (int p = 0; p < above.length; p++) {
      for (int k = 0; k < asked.length; k++) {
        better[p][k] = p == 0 ? 0 : better[p - 1][k] + parts.get(p - 1).others()[k];
        means[k] += parts.get(p).mean()[k];
      }
    }
    List<Sums> again = sums(asked, better, means);
    SortedMap<Integer, Finding> findings = new TreeMap<>();
    for (int k = 0; k < asked.length; k++) {
      if (Double.isFinite(means[k])) {
        int at = k;
        double squares = again.stream().mapToDouble(part -> part.squares()[at]).sum();
        findings.put(asked[k], finding(asked[k], means[k], squares, confidence));
      }
    }
    return findings;
  }

  /// `sqrt((N-1)/N Σ (U_(-k) - U)²)`.
  private double standardError(int n, double squares) {
    return n == size
        ? Double.POSITIVE_INFINITY
        : n / (double) (size - n) * Math.sqrt((size - 1.0) / size * squares);
  }

  private Finding finding(int n, double mean, double squares, Confidence confidence) {
    double half =
        NORMAL.inverseSurvivalProbability(confidence.alpha() / 2) * standardError(n, squares);
    Quantity quantity = passes ? Quantity.PASS_AT_K : Quantity.REWARD;
    Interval range = quantity.range();
    return new Finding(
        quantity,
        Role.VALUE,
        mean,
        Evidence.ESTIMATE,
        OptionalDouble.of(confidence.value()),
        Optional.of(
            new Interval(
                Math.max(range.lower(), mean - half), Math.min(range.upper(), mean + half))),
        OptionalLong.of(size),
        OptionalLong.of(1),
        SUBSETS,
        List.of("the interval is a jackknife's over the draws of this prompt"));
  }

  /// @param better the sums over better levels of the partitions before each; null in the first
  ///   pass
  private List<Sums> sums(int[] asked, double @Nullable [][] better, double @Nullable [] means) {
    long all = size;
    long[] first = above;
    return levels
        .mapPartitionsWithIndex(
            (part, some) -> {
              Partition partition = new Partition(asked, all, all - first[part]);
              return List.of(
                      partition.sums(
                          some,
                          better == null ? new double[asked.length] : better[part],
                          means == null ? new double[asked.length] : means))
                  .iterator();
            },
            true)
        .collect();
  }

  /// Goes down the levels of a partition.
  private static final class Partition {
    /// Ranks after which a chance is made anew, so that errors of rounding do not add up.
    private static final long ANEW = 4096;

    private final int[] asked;
    private final long size;
    private final long best;
    private final double[] within;
    private final double[] withinOthers;

    /// @param best the rank of its best draw
    Partition(int[] asked, long size, long best) {
      this.asked = asked;
      this.size = size;
      this.best = best;
      within = Arrays.stream(asked).mapToDouble(n -> within(n, best, size)).toArray();
      withinOthers =
          Arrays.stream(asked).mapToDouble(n -> within(n - 1, best - 1, size - 1)).toArray();
    }

    /// The chance that all of a random subset are among the `h` lowest of some draws.
    private static double within(int n, long h, long size) {
      if (h < n) {
        return 0;
      }
      double chance = 1;
      if (size - h < n) {
        for (long i = size; i > h; i--) {
          chance *= (i - n) / (double) i;
        }
      } else {
        for (int j = 0; j < n; j++) {
          chance *= (h - j) / (double) (size - j);
        }
      }
      return chance;
    }

    Sums sums(Iterator<Tuple2<Double, Long>> levels, double[] before, double[] means) {
      double[] mean = new double[asked.length];
      double[] others = new double[asked.length];
      double[] squares = new double[asked.length];
      long top = best;
      while (levels.hasNext()) {
        Tuple2<Double, Long> level = levels.next();
        for (int k = 0; k < asked.length; k++) {
          double reward = level._1();
          double weight = fall(within, k, asked[k], top, level._2(), size);
          mean[k] += weight == 0 ? 0 : weight * reward;
          double reached = withinOthers[k];
          double own = before[k] + others[k] + (reached == 0 ? 0 : reached * reward);
          double away = own - means[k];
          squares[k] += level._2() * away * away;
          double passed = fall(withinOthers, k, asked[k] - 1, top - 1, level._2(), size - 1);
          others[k] += passed == 0 ? 0 : passed * reward;
        }
        top -= level._2();
      }
      return new Sums(mean, others, squares);
    }

    /// Takes some ranks off the highest of those below.
    ///
    /// @return what the chance has lost
    private static double fall(double[] chances, int k, int n, long top, long draws, long size) {
      double lost = 0;
      double chance = chances[k];
      if (n == 0) {
        return 0; // the empty subset is anywhere
      }
      for (long h = top; h > top - draws && chance > 0; h--) {
        // C(h-1, n-1) / C(N, n): what ends with rank h
        lost += chance * n / h;
        chance = h % ANEW == 0 ? within(n, h - 1, size) : chance * ((h - n) / (double) h);
      }
      chances[k] = chance;
      return lost;
    }
  }
}
