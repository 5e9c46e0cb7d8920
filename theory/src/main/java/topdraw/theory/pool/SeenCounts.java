package topdraw.theory.pool;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The distinct completions seen in one pool, by level, and the law of how often each level was
/// met, given which they are.
///
/// Given that `N` draws showed just the completions `D`, their counts are independent Poisson
/// counts of means `λ p`, none of them 0, with the sum `N`; any `λ` will do. Draws whose
/// probability is not known stay as they came.
///
/// Where each level has one draw, of a known probability, only the probabilities are kept.
///
/// @param draws how many draws there are, `N`
/// @param fixed how many of a level's draws have no probability; null for none of each
/// @param start where the other distinct completions of each level begin; one more, the end; null
///   for one each
/// @param logP their log-probabilities in nats
/// @param counts how often each of them came; null for once each
record SeenCounts(
    int draws,
    int @Nullable [] fixed,
    int @Nullable [] start,
    double[] logP,
    int @Nullable [] counts) {
  /// A completion of less than this expected number of draws came once.
  private static final double THIN = 1e-9;

  /// From here on a count of 0 need not be excluded.
  private static final double HEAVY = 40;

  /// How near `log λ` is found.
  private static final double NEAR = 1e-10;

  /// What the probabilities may fall short of 1 by when all has been seen.
  private static final double ROUNDING = 1e-9;

  static SeenCounts of(PoolLevels levels) {
    if (levels.single()) {
      double[] logs = IntStream.range(0, levels.count).mapToDouble(levels::logSeen).toArray();
      if (Arrays.stream(logs).allMatch(log -> log > Double.NEGATIVE_INFINITY)) {
        return new SeenCounts(levels.size(), null, null, logs, null);
      }
    }
    var fixed = new int[levels.count];
    var start = new int[levels.count + 1];
    var logs = new double[levels.size()];
    var counts = new int[levels.size()];
    var known = new long[IntStream.range(0, levels.count).map(levels::draws).max().orElseThrow()];
    int end = 0;
    for (int l = 0; l < levels.count; l++) {
      int found = 0;
      for (int k = levels.start(l); k < levels.start(l + 1); k++) {
        int draw = levels.draw(k);
        if (levels.draws().logP(draw) > Double.NEGATIVE_INFINITY) {
          known[found++] = ((long) levels.draws().outcome(draw) << Integer.SIZE) + draw;
        }
      }
      fixed[l] = levels.draws(l) - found;
      Arrays.sort(known, 0, found); // those of one completion together
      for (int k = 0; k < found; k++) {
        if (k == 0 || known[k] >>> Integer.SIZE != known[k - 1] >>> Integer.SIZE) {
          logs[end++] = levels.draws().logP((int) known[k]);
        }
        counts[end - 1]++;
      }
      start[l + 1] = end;
    }
    return new SeenCounts(
        levels.size(), fixed, start, Arrays.copyOf(logs, end), Arrays.copyOf(counts, end));
  }

  private int fixed(int l) {
    return fixed == null ? 0 : fixed[l];
  }

  private int start(int l) {
    return start == null ? l : start[l];
  }

  /// The probability of all completions seen.
  private double mass() {
    return Arrays.stream(logP).map(Math::exp).sum();
  }

  int levels() {
    return fixed == null ? logP.length : fixed.length;
  }

  /// How many completions with a probability were seen; one at two levels counts twice.
  int distinct() {
    return logP.length;
  }

  /// How many draws have a probability.
  private int known() {
    return fixed == null ? draws : draws - IntStream.of(fixed).sum();
  }

  /// Whether no other completion is possible.
  boolean complete() {
    return known() == draws && mass() >= 1 - ROUNDING;
  }

  /// The probability of each level, given that a completion that was seen is drawn; 0 where no
  /// probability is known.
  double[] masses() {
    double mass = Math.max(mass(), Double.MIN_NORMAL);
    var masses = new double[levels()];
    for (int l = 0; l < masses.length; l++) {
      for (int k = start(l); k < start(l + 1); k++) {
        masses[l] += Math.exp(logP[k]) / mass;
      }
    }
    return masses;
  }

  /// The law of each level's count; none where these are what they are, each completion having come
  /// once, or where one came more often than its probability allows.
  CountLaw[] laws() {
    if (distinct() == known()) {
      return new CountLaw[0];
    }
    double logRate = logRate();
    int[] each = Objects.requireNonNull(counts); // not once each
    for (int k = 0; k < logP.length; k++) {
      if (each[k] > 1 && Math.exp(logRate + logP[k]) < THIN) {
        return new CountLaw[0];
      }
    }
    var laws = new CountLaw[levels()];
    Arrays.setAll(laws, l -> law(l, logRate));
    return laws;
  }

  /// The law of a level's count.
  CountLaw law(int l, double logRate) {
    int once = fixed(l);
    double heavy = 0;
    CountLaw law = CountLaw.point(0);
    for (int k = start(l); k < start(l + 1); k++) {
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
    return law.first() == 0 // none of the others
        ? CountLaw.point(once)
        : law.plus(CountLaw.point(once), draws);
  }

  /// `log λ` at which the counts are expected to sum to the draws, or nearly: any `λ` will do. Of
  /// fewer completions than draws; the expected sum bends upwards in `log λ`, so that Newton's
  /// steps come down to it from above and never pass it.
  double logRate() {
    int known = known();
    double top = Arrays.stream(logP).max().orElseThrow();
    double next = -top + Math.log(known) + 1;
    double x;
    do {
      x = next;
      double sum = 0;
      double slope = 0;
      for (double log : logP) {
        double mean = Math.exp(x + log);
        double met = mean < THIN ? 1 + mean / 2 : mean / -Math.expm1(-mean);
        sum += met;
        slope += met * (1 + mean - met); // by log λ
      }
      next = x - (sum - known) / slope;
    } while (x - next > NEAR);
    return x;
  }
}
