package topdraw.theory.pool;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Roots;

/// The distinct completions seen in one pool, by level, and the law of how often each level was
/// met, given which they are.
///
/// Given that `N` draws showed just the completions `D`, their counts are independent Poisson
/// counts of means `λ p`, none of them 0, with the sum `N`; any `λ` will do. Draws whose
/// probability is not known stay as they came.
///
/// @param draws how many draws there are, `N`
/// @param fixed how many of a level's draws have no probability
/// @param logP the log-probabilities of a level's other distinct completions, in nats
/// @param counts how often each of them came
record SeenCounts(int draws, int[] fixed, double[][] logP, int[][] counts) {
  /// A completion of less than this expected number of draws came once.
  private static final double THIN = 1e-9;

  /// From here on a count of 0 need not be excluded.
  private static final double HEAVY = 40;

  /// What the probabilities may fall short of 1 by when all has been seen.
  private static final double ROUNDING = 1e-9;

  static SeenCounts of(PoolLevels levels, int[] outcomes, double[] logP) {
    var fixed = new int[levels.count];
    var logs = new double[levels.count][];
    var counts = new int[levels.count][];
    for (int l = 0; l < levels.count; l++) {
      int[] known =
          Arrays.stream(levels.order, levels.start[l], levels.start[l + 1])
              .filter(i -> logP[i] > Double.NEGATIVE_INFINITY)
              .boxed()
              .sorted((i, j) -> Integer.compare(outcomes[i], outcomes[j]))
              .mapToInt(i -> i)
              .toArray();
      fixed[l] = levels.draws(l) - known.length;
      int[] firsts =
          IntStream.range(0, known.length)
              .filter(k -> k == 0 || outcomes[known[k]] != outcomes[known[k - 1]])
              .toArray();
      logs[l] = IntStream.of(firsts).mapToDouble(k -> logP[known[k]]).toArray();
      counts[l] = new int[firsts.length];
      for (int k = 0; k < firsts.length; k++) {
        int end = k + 1 < firsts.length ? firsts[k + 1] : known.length;
        counts[l][k] = end - firsts[k];
      }
    }
    return new SeenCounts(levels.size(), fixed, logs, counts);
  }

  /// The probability of all completions seen.
  private double mass() {
    return all().map(Math::exp).sum();
  }

  private DoubleStream all() {
    return Arrays.stream(logP).flatMapToDouble(Arrays::stream);
  }

  int levels() {
    return fixed.length;
  }

  /// How many completions with a probability were seen; one at two levels counts twice.
  int distinct() {
    return (int) all().count();
  }

  /// Whether no other completion is possible.
  boolean complete() {
    return IntStream.of(fixed).sum() == 0 && mass() >= 1 - ROUNDING;
  }

  /// The probability of each level, given that a completion that was seen is drawn; 0 where no
  /// probability is known.
  double[] masses() {
    double mass = Math.max(mass(), Double.MIN_NORMAL);
    return Arrays.stream(logP)
        .mapToDouble(ofLevel -> DoubleStream.of(ofLevel).map(Math::exp).sum() / mass)
        .toArray();
  }

  /// The law of each level's count; none where a completion came more often than its probability
  /// allows.
  CountLaw[] laws() {
    int known = draws - IntStream.of(fixed).sum();
    int distinct = distinct();
    double logRate = distinct == known ? Double.NEGATIVE_INFINITY : logRate(known);
    var laws = new CountLaw[fixed.length];
    for (int l = 0; l < laws.length; l++) {
      if (contradicted(l, logRate)) {
        return new CountLaw[0];
      }
      laws[l] = law(l, logRate);
    }
    return laws;
  }

  private boolean contradicted(int l, double logRate) {
    return IntStream.range(0, logP[l].length)
        .anyMatch(k -> counts[l][k] > 1 && Math.exp(logRate + logP[l][k]) < THIN);
  }

  private CountLaw law(int l, double logRate) {
    int once = fixed[l];
    double heavy = 0;
    CountLaw law = CountLaw.point(0);
    for (double log : logP[l]) {
      double mean = Math.exp(logRate + log);
      if (mean < THIN) {
        once++;
      } else if (mean > HEAVY) {
        heavy += mean;
      } else {
        law = law.plus(CountLaw.positivePoisson(mean, draws), draws);
      }
    }
    if (heavy > 0) {
      law = law.plus(CountLaw.poisson(heavy, draws), draws);
    }
    return law.plus(CountLaw.point(once), draws);
  }

  /// `log λ` at which the counts are expected to sum to the draws.
  private double logRate(int known) {
    double[] logs = all().toArray();
    double top = DoubleStream.of(logs).max().orElseThrow();
    return Roots.rising(
        logRate -> DoubleStream.of(logs).map(log -> mean(logRate + log)).sum() - known,
        -top - HEAVY,
        -top + Math.log(known) + 1);
  }

  /// The mean of a Poisson count that is not 0.
  private static double mean(double logMean) {
    double mean = Math.exp(logMean);
    return mean < THIN ? 1 + mean / 2 : mean / -Math.expm1(-mean);
  }
}
