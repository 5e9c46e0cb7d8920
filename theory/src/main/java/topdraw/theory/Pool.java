package topdraw.theory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// One prompt's pool of `N` independent draws, which gives estimates for every `n` from 1 to `N`: each
/// is the average over all subsets of `n` draws, from order statistics.
///
///     Σ W_l value_l,   W_l the chance that the best of a random subset is at level l
///
/// Draws of equal reward form a level, and the winner among equals is the first drawn (or a random
/// one); for another order among equals pass ranks as rewards. `S_l` is the probability of the
/// distinct completions seen at level l, `B_l` its sum up to l, `A_l` its sum above l. What is
/// computed from `S_l` stays a bound whatever was not seen.
///
/// A pool of times, such as seconds per completion, gives the wait for the slowest of `n` drawn at
/// once by [#reward]; what `n` draws cost together is `n` times the mean.
///
/// A pool costs `O(N log N)` once, a method `O(N)` at `n = 1` and `O(N/n)` from there on. Source:
/// Nakano et al. (2021), arXiv 2112.09332, and Chen et al. (2021), arXiv 2107.03374, for the weights;
/// ours for the KL divergence.
public final class Pool {
  /// Below this `n` times a share loses nothing that shows; left out, the seen-mass bound stays
  /// one.
  private static final double LOG_NEGLIGIBLE_LOSS = Math.log(1e-6);

  private static final int JACKKNIFE_GROUPS = 128;

  private final int[] outcomes;
  private final double[] rewards;
  private final double[] logP;
  private final PoolLevels levels;
  private final PoolShares seen;
  private final PoolShares least;
  private final PoolShares estimated;

  private Pool(int[] outcomes, double[] rewards, double[] logP) {
    this.outcomes = outcomes;
    this.rewards = rewards;
    this.logP = logP;
    levels = new PoolLevels(outcomes, rewards, logP);
    seen = PoolShares.seen(levels);
    least = PoolShares.least(levels);
    estimated = PoolShares.estimated(levels);
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
    return new Pool(outcomes.clone(), kept, logP);
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

  /// This pool with its rewards cut at a threshold, which is the pool of early stop: a draw that
  /// reaches the threshold is as good as any other that does.
  ///
  /// @param threshold the reward that ends the drawing; fixed before these draws
  /// @return the pool, whose estimates are those of best-of-n with early stop
  /// @throws IllegalArgumentException if the threshold is NaN
  public Pool clippedAt(double threshold) {
    Checks.notNaN(threshold, "threshold");
    double[] clipped = Arrays.stream(rewards).map(r -> Math.min(r, threshold)).toArray();
    return new Pool(outcomes, clipped, logP);
  }

  /// How many draws reach a threshold.
  ///
  /// @param threshold a reward
  /// @return the counts, with what they say of early stop and rewind-and-repeat
  /// @throws IllegalArgumentException if the threshold is NaN
  public Acceptance acceptance(double threshold) {
    Checks.notNaN(threshold, "threshold");
    return new Acceptance(size(), (int) Arrays.stream(rewards).filter(r -> r >= threshold).count());
  }

  /// How many draws the pool holds.
  ///
  /// @return `N`, at least 1
  public int size() {
    return levels.size();
  }

  /// The chance that best-of-n of a random subset returns each draw, equals sharing theirs.
  ///
  /// @param n draws per subset, `1 <= n <= N`
  /// @return weights in the order drawn, which sum to 1; 0 where all that are no better have less
  ///   than 1e-15 together
  /// @throws IllegalArgumentException if `n` is out of range
  public double[] weights(int n) {
    double[] levelWeights = PoolWeights.of(levels, n).weights();
    var weights = new double[size()];
    for (int l = 0; l < levelWeights.length; l++) {
      for (int i = levels.start[l]; i < levels.start[l + 1]; i++) {
        weights[levels.order[i]] = levelWeights[l] / levels.draws(l);
      }
    }
    return weights;
  }

  /// The mean reward of best-of-n: an unbiased *estimate*. With rewards of 0 and 1 it is pass@k.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the mean reward; `-∞` if a draw without score can win
  /// @throws IllegalArgumentException if `n` is out of range
  public double reward(int n) {
    PoolWeights.check(n, size());
    return rewards[levels.order[n - 1]] == Double.NEGATIVE_INFINITY
        ? Double.NEGATIVE_INFINITY
        : PoolWeights.of(levels, n).average(l -> levels.reward[l]);
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
    return PoolWeights.of(levels, n).average(l -> levelMean(gold, l));
  }

  private double levelMean(double[] gold, int l) {
    double sum = 0;
    for (int i = levels.start[l]; i < levels.start[l + 1]; i++) {
      sum += gold[levels.order[i]];
    }
    return sum / levels.draws(l);
  }

  /// The win rate against one more draw, ties half: an unbiased *estimate*, in `[0, 1]`. When no
  /// two rewards are equal it is `n/(n+1)` without noise.
  ///
  /// @param n draws per prompt, `1 <= n <= N-1`
  /// @return the estimate of `W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n` is out of range
  public double winRate(int n) {
    PoolWeights.check(n, size() - 1);
    // allBelow[m] = C(m, n) / C(N-1, n): the chance that n of the other draws lie among m of them.
    var allBelow = new double[size()];
    allBelow[size() - 1] = 1;
    for (int m = size() - 1; m > n && allBelow[m] > PoolWeights.CUT; m--) {
      allBelow[m - 1] = allBelow[m] * (m - n) / m;
    }
    double sum = 0;
    for (int l = levels.count - 1; l >= 0 && allBelow[levels.start[l + 1] - 1] > 0; l--) {
      int low = levels.start[l];
      double below = low == 0 ? 0 : allBelow[levels.start[l + 1] - 1] - allBelow[low - 1];
      sum += low * below - levels.draws(l) * allBelow[low];
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
    return seen.average(PoolWeights.of(levels, n), KlBounds::bound);
  }

  /// The pooled mean of [KlBounds#sharpBound]: an *estimate* whose mean over pools is at least the
  /// KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d*_n(S_l)` in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double sharpKlBound(int n) {
    return seen.average(PoolWeights.of(levels, n), KlBounds::sharpBound);
  }

  /// The pooled mean of [KlBounds#alternateBound]: an *estimate* whose mean over pools is at least
  /// the KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l min(K_n, -log S_l)` in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double alternateKlBound(int n) {
    return seen.average(
        PoolWeights.of(levels, n), (m, logHit, _) -> KlBounds.alternateBoundFromLog(m, logHit));
  }

  /// The closest *estimate* whose mean over pools is at least the KL divergence; for certificates.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d*_n(min(1, S_l / (1 - A_l)))` in nats, in `[0, K_n]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double klUpper(int n) {
    return least.average(PoolWeights.of(levels, n), KlBounds::sharpBound);
  }

  /// The *estimate* of the KL divergence itself, for curves.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return `Σ W_l d*_n(min(1, P̂_l / F̂_l))` in nats, in `[0, K_n]`; `P̂_l` is `S_l`, or the
  ///   frequency with which other draws met the level where that is larger and several completions
  ///   share the level; `F̂_l` is the share of draws up to the level, kept within `[B_l, 1 - A_l]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double kl(int n) {
    return estimated.average(PoolWeights.of(levels, n), KlBounds::sharpBound);
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
    double logNegligible = LOG_NEGLIGIBLE_LOSS - Math.log(n);
    double lost = 0;
    for (int l = 0; l < levels.count; l++) {
      double least = Math.min(levels.logSeenUpTo[l], levels.logRoom[l]);
      // The smaller F has the larger share: where that is negligible, both losses are.
      if (levels.logSeen[l] - least >= logNegligible) {
        lost +=
            Math.min(
                loss(n, levels.logSeen[l], levels.logSeenUpTo[l]),
                loss(n, levels.logSeen[l], levels.logRoom[l]));
      }
    }
    return Math.max(0, KlBounds.analytical(n) - lost);
  }

  /// `F^n D_n(min(1, S/F))`, or 0 where `F^n` is beyond the last digit.
  private static double loss(int n, double logMass, double logF) {
    double weight = Math.exp(n * logF);
    return weight < PoolWeights.CUT
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
    double[] bounds =
        Arrays.stream(levels.logSeen).map(logS -> KlBounds.boundFromLog(n, logS)).toArray();
    return TiltedMean.of(bounds, PoolWeights.of(levels, n).weights(), t);
  }

  /// The standard error of an estimator by leaving out one group of draws at a time: an *estimate*,
  /// for error bars on one prompt. Up to 128 draws a group is a single draw; in a larger pool it is
  /// the 128th part, as far as the estimator can spare it, so the work stays `O(N log N)`.
  ///
  /// @param needed the fewest draws that the estimator works with: `n`, or `n + 1` for [#winRate]
  /// @param estimator a method of this class, such as `pool -> pool.kl(16)`
  /// @return `sqrt((N-d)/(d G) Σ (θ_g - mean)^2)` over `G` groups of `d` draws, in the estimator's
  ///   unit
  /// @throws IllegalArgumentException if the estimator can spare no draw
  public double jackknifeStandardError(int needed, ToDoubleFunction<Pool> estimator) {
    int spare = size() - Math.max(1, needed);
    if (spare < 1) {
      throw new IllegalArgumentException(
          "a jackknife needs more draws than the estimator's " + needed + ", found " + size());
    }
    int group = Math.min(spare, (size() + JACKKNIFE_GROUPS - 1) / JACKKNIFE_GROUPS);
    int groups = Math.min(size() / group, JACKKNIFE_GROUPS);
    double[] values =
        IntStream.range(0, groups)
            .map(g -> (int) ((long) size() * g / groups))
            .mapToDouble(from -> estimator.applyAsDouble(without(from, from + group)))
            .toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt((size() - (double) group) / group / groups * squares);
  }

  /// This pool without the draws `from` to `to - 1`.
  private Pool without(int from, int to) {
    int[] kept = IntStream.range(0, size()).filter(i -> i < from || i >= to).toArray();
    return new Pool(
        Arrays.stream(kept).map(i -> outcomes[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> rewards[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> logP[i]).toArray());
  }
}
