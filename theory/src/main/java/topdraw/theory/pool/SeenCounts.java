package topdraw.theory.pool;

import java.util.Arrays;
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
/// @param start where the other distinct completions of each level begin; one more, the end
/// @param logP their log-probabilities in nats
/// @param counts how often each of them came
record SeenCounts(int draws, int[] fixed, int[] start, double[] logP, int[] counts) {
  /// A completion of less than this expected number of draws came once.
  private static final double THIN = 1e-9;

  /// From here on a count of 0 need not be excluded.
  private static final double HEAVY = 40;

  /// What the probabilities may fall short of 1 by when all has been seen.
  private static final double ROUNDING = 1e-9;

  static SeenCounts of(PoolLevels levels, int[] outcomes, double[] logP) {
    var fixed = new int[levels.count];
    var start = new int[levels.count + 1];
    var logs = new double[levels.size()];
    var counts = new int[levels.size()];
    int end = 0;
    for (int l = 0; l < levels.count; l++) {
      int[] known = known(levels, l, outcomes, logP);
      fixed[l] = levels.draws(l) - known.length;
      for (int k = 0; k < known.length; k++) {
        if (k == 0 || outcomes[known[k]] != outcomes[known[k - 1]]) {
          logs[end++] = logP[known[k]];
        }
        counts[end - 1]++;
      }
      start[l + 1] = end;
    }
    return new SeenCounts(
        levels.size(), fixed, start, Arrays.copyOf(logs, end), Arrays.copyOf(counts, end));
  }

  /// A level's draws with a probability, those of one completion together.
  private static int[] known(PoolLevels levels, int l, int[] outcomes, double... logP) {
    IntStream known =
        Arrays.stream(levels.order, levels.start[l], levels.start[l + 1])
            .filter(i -> logP[i] > Double.NEGATIVE_INFINITY);
    return levels.draws(l) == 1
        ? known.toArray()
        : known
            .boxed()
            .sorted((i, j) -> Integer.compare(outcomes[i], outcomes[j]))
            .mapToInt(i -> i)
            .toArray();
  }

  /// The probability of all completions seen.
  private double mass() {
    return Arrays.stream(logP).map(Math::exp).sum();
  }

  int levels() {
    return fixed.length;
  }

  /// How many completions with a probability were seen; one at two levels counts twice.
  int distinct() {
    return logP.length;
  }

  /// Whether no other completion is possible.
  boolean complete() {
    return IntStream.of(fixed).sum() == 0 && mass() >= 1 - ROUNDING;
  }

  /// The probability of each level, given that a completion that was seen is drawn; 0 where no
  /// probability is known.
  double[] masses() {
    double mass = Math.max(mass(), Double.MIN_NORMAL);
    var masses = new double[levels()];
    for (int l = 0; l < masses.length; l++) {
      for (int k = start[l]; k < start[l + 1]; k++) {
        masses[l] += Math.exp(logP[k]) / mass;
      }
    }
    return masses;
  }

  /// The law of each level's count; none where these are what they are, each completion having come
  /// once, or where one came more often than its probability allows.
  CountLaw[] laws() {
    int known = draws - IntStream.of(fixed).sum();
    if (distinct() == known) {
      return new CountLaw[0];
    }
    double logRate = logRate(known);
    for (int k = 0; k < logP.length; k++) {
      if (counts[k] > 1 && Math.exp(logRate + logP[k]) < THIN) {
        return new CountLaw[0];
      }
    }
    var laws = new CountLaw[levels()];
    Arrays.setAll(laws, l -> law(l, logRate));
    return laws;
  }

  private CountLaw law(int l, double logRate) {
    int once = fixed[l];
    double heavy = 0;
    CountLaw law = CountLaw.point(0);
    for (int k = start[l]; k < start[l + 1]; k++) {
      double mean = Math.exp(logRate + logP[k]);
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
    double top = Arrays.stream(logP).max().orElseThrow();
    return Roots.rising(
        logRate -> Arrays.stream(logP).map(log -> mean(logRate + log)).sum() - known,
        -top - HEAVY,
        -top + Math.log(known) + 1);
  }

  /// The mean of a Poisson count that is not 0.
  private static double mean(double logMean) {
    double mean = Math.exp(logMean);
    return mean < THIN ? 1 + mean / 2 : mean / -Math.expm1(-mean);
  }
}
