package topdraw.theory.pool;

import topdraw.theory.bound.KlBoundsAt;

/// What a pool says of best-of-n at one `n`; made by [Pool#at]. The weights of the levels are
/// computed once and serve every estimate.
///
/// Each but [#seenMassKlBound] is the average over all subsets of `n` draws,
///
///     Σ W_l value_l,   W_l the chance that the best of a random subset is at level l
public final class PoolEstimates {
  private final PoolLevels levels;
  private final PoolMasses masses;
  private final PoolSums sums;
  private final int index;
  private final PoolWeights weights;
  private final KlBoundsAt bounds;

  /// @param sums at several `n`
  /// @param index at which of them the estimates are
  PoolEstimates(PoolLevels levels, PoolMasses masses, PoolSums sums, int index) {
    this.levels = levels;
    this.masses = masses;
    this.sums = sums;
    this.index = index;
    weights = sums.weights(index);
    bounds = sums.bounds(index);
  }

  /// The same of what the rewards alone say, which share the weights.
  ///
  /// @param pool [Pool#fromRewards] of the pool that these estimates are of
  /// @return its estimates at `n`
  public PoolEstimates fromRewards(Pool pool) {
    return pool.at(weights, bounds);
  }

  /// Draws per prompt.
  ///
  /// @return `n`, at least 1 and at most the size of the pool
  public int n() {
    return weights.n();
  }

  /// The chance that best-of-n of a random subset returns each draw, equals sharing theirs.
  ///
  /// @return weights in the order drawn, which sum to 1; 0 where all that are no better have less
  ///   than 1e-15 together
  public double[] weights() {
    var ofDraws = new double[levels.size()];
    for (int b = levels.block(weights.first()); b < levels.blocks(); b++) {
      double[] ofLevels = weights.block(b);
      for (int l = weights.from(b); l < levels.to(b); l++) {
        double share = ofLevels[l - weights.from(b)] / levels.draws(l);
        for (int i = levels.start(l); i < levels.start(l + 1); i++) {
          ofDraws[levels.draw(i)] = share;
        }
      }
    }
    return ofDraws;
  }

  /// The mean reward of best-of-n: an unbiased *estimate*. With rewards of 0 and 1 it is pass@k.
  ///
  /// @return the mean reward; `-∞` if a draw without score can win
  public double reward() {
    return levels.reward(levels.ofRank(n())) == Double.NEGATIVE_INFINITY
        ? Double.NEGATIVE_INFINITY
        : weights.average(levels::reward);
  }

  /// The mean of another value of the returned completion, such as a gold reward: an unbiased
  /// *estimate*.
  ///
  /// @param gold one value per draw, in the order drawn
  /// @return the mean value of what best-of-n returns
  /// @throws IllegalArgumentException if the lengths differ or a value is not finite
  public double mean(double[] gold) {
    return mean(levels.means(gold));
  }

  /// The mean of another value of the returned completion: an unbiased *estimate*.
  ///
  /// @param values its means by level, [Pool#levelMeans]
  /// @return the mean value of what best-of-n returns
  public double mean(LevelMeans values) {
    return weights.average(values::at);
  }

  /// The win rate against one more draw, ties half: an unbiased *estimate*, in `[0, 1]`. When no
  /// two rewards are equal it is `n/(n+1)` without noise.
  ///
  /// @return the estimate of `W(π_n ‖ p)`
  /// @throws IllegalArgumentException if the pool has only `n` draws
  public double winRate() {
    return winRate(levels.count);
  }

  /// The win rate of early stop against one more draw, ties half: an unbiased *estimate*.
  ///
  /// @param stop where to stop
  /// @return the estimate of `W` of early stop against `p`
  /// @throws IllegalArgumentException if the pool has only `n` draws
  public double winRate(PoolStop stop) {
    return winRate(stop.level);
  }

  /// The win rate where the levels from `top` on are one.
  private double winRate(int top) {
    int n = n();
    int size = levels.size();
    PoolWeights.check(n, size - 1);
    // C(m, n) / C(N-1, n): the chance that n of the other draws lie among m of them.
    double among = 1;
    double sum = 0;
    int m = size - 1;
    int highest = Math.min(top, levels.count - 1);
    for (int l = highest; l >= Math.min(highest, weights.first()) && among > 0; l--) {
      double upTo = among;
      int low = levels.start(l);
      int draws = m + 1 - low;
      for (; m > low; m--) {
        among *= (double) (m - n) / m;
      }
      double tied = among;
      if (m > 0) {
        among *= (double) (m - n) / m;
        m--;
      }
      sum += low * (upTo - among) - draws * tied;
    }
    return 0.5 + sum / (2.0 * size);
  }

  /// The pooled mean of [KlBounds#bound]: an *estimate* whose mean over pools is at least the KL
  /// divergence.
  ///
  /// @return `Σ W_l d_n(S_l)` in nats
  public double klBound() {
    return bounds.analytical() - sums.lost(index);
  }

  /// The pooled mean of [KlBounds#sharpBound]: an *estimate* whose mean over pools is at least the
  /// KL divergence.
  ///
  /// @return `Σ W_l d*_n(S_l)` in nats
  public double sharpKlBound() {
    return bounds.analytical() - sums.lostSharply(index);
  }

  /// The pooled mean of [KlBounds#alternateBound]: an *estimate* whose mean over pools is at least
  /// the KL divergence.
  ///
  /// @return `Σ W_l min(K_n, -log S_l)` in nats
  public double alternateKlBound() {
    return weights.average(l -> bounds.alternateBound(levels.logSeen(l)));
  }

  /// The closest *estimate* whose mean over pools is at least the KL divergence; for certificates.
  ///
  /// @return `Σ W_l d*_n(min(1, S_l / (1 - A_l)))` in nats, in `[0, K_n]`
  public double klUpper() {
    return bounds.analytical() - sums.lostAtLeast(index, levels.count);
  }

  /// The *estimate* of the KL divergence itself, for curves.
  ///
  /// @return `Σ W_l d*_n(min(1, P̂_l / F̂_l))` in nats, in `[0, K_n]`; `P̂_l` is `S_l`, or the
  ///   frequency with which other draws met the level where that is larger and several completions
  ///   share the level; `F̂_l` is the share of draws up to the level, kept within `[B_l, 1 - A_l]`
  public double kl() {
    return bounds.analytical() - sums.lostByEstimate(index, levels.count);
  }

  /// [#klUpper] of early stop, whose levels from the threshold on are one.
  ///
  /// @param stop where to stop
  /// @return the *estimate* in nats, in `[0, K_n]`
  public double klUpper(PoolStop stop) {
    return kl(
        sums.lostAtLeast(index, stop.level),
        stop,
        bounds.shortfall(stop.logLeast, stop.logLeastMiss));
  }

  /// [#kl] of early stop, whose levels from the threshold on are one.
  ///
  /// @param stop where to stop
  /// @return the *estimate* in nats, in `[0, K_n]`
  public double kl(PoolStop stop) {
    return kl(
        sums.lostByEstimate(index, stop.level),
        stop,
        bounds.shortfall(stop.logEstimated, stop.logEstimatedMiss));
  }

  private double kl(double lostBelow, PoolStop stop, double ofStop) {
    return bounds.analytical() - lostBelow - weights.reaching(stop.level) * ofStop;
  }

  /// An upper bound on the KL divergence that holds for the pool in hand, with no average and no
  /// confidence (*theorem*): the only thing assumed is that the log-probabilities are right.
  ///
  /// @return [Pool#seenMassKlBound] at `n`, in nats
  public double seenMassKlBound() {
    return Math.max(0, bounds.analytical() - sums.lostForCertain(index));
  }

  /// [#seenMassKlBound], and what a chance of failing adds to it.
  ///
  /// @return both, at `n`
  public PromptSeenMass seenMass() {
    return new SeenMass(levels, masses).withBest(seenMassKlBound());
  }

  /// The tilted mean of [KlBounds#bound] over what best-of-n returns: with `t = -10` and `t = 10`
  /// the paper's tilted minimum and maximum, a picture of its spread. Source: the paper, eq. (133).
  ///
  /// @param t the tilt, per nat; 0 for the mean
  /// @return `(1/t) log Σ W_l exp(t d_n(S_l))` in nats
  /// @throws IllegalArgumentException if `t` is NaN
  public double tiltedKlBound(double t) {
    // A tilt lifts what is rare by up to exp(|t| K_n), so less may be left out.
    double logCut = PoolWeights.LOG_CUT - Math.abs(t) * bounds.analytical();
    PoolWeights tilted = PoolWeights.of(levels, n(), logCut);
    var values = new double[levels.count - tilted.first()];
    var chances = new double[values.length];
    for (int b = levels.block(tilted.first()); b < levels.blocks(); b++) {
      PoolShares seen = masses.block(b).seen();
      double[] ofBlock = tilted.block(b);
      for (int l = tilted.from(b); l < levels.to(b); l++) {
        values[l - tilted.first()] = seen.at(l, bounds::bound);
        chances[l - tilted.first()] = ofBlock[l - tilted.from(b)];
      }
    }
    return TiltedMean.of(values, chances, t);
  }
}
