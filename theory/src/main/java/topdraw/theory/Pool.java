package topdraw.theory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// One prompt's pool of `N` independent draws, which gives estimates for every `n` from 1 to `N`: each
/// is the average over all subsets of `n` draws, from order statistics.
///
///     W_l = Σ of w_i over the ranks i of level l,   w_i = C(i-1, n-1) / C(N, n)
///
/// Draws of equal reward form a level, and the winner among equals is the first drawn (or a random
/// one); for another order among equals pass ranks as rewards. `S_l` is the probability of the
/// distinct completions seen at level l, `B_l` its sum up to l, `A_l` its sum above l. What is
/// computed from `S_l` stays a bound whatever was not seen.
///
/// A pool costs `O(N log N)` once, a method `O(N)`. Source: Nakano et al. (2021), arXiv 2112.09332,
/// and Chen et al. (2021), arXiv 2107.03374, for the weights; ours for the KL divergence.
public final class Pool {
  /// Draws from the lowest reward to the highest, of equals the first drawn first.
  private final int[] order;

  private final int[] outcomes;
  private final double[] rewards;
  private final double[] logP;

  /// Level l holds the ranks `start[l] <= i < start[l + 1]`, counted from 0.
  private final int[] start;

  private final int[] distinct;
  private final double[] logSeen;
  private final double[] logSeenUpTo;
  private final double[] logSeenAbove;

  private Pool(int[] order, int[] outcomes, double[] rewards, double[] logP) {
    this.order = order;
    this.outcomes = outcomes;
    this.rewards = rewards;
    this.logP = logP;
    this.start = starts(order, rewards);
    int levels = start.length - 1;
    distinct = new int[levels];
    logSeen = new double[levels];
    logSeenUpTo = new double[levels];
    logSeenAbove = new double[levels];
    for (int l = 0; l < levels; l++) {
      see(l);
    }
    accumulate(levels);
  }

  /// A pool of draws, in the order drawn.
  ///
  /// Of several log-probabilities recorded for one outcome the first counts.
  ///
  /// @param outcomes which completion each draw is: equal numbers for equal completions
  /// @param rewards one per draw, higher is better; `-∞` for a missing score, which ranks below all
  /// @param logProbabilities one per draw, in nats; `-∞` where unknown, which keeps every bound a
  ///   bound
  /// @return the pool
  /// @throws IllegalArgumentException if it is empty, lengths differ, a reward is NaN or `+∞`, or a
  ///   log-probability is above 0
  public static Pool of(int[] outcomes, double[] rewards, double[] logProbabilities) {
    if (outcomes.length == 0
        || outcomes.length != rewards.length
        || outcomes.length != logProbabilities.length) {
      throw new IllegalArgumentException(
          "a pool needs at least one draw, each with an outcome, a reward and a log-probability; found "
              + outcomes.length
              + " outcomes, "
              + rewards.length
              + " rewards, "
              + logProbabilities.length
              + " log-probabilities");
    }
    Map<Integer, Double> first = new HashMap<>();
    var logP = new double[outcomes.length];
    for (int i = 0; i < logP.length; i++) {
      Checks.score(rewards[i], "rewards[" + i + "]");
      Checks.logProbability(logProbabilities[i], "logProbabilities[" + i + "]");
      first.putIfAbsent(outcomes[i], logProbabilities[i]);
      logP[i] = first.get(outcomes[i]);
    }
    double[] kept = Arrays.stream(rewards).map(r -> r + 0.0).toArray();
    return new Pool(ascending(kept), outcomes.clone(), kept, logP);
  }

  /// A pool of which only the rewards are known. Win rates and mean rewards need no more; bounds on
  /// the KL divergence are then the analytical formula.
  ///
  /// @param rewards one per draw
  /// @return the pool, no completion drawn twice
  /// @throws IllegalArgumentException if it is empty or a reward is NaN or `+∞`
  public static Pool ofRewards(double... rewards) {
    var unknown = new double[rewards.length];
    Arrays.fill(unknown, Double.NEGATIVE_INFINITY);
    return of(IntStream.range(0, rewards.length).toArray(), rewards, unknown);
  }

  private static int[] ascending(double[] rewards) {
    return IntStream.range(0, rewards.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> rewards[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static int[] starts(int[] order, double[] rewards) {
    int[] changes =
        IntStream.range(1, order.length)
            .filter(i -> rewards[order[i]] != rewards[order[i - 1]])
            .toArray();
    var starts = new int[changes.length + 2];
    System.arraycopy(changes, 0, starts, 1, changes.length);
    starts[starts.length - 1] = order.length;
    return starts;
  }

  private void see(int l) {
    var seen = new HashSet<Integer>();
    double[] terms =
        IntStream.range(start[l], start[l + 1])
            .map(i -> order[i])
            .filter(draw -> seen.add(outcomes[draw]))
            .mapToDouble(draw -> logP[draw])
            .toArray();
    distinct[l] = terms.length;
    logSeen[l] = Math.min(0, LogSpace.logSumExp(terms));
  }

  private void accumulate(int levels) {
    double sum = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < levels; l++) {
      sum = Math.min(0, LogSpace.logSumExp(sum, logSeen[l]));
      logSeenUpTo[l] = sum;
    }
    sum = Double.NEGATIVE_INFINITY;
    for (int l = levels - 1; l >= 0; l--) {
      logSeenAbove[l] = sum;
      sum = Math.min(0, LogSpace.logSumExp(sum, logSeen[l]));
    }
  }

  /// How many draws the pool holds.
  ///
  /// @return `N`, at least 1
  public int size() {
    return order.length;
  }

  /// The chance that best-of-n of a random subset returns each draw, equals sharing theirs.
  ///
  /// @param n draws per subset, `1 <= n <= N`
  /// @return weights in the order drawn, which sum to 1
  /// @throws IllegalArgumentException if `n` is out of range
  public double[] weights(int n) {
    double[] levelWeights = levelWeights(n);
    var weights = new double[size()];
    for (int l = 0; l < levelWeights.length; l++) {
      for (int i = start[l]; i < start[l + 1]; i++) {
        weights[order[i]] = levelWeights[l] / (start[l + 1] - start[l]);
      }
    }
    return weights;
  }

  private double[] levelWeights(int n) {
    checkSubset(n, size());
    var weights = new double[logSeen.length];
    double weight = (double) n / size();
    int l = weights.length - 1;
    for (int i = size(); i >= n; i--) {
      while (i <= start[l]) {
        l--;
      }
      weights[l] += weight;
      weight *= (i - n) / (i - 1.0);
    }
    return weights;
  }

  private static void checkSubset(int n, int most) {
    if (!(n >= 1 && n <= most)) {
      throw new IllegalArgumentException(
          "n must be from 1 to " + most + " for this pool, was " + n + "; record more draws");
    }
  }

  /// The mean reward of best-of-n: an unbiased *estimate*. With rewards of 0 and 1 it is pass@k.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the mean reward; `-∞` if a draw without score can win
  /// @throws IllegalArgumentException if `n` is out of range
  public double reward(int n) {
    return average(n, l -> rewards[order[start[l]]]);
  }

  /// The mean of another value of the returned completion, such as a gold reward: an unbiased
  /// *estimate*.
  ///
  /// @param gold one value per draw, in the order drawn
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the mean value of what best-of-n returns
  /// @throws IllegalArgumentException if the lengths differ, a value is not finite or `n` is out of
  ///   range
  public double mean(double[] gold, int n) {
    if (gold.length != size()) {
      throw new IllegalArgumentException(
          "each of the " + size() + " draws needs one value, found " + gold.length);
    }
    if (!Arrays.stream(gold).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("values must be finite, found " + Arrays.toString(gold));
    }
    return average(
        n,
        l ->
            IntStream.range(start[l], start[l + 1])
                .mapToDouble(i -> gold[order[i]])
                .average()
                .orElseThrow());
  }

  /// The win rate against one more draw, ties half: an unbiased *estimate*, in `[0, 1]`. When no
  /// two rewards are equal it is `n/(n+1)` without noise.
  ///
  /// @param n draws per prompt, `1 <= n <= N-1`
  /// @return the estimate of `W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n` is out of range
  public double winRate(int n) {
    checkSubset(n, size() - 1);
    // allBelow[m] = C(m, n) / C(N-1, n): the chance that n of the other draws lie among m of them.
    var allBelow = new double[size()];
    allBelow[size() - 1] = 1;
    for (int m = size() - 1; m > n; m--) {
      allBelow[m - 1] = allBelow[m] * (m - n) / m;
    }
    double sum = 0;
    for (int l = 0; l < logSeen.length; l++) {
      int low = start[l];
      int high = start[l + 1];
      double below = low == 0 ? 0 : allBelow[high - 1] - allBelow[low - 1];
      sum += low * below - (high - low) * allBelow[low];
    }
    return 0.5 + sum / (2.0 * size());
  }

  /// The pooled mean of [KlBounds#bound]: an *estimate* whose mean over pools is at least the KL
  /// divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d_n(S_l)` in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double klBound(int n) {
    return average(n, l -> KlBounds.boundFromLog(n, logSeen[l]));
  }

  /// The pooled mean of [KlBounds#sharpBound]: an *estimate* whose mean over pools is at least the
  /// KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d*_n(S_l)` in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double sharpKlBound(int n) {
    return average(n, l -> KlBounds.sharpBoundFromLog(n, logSeen[l]));
  }

  /// The pooled mean of [KlBounds#alternateBound]: an *estimate* whose mean over pools is at least
  /// the KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l min(K_n, -log S_l)` in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double alternateKlBound(int n) {
    return average(n, l -> KlBounds.alternateBoundFromLog(n, logSeen[l]));
  }

  /// The closest *estimate* whose mean over pools is at least the KL divergence; for certificates.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d*_n(min(1, S_l / (1 - A_l)))` in nats, in `[0, K_n]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double klUpper(int n) {
    return average(n, l -> klUpperTerm(n, l));
  }

  private double klUpperTerm(int n, int l) {
    double logRoom = LogSpace.log1mExp(logSeenAbove[l]);
    if (logSeen[l] >= logRoom) {
      return 0;
    }
    double logShare = logSeen[l] - logRoom;
    // A share near 1 leaves (1 - A - S) / (1 - A), formed without subtracting from 1.
    double logMiss =
        logShare < -LogSpace.LN_2
            ? LogSpace.log1mExp(logShare)
            : LogSpace.log1mExp(Math.min(0, LogSpace.logSumExp(logSeenAbove[l], logSeen[l])))
                - logRoom;
    return KlBounds.sharpBound(n, logShare, logMiss);
  }

  /// The *estimate* of the KL divergence itself, for curves.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d*_n(min(1, P̂_l / F̂_l))` in nats, in `[0, K_n]`; `P̂_l` is `S_l`, or the
  ///   frequency with which other draws met the level where that is larger and several completions
  ///   share the level; `F̂_l` is the share of draws up to the level, kept within `[B_l, 1 - A_l]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double kl(int n) {
    return average(n, l -> KlBounds.sharpBoundFromLog(n, logShareEstimate(l)));
  }

  private double logShareEstimate(int l) {
    double logMass = logMassEstimate(l);
    double logCumulative = logCumulativeEstimate(l);
    return logMass >= logCumulative ? 0 : logMass - logCumulative;
  }

  private double logMassEstimate(int l) {
    int others = start[l + 1] - start[l] - 1;
    return distinct[l] == 1 || others == 0
        ? logSeen[l]
        : Math.max(logSeen[l], Math.log(others / (size() - 1.0)));
  }

  private double logCumulativeEstimate(int l) {
    double frequency = Math.log((double) start[l + 1] / size());
    return Math.max(logSeenUpTo[l], Math.min(frequency, LogSpace.log1mExp(logSeenAbove[l])));
  }

  /// An upper bound on the KL divergence that holds for the pool in hand, with no average and no
  /// confidence (*theorem*): the only thing assumed is that the log-probabilities are right.
  ///
  ///     K_n - Σ_l min over F in {B_l, 1 - A_l} of F^n D_n(min(1, S_l / F))
  ///
  /// @param n draws per prompt, at least 1; may exceed the size of the pool
  /// @return the bound in nats, in `[0, K_n]`
  /// @throws IllegalArgumentException if `n < 1`
  public double seenMassKlBound(int n) {
    Checks.atLeastOne(n, "n");
    double lost = 0;
    for (int l = 0; l < logSeen.length; l++) {
      double logRoom = LogSpace.log1mExp(logSeenAbove[l]);
      lost += Math.min(loss(n, logSeen[l], logSeenUpTo[l]), loss(n, logSeen[l], logRoom));
    }
    return Math.max(0, KlBounds.analytical(n) - lost);
  }

  /// `F^n D_n(min(1, S/F))`.
  private static double loss(int n, double logMass, double logF) {
    double weight = Math.exp(n * logF);
    return weight == 0
        ? 0
        : weight * KlBounds.gapFromMiss(n, LogSpace.log1mExp(Math.min(0, logMass - logF)));
  }

  /// The tilted mean of [KlBounds#bound] over what best-of-n returns: with `t = -10` and `t = 10`
  /// the paper's tilted minimum and maximum, a picture of its spread. Source: the paper, eq. (133).
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @param t the tilt, per nat; 0 for the mean
  /// @return `(1/t) log Σ W_l exp(t d_n(S_l))` in nats
  /// @throws IllegalArgumentException if `n` is out of range or `t` is NaN
  public double tiltedKlBound(int n, double t) {
    double[] bounds = Arrays.stream(logSeen).map(logS -> KlBounds.boundFromLog(n, logS)).toArray();
    return TiltedMean.of(bounds, levelWeights(n), t);
  }

  private double average(int n, IntToDoubleFunction value) {
    double[] weights = levelWeights(n);
    double sum = 0;
    for (int l = 0; l < weights.length; l++) {
      sum += weights[l] == 0 ? 0 : weights[l] * value.applyAsDouble(l);
    }
    return sum;
  }

  /// This pool without one draw.
  ///
  /// @param draw the index of the draw, in the order drawn
  /// @return a pool of `N - 1` draws
  /// @throws IllegalArgumentException if there is no such draw, or no other
  public Pool without(int draw) {
    if (!(draw >= 0 && draw < size() && size() > 1)) {
      throw new IllegalArgumentException(
          "can leave out one of draws 0 to N-1 when N >= 2; N is " + size() + ", draw was " + draw);
    }
    int[] rest =
        Arrays.stream(order).filter(i -> i != draw).map(i -> i < draw ? i : i - 1).toArray();
    int[] kept = IntStream.range(0, size()).filter(i -> i != draw).toArray();
    return new Pool(
        rest,
        Arrays.stream(kept).map(i -> outcomes[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> rewards[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> logP[i]).toArray());
  }

  /// The standard error of an estimator by leaving out one draw at a time: an *estimate*, for error
  /// bars on one prompt, `O(N^2)`.
  ///
  /// @param estimator a method of this class at some `n <= N - 1` (`n <= N - 2` for [#winRate]),
  ///   such as `pool -> pool.kl(16)`
  /// @return `sqrt((N-1)/N Σ (θ_i - mean)^2)`, in the estimator's unit
  /// @throws IllegalArgumentException if the pool has one draw, or `n` is out of range
  public double jackknifeStandardError(ToDoubleFunction<Pool> estimator) {
    if (size() == 1) {
      throw new IllegalArgumentException("a standard error needs at least two draws, found one");
    }
    double[] values =
        IntStream.range(0, size()).mapToDouble(i -> estimator.applyAsDouble(without(i))).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    DoubleUnaryOperator squared = value -> (value - mean) * (value - mean);
    return Math.sqrt((size() - 1.0) / size() * Arrays.stream(values).map(squared).sum());
  }
}
