package topdraw.theory.law;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Chunks;
import topdraw.theory.numeric.LogSpace;

/// The finite reference policy of one prompt: outcomes, each with its log-probability and its place
/// in the order of rewards.
///
/// Outcomes of equal reward form a *level*; a winner among equals is the first drawn, or one picked
/// at random, which is the same law: `π(y) = p(y) / P_l · Π_l`. Probabilities are divided by their
/// sum. An outcome of probability 0 is never returned and contributes nothing; it keeps its index.
///
/// Source: the paper, sections 2 and 5; ties: its Assumption 2.1 removed.
public final class OutcomeTable {
  /// Nothing where every outcome is the level of its own index, and its mass the level's.
  private final double @Nullable [] logProbabilities;

  private final double @Nullable [] rewards;
  private final Levels levels;

  /// The level of each outcome; where no level holds it, having probability 0, `~b` with `b` the
  /// number of levels below. Nothing where every outcome is the level of its own index.
  private final int @Nullable [] levelOf;

  private OutcomeTable(
      double @Nullable [] logProbabilities,
      double @Nullable [] rewards,
      Levels levels,
      int @Nullable [] levelOf) {
    this.logProbabilities = logProbabilities;
    this.rewards = rewards;
    this.levels = levels;
    this.levelOf = levelOf;
  }

  /// A table from probabilities, each outcome a level of its own.
  ///
  /// @param p probabilities or weights from the worst outcome to the best, at least 0
  /// @return the table of `p` divided by its sum
  /// @throws IllegalArgumentException if a weight is negative or not finite, or none is above 0
  public static OutcomeTable ofProbabilities(double... p) {
    return ofLogProbabilities(logarithms(p));
  }

  /// A table from log-probabilities, each outcome a level of its own.
  ///
  /// @param logP log-probabilities or log weights in nats from the worst outcome to the best; `-∞`
  ///   for an outcome that cannot be drawn
  /// @return the table of `exp(logP)` divided by its sum
  /// @throws IllegalArgumentException if one is NaN or `+∞`, or all are `-∞`
  public static OutcomeTable ofLogProbabilities(double... logP) {
    if (allDrawn(logP)) {
      return new OutcomeTable(null, null, new Levels(logP), null);
    }
    var levelOf = new int[logP.length];
    int count = 0;
    for (int i = 0; i < logP.length; i++) {
      levelOf[i] = logP[i] == Double.NEGATIVE_INFINITY ? ~count : count++;
    }
    double[] weights = Arrays.stream(logP).filter(w -> w != Double.NEGATIVE_INFINITY).toArray();
    var levels = new Levels(weights);
    return new OutcomeTable(normalised(logP, levelOf, weights, levels), null, levels, levelOf);
  }

  /// A table from log-probabilities and rewards, in any order; equal rewards form one level.
  ///
  /// @param logP log-probabilities or log weights in nats, one per outcome
  /// @param rewards one per outcome, higher is better; `-∞` for a missing score
  /// @return the table, its outcomes in the order given
  /// @throws IllegalArgumentException if the lengths differ, a reward is NaN or `+∞`, a
  ///   log-probability is NaN or `+∞`, or all are `-∞`
  public static OutcomeTable of(double[] logP, double[] rewards) {
    allDrawn(logP);
    if (rewards.length != logP.length) {
      throw new IllegalArgumentException(
          "each outcome needs one reward: there are "
              + logP.length
              + " log-probabilities and "
              + rewards.length
              + " rewards");
    }
    for (int i = 0; i < rewards.length; i++) {
      Checks.score(rewards[i], "rewards[" + i + "]");
    }
    return sorted(logP, rewards.clone());
  }

  private static OutcomeTable sorted(double[] logP, double[] rewards) {
    int[] order =
        IntStream.range(0, rewards.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> rewards[i]))
            .mapToInt(i -> i)
            .toArray();
    var levelOf = new int[rewards.length];
    var weights = new double[rewards.length];
    int count = 0;
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && rewards[order[to]] == rewards[order[from]]) {
        to++;
      }
      int[] level = Arrays.copyOfRange(order, from, to);
      weights[count] = LogSpace.logSumExp(Arrays.stream(level).mapToDouble(i -> logP[i]).toArray());
      boolean drawn = weights[count] != Double.NEGATIVE_INFINITY;
      for (int i : level) {
        levelOf[i] = drawn ? count : ~count;
      }
      count += drawn ? 1 : 0;
    }
    weights = Arrays.copyOf(weights, count);
    var levels = new Levels(weights);
    return new OutcomeTable(normalised(logP, levelOf, weights, levels), rewards, levels, levelOf);
  }

  private static double[] normalised(
      double[] logP, int[] levelOf, double[] weights, Levels levels) {
    var normalised = new double[logP.length];
    Chunks.forEach(
        logP.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int l = levelOf[i];
            // A level's mass keeps what rounding loses of a probability near 1, so start from it.
            normalised[i] = l < 0 ? logP[i] : levels.logMass(l) + (logP[i] - weights[l]);
          }
        });
    return normalised;
  }

  private static double[] logarithms(double[] p) {
    var logP = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      if (!(p[i] >= 0 && p[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "p[" + i + "] is a probability or a weight, finite and at least 0, was " + p[i]);
      }
      logP[i] = Math.log(p[i]);
    }
    return logP;
  }

  /// Whether every outcome can be drawn; refuses what is no logarithm of a weight, and a table of
  /// which none can be.
  private static boolean allDrawn(double[] logP) {
    if (allFinite(logP) && logP.length > 0) {
      return true;
    }
    if (!(Chunks.sum(logP.length, (from, to) -> drawn(logP, from, to)) > 0)) {
      for (int i = 0; i < logP.length; i++) {
        if (!(logP[i] < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "logP[" + i + "] is a log-probability, finite or -∞, was " + logP[i]);
        }
      }
      throw new IllegalArgumentException(
          "a table needs an outcome of probability above 0, found none among " + logP.length);
    }
    return false;
  }

  private static boolean allFinite(double[] logP) {
    // A number times 0 is 0, or NaN where it is NaN or infinite; so is a sum of them.
    return Chunks.sum(logP.length, (from, to) -> largest(logP, from, to) * 0) == 0;
  }

  /// The largest size in a range, NaN if one is NaN.
  private static double largest(double[] logP, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(logP[i]));
    }
    return largest;
  }

  /// The finite numbers of a range, NaN if one is NaN or `+∞`.
  private static double drawn(double[] logP, int from, int to) {
    double count = 0;
    for (int i = from; i < to; i++) {
      boolean weight = logP[i] < Double.POSITIVE_INFINITY;
      count += !weight ? Double.NaN : logP[i] == Double.NEGATIVE_INFINITY ? 0 : 1;
    }
    return count;
  }

  private double[] perOutcome(IntToDoubleFunction number) {
    return IntStream.range(0, size()).mapToDouble(number).toArray();
  }

  /// How many outcomes the table lists, those of probability 0 included.
  ///
  /// @return the number of outcomes
  public int size() {
    return levelOf == null ? levels.count : levelOf.length;
  }

  /// How many different rewards can be drawn.
  ///
  /// @return the number of levels of probability above 0
  public int levelCount() {
    return levels.count;
  }

  /// The reference policy.
  ///
  /// @return probabilities in the order given; those below 1e-323 underflow to 0
  public double[] probabilities() {
    return perOutcome(i -> Math.exp(logProbability(i)));
  }

  /// The reference policy, normalised.
  ///
  /// @return log-probabilities in nats, in the order given
  public double[] logProbabilities() {
    return perOutcome(this::logProbability);
  }

  /// The rewards. A table made without rewards takes the rank of an outcome, 0 for the worst, as
  /// its reward.
  ///
  /// @return rewards in the order given
  public double[] rewards() {
    return rewards == null
        ? IntStream.range(0, size()).asDoubleStream().toArray()
        : rewards.clone();
  }

  /// The calibrated reward of each outcome, the probability that it wins against a fresh draw, ties
  /// half.
  ///
  ///     C(y) = (F(y) + F⁻(y)) / 2
  ///
  /// Its mean under the reference policy is 1/2; under any policy it is that policy's win rate.
  /// Source: the paper, eq. (30) and Lemma 5.1.
  ///
  /// @return calibrated rewards in `[0, 1]`, in the order given
  public double[] calibratedRewards() {
    return perOutcome(i -> calibrated(level(i)));
  }

  /// The win rate of any policy on these outcomes against the reference, ties half: the mean of
  /// [#calibratedRewards]. Source: the paper, Lemma 5.1.
  ///
  /// @param policy a probability for each outcome, in the order given
  /// @return the win rate in `[0, 1]`
  public double winRate(double[] policy) {
    checkSize(policy);
    double[] wins = calibratedRewards();
    return IntStream.range(0, wins.length).mapToDouble(i -> policy[i] * wins[i]).sum();
  }

  /// The KL divergence of any policy on these outcomes from the reference, `Σ π log(π / p)`.
  ///
  /// @param policy a probability for each outcome, in the order given
  /// @return the divergence in nats, at least 0; `∞` where the policy returns what the reference
  ///   never does
  public double kl(double[] policy) {
    checkSize(policy);
    double[] p = probabilities();
    return IntStream.range(0, p.length).mapToDouble(i -> klTerm(p[i], policy[i])).sum();
  }

  private static double klTerm(double p, double policy) {
    if (policy == 0) {
      return p;
    }
    return p == 0 ? Double.POSITIVE_INFINITY : p * LogSpace.phi(Math.log(policy / p));
  }

  private void checkSize(double[] policy) {
    if (policy.length != size()) {
      throw new IllegalArgumentException(
          "a policy has a probability for each of "
              + size()
              + " outcomes, was given "
              + policy.length);
    }
  }

  private double calibrated(int level) {
    if (level >= 0) {
      return levels.calibrated(level);
    }
    return ~level == 0 ? 0 : Math.exp(levels.logCumulative(~level - 1));
  }

  /// The Rényi entropy of order 2 of the law of levels, `H_2 = -log Σ P_l^2`. Source: the paper,
  /// eq. (16).
  ///
  /// @return the entropy in nats, at least 0
  public double renyiEntropy() {
    return Math.max(0, -levels.logCollision());
  }

  /// The probability that a draw reaches a reward, `z = P(r(Y) >= threshold)`. Source: the paper,
  /// eq. (39).
  ///
  /// @param threshold the least reward that passes; a rank in a table without rewards
  /// @return the probability, 0 if no outcome reaches the threshold
  /// @throws IllegalArgumentException if the threshold is NaN
  public double passRate(double threshold) {
    int first = firstLevelAtLeast(Checks.notNaN(threshold, "threshold"));
    if (first == levels.count) {
      return 0;
    }
    return Math.exp(levels.mergedFrom(first).logMass(first));
  }

  /// The lowest level whose reward reaches the threshold, [#levelCount] if there is none.
  int firstLevelAtLeast(double threshold) {
    int first = levels.count;
    for (int i = 0; i < size(); i++) {
      if (isDrawn(i) && reward(i) >= threshold) {
        first = Math.min(first, level(i));
      }
    }
    return first;
  }

  /// The reward of each level.
  ///
  /// @return rewards from the worst level
  public double[] levelRewards() {
    var levelRewards = new double[levels.count];
    for (int i = 0; i < size(); i++) {
      if (isDrawn(i)) {
        levelRewards[level(i)] = reward(i);
      }
    }
    return levelRewards;
  }

  double reward(int outcome) {
    return rewards == null ? outcome : rewards[outcome];
  }

  boolean isDrawn(int outcome) {
    return level(outcome) >= 0;
  }

  int level(int outcome) {
    return levelOf == null ? outcome : levelOf[outcome];
  }

  double logProbability(int outcome) {
    return logProbabilities == null ? levels.logMass(outcome) : logProbabilities[outcome];
  }

  /// The levels that can be drawn.
  ///
  /// @return the levels, from the worst
  public Levels levels() {
    return levels;
  }
}
