package topdraw.theory.pool;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topdraw.theory.bound.KlBoundsAt;
import topdraw.theory.numeric.Checks;

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
/// A pool costs `O(N log N)` once, an estimate `O(N)` at `n = 1` and `O(N/n)` from there on; several
/// at one `n` are best asked of [#at], which weighs the draws once. Source:
/// Nakano et al. (2021), arXiv 2112.09332, and Chen et al. (2021), arXiv 2107.03374, for the weights;
/// ours for the KL divergence.
public final class Pool {
  private static final int JACKKNIFE_GROUPS = 128;

  private final PoolLevels levels;
  private final PoolMasses masses;

  private Pool(PoolLevels levels) {
    this.levels = levels;
    masses = new PoolMasses(levels);
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
    return over(outcomes.clone(), rewards.clone(), logProbabilities.clone());
  }

  /// The same pool as of [#of], over arrays that nobody changes any more: they are not copied.
  ///
  /// @param outcomes which completion each draw is: equal numbers for equal completions
  /// @param rewards one per draw, higher is better; `-∞` for a missing score
  /// @param logProbabilities one per draw, in nats; `-∞` where unknown
  /// @return the pool
  /// @throws IllegalArgumentException if it is empty, lengths differ, a reward is NaN or `+∞`, or a
  ///   log-probability is above 0
  public static Pool over(int[] outcomes, double[] rewards, double[] logProbabilities) {
    if (outcomes.length == 0
        || outcomes.length != rewards.length
        || outcomes.length != logProbabilities.length) {
      throw new IllegalArgumentException(
          "a pool needs at least one draw, each with an outcome, a reward and a log-probability;"
              + " found "
              + outcomes.length
              + " outcomes, "
              + rewards.length
              + " rewards, "
              + logProbabilities.length
              + " log-probabilities");
    }
    return new Pool(new PoolLevels(PoolDraws.of(outcomes, rewards, logProbabilities)));
  }

  /// This pool without the draws `from` to `to - 1`: the same as [#of] the others, without ordering
  /// them again.
  ///
  /// @param from the first draw left out
  /// @param to the first one behind it that is kept
  /// @return the pool
  /// @throws IllegalArgumentException if nothing is left
  public Pool without(int from, int to) {
    if (to - from >= size()) {
      throw new IllegalArgumentException(
          "a pool needs at least one draw, and of %d those from %d to %d are left out"
              .formatted(size(), from, to - 1));
    }
    return new Pool(levels.without(from, to));
  }

  /// This pool with one draw more, of an outcome of its own: the same as [#of] all of them, without
  /// ordering them again.
  ///
  /// @param reward its reward, higher is better; `-∞` for a missing score
  /// @param logProbability in nats; `-∞` where unknown
  /// @return the pool
  /// @throws IllegalArgumentException if the reward is NaN or `+∞`, or the log-probability above 0
  public Pool with(double reward, double logProbability) {
    return new Pool(levels.with(reward, logProbability));
  }

  /// A pool of which only the rewards are known. Win rates and mean rewards need no more; bounds on
  /// the KL divergence are then the analytical formula.
  ///
  /// @param rewards one per draw
  /// @return the pool, no completion drawn twice
  /// @throws IllegalArgumentException if it is empty or a reward is NaN or `+∞`
  public static Pool ofRewards(double... rewards) {
    return new Pool(new PoolLevels(PoolDraws.ofRewards(rewards.clone())));
  }

  /// This pool as if only its rewards were known: the same as [#ofRewards] of them, without
  /// ordering them again.
  ///
  /// @return the pool, no completion drawn twice
  public Pool fromRewards() {
    return new Pool(levels.ofRewards());
  }

  /// The rewards of the draws.
  ///
  /// @return one per draw, in the order drawn
  public DoubleStream rewards() {
    return IntStream.range(0, size()).mapToDouble(levels.draws()::reward);
  }

  /// This pool with its rewards cut at a threshold, which is the pool of early stop: a draw that
  /// reaches the threshold is as good as any other that does.
  ///
  /// @param threshold the reward that ends the drawing; fixed before these draws
  /// @return the pool, whose estimates are those of best-of-n with early stop
  /// @throws IllegalArgumentException if the threshold is NaN
  public Pool clippedAt(double threshold) {
    Checks.notNaN(threshold, "threshold");
    return new Pool(
        new PoolLevels(
            levels.draws().withRewards(rewards().map(r -> Math.min(r, threshold)).toArray())));
  }

  /// Where early stop at a threshold stops, for estimates of early stop beside those of best-of-n:
  /// the same numbers as from [#clippedAt], without another pool.
  ///
  /// @param threshold the reward that ends the drawing; fixed before these draws
  /// @return the level of all draws that reach it
  /// @throws IllegalArgumentException if the threshold is NaN
  public PoolStop stopAt(double threshold) {
    Checks.notNaN(threshold, "threshold");
    return new PoolStop(levels, threshold);
  }

  /// The means of a value over each level, for [PoolEstimates#mean(LevelMeans)].
  ///
  /// @param values one per draw, in the order drawn
  /// @return the means
  /// @throws IllegalArgumentException if the lengths differ or a value is not finite
  public LevelMeans levelMeans(double[] values) {
    return levels.means(values);
  }

  /// How many draws reach a threshold.
  ///
  /// @param threshold a reward
  /// @return the counts, with what they say of early stop and rewind-and-repeat
  /// @throws IllegalArgumentException if the threshold is NaN
  public Acceptance acceptance(double threshold) {
    Checks.notNaN(threshold, "threshold");
    return new Acceptance(size(), (int) rewards().filter(r -> r >= threshold).count());
  }

  /// How many draws the pool holds.
  ///
  /// @return `N`, at least 1
  public int size() {
    return levels.size();
  }

  /// The estimates at one `n`, which share what they need.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the estimates
  /// @throws IllegalArgumentException if `n` is out of range
  public PoolEstimates at(int n) {
    return at(PoolWeights.of(levels, n), new KlBoundsAt(n));
  }

  /// The estimates at several `n`, which share one way through the levels for all bounds on the KL
  /// divergence: of millions of draws that is most of the work.
  ///
  /// @param each draws per prompt, `1 <= n <= N`
  /// @return the estimates, one for each
  /// @throws IllegalArgumentException if an `n` is out of range
  public List<PoolEstimates> at(int[] each) {
    var weights = new PoolWeights[each.length];
    Arrays.setAll(weights, k -> PoolWeights.of(levels, each[k]));
    var bounds = new KlBoundsAt[each.length];
    Arrays.setAll(bounds, k -> new KlBoundsAt(each[k]));
    var sums = new PoolSums(levels, masses, weights, bounds);
    return IntStream.range(0, each.length)
        .mapToObj(k -> new PoolEstimates(levels, masses, sums, k))
        .toList();
  }

  /// The estimates at one `n`, whose weights are those of another pool of the same levels.
  PoolEstimates at(PoolWeights weights, KlBoundsAt bounds) {
    var sums = new PoolSums(levels, masses, new PoolWeights[] {weights}, new KlBoundsAt[] {bounds});
    return new PoolEstimates(levels, masses, sums, 0);
  }

  /// The chance that best-of-n returns each draw.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#weights]
  /// @throws IllegalArgumentException if `n` is out of range
  public double[] weights(int n) {
    return at(n).weights();
  }

  /// The mean reward of best-of-n.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#reward]
  /// @throws IllegalArgumentException if `n` is out of range
  public double reward(int n) {
    return at(n).reward();
  }

  /// The win rate against one more draw.
  ///
  /// @param n draws per prompt, `1 <= n <= N-1`
  /// @return [PoolEstimates#winRate]
  /// @throws IllegalArgumentException if `n` is out of range
  public double winRate(int n) {
    return at(n).winRate();
  }

  /// The pooled mean of [KlBounds#bound].
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#klBound] in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double klBound(int n) {
    return at(n).klBound();
  }

  /// The pooled mean of [KlBounds#sharpBound].
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#sharpKlBound] in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double sharpKlBound(int n) {
    return at(n).sharpKlBound();
  }

  /// The pooled mean of [KlBounds#alternateBound].
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#alternateKlBound] in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double alternateKlBound(int n) {
    return at(n).alternateKlBound();
  }

  /// The closest estimate of an upper bound on the KL divergence.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#klUpper] in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double klUpper(int n) {
    return at(n).klUpper();
  }

  /// The estimate of the KL divergence itself.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#kl] in nats
  /// @throws IllegalArgumentException if `n` is out of range
  public double kl(int n) {
    return at(n).kl();
  }

  /// The estimates of the KL divergence from equal rewards alone, almost without bias.
  ///
  /// @return the estimates for every `n` from 1 to `N`
  public KlFromLevels klFromLevels() {
    return KlFromLevels.of(levels);
  }

  /// The estimates of the KL divergence from equal rewards and log-probabilities, almost without
  /// bias.
  ///
  /// @return the estimates for every `n` from 1 to `N`
  public KlFromProbabilities klFromProbabilities() {
    return new KlFromProbabilities(klFromLevels(), seenCounts());
  }

  /// The same of draws whose best levels were made one, as early stop does.
  ///
  /// @param whole the estimates of the same draws with their full rewards, whose work is shared
  /// @return what [#klFromProbabilities()] gives
  public KlFromProbabilities klFromProbabilities(KlFromProbabilities whole) {
    return whole.clipped(klFromLevels(), seenCounts());
  }

  SeenCounts seenCounts() {
    return SeenCounts.of(levels);
  }

  /// The mean of another value of the returned completion.
  ///
  /// @param gold one value per draw, in the order drawn
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return [PoolEstimates#mean]
  /// @throws IllegalArgumentException if the lengths differ, a value is not finite or `n` is out of
  ///   range
  public double mean(double[] gold, int n) {
    return at(n).mean(gold);
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
    return new SeenMass(levels, masses).klBound(new KlBoundsAt(n));
  }

  /// [#seenMassKlBound(int)] with confidence: above the best of `N` draws lies at most `1 -
  /// α^(1/N)`. A *theorem* with confidence `1 - alpha` about this prompt alone.
  ///
  /// @param n draws per prompt, at least 1; may exceed the size of the pool
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats, at most the one that needs no confidence
  /// @throws IllegalArgumentException if an argument is out of range
  public double seenMassKlBound(int n, double alpha) {
    Checks.atLeastOne(n, "n");
    return new SeenMass(levels, masses).withBest(seenMassKlBound(n)).klBound(n, size(), alpha);
  }

  /// The tilted mean of [KlBounds#bound] over what best-of-n returns.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @param t the tilt, per nat; 0 for the mean
  /// @return [PoolEstimates#tiltedKlBound] in nats
  /// @throws IllegalArgumentException if `n` is out of range or `t` is NaN
  public double tiltedKlBound(int n, double t) {
    return at(n).tiltedKlBound(t);
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
}
