package topdraw.theory.pool;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Outcomes;

/// What is known of each draw of a pool, by its number in the order drawn; of the draws of another
/// pool without some in a row, or with one more, nothing is copied.
final class PoolDraws {
  private final int size;

  /// Null where all are different, as far as is known.
  private final int @Nullable [] outcomes;

  private final double[] rewards;

  /// Of each outcome's draws that of the first; null where none is known.
  private final double @Nullable [] logP;

  /// As recorded, where equal outcomes have different ones; else null.
  private final double @Nullable [] recorded;

  // Draws from `from` on stand `gap` places further on; behind the last stands perhaps one more.
  private final int from;
  private final int gap;
  private final double moreReward;
  private final double moreLogP;

  private PoolDraws(
      int size,
      int @Nullable [] outcomes,
      double[] rewards,
      double @Nullable [] logP,
      double @Nullable [] recorded,
      int from,
      int gap,
      double moreReward,
      double moreLogP) {
    this.size = size;
    this.outcomes = outcomes;
    this.rewards = rewards;
    this.logP = logP;
    this.recorded = recorded;
    this.from = from;
    this.gap = gap;
    this.moreReward = moreReward;
    this.moreLogP = moreLogP;
  }

  private static PoolDraws whole(
      int @Nullable [] outcomes,
      double[] rewards,
      double @Nullable [] logP,
      double @Nullable [] recorded) {
    int size = rewards.length;
    return new PoolDraws(size, outcomes, rewards, logP, recorded, size, 0, Double.NaN, Double.NaN);
  }

  /// Checks the numbers, and keeps the arrays where they can stay as they are.
  ///
  /// @throws IllegalArgumentException if a reward is NaN or `+∞`, or a log-probability above 0
  static PoolDraws of(int[] outcomes, double[] rewards, double[] logProbabilities) {
    int[] numbered = Outcomes.small(outcomes);
    double[] first = firstOf(numbered, logProbabilities);
    boolean same = Arrays.equals(first, logProbabilities);
    return whole(numbered, checked(rewards), first, same ? null : logProbabilities);
  }

  /// Draws of which only the rewards are known; no completion was drawn twice.
  ///
  /// @throws IllegalArgumentException if there is none, or a reward is NaN or `+∞`
  static PoolDraws ofRewards(double[] rewards) {
    Checks.atLeastOne(rewards.length, "the number of draws");
    return whole(null, checked(rewards), null, null);
  }

  /// With no sign of 0.
  private static double[] checked(double[] rewards) {
    double[] kept = rewards;
    boolean copied = false;
    for (int i = 0; i < rewards.length; i++) {
      double reward = Checks.score(rewards[i], "rewards[" + i + "]") + 0.0;
      if (!copied && Double.doubleToRawLongBits(reward) != Double.doubleToRawLongBits(rewards[i])) {
        kept = rewards.clone();
        copied = true;
      }
      if (copied) {
        kept[i] = reward;
      }
    }
    return kept;
  }

  /// One per draw, of which the first of its outcome counts.
  private static double[] firstOf(int[] numbered, double[] recorded) {
    double[] kept = recorded;
    boolean copied = false;
    var first = new int[numbered.length]; // the first draw of each outcome, from 1
    for (int i = 0; i < recorded.length; i++) {
      Checks.logProbability(recorded[i], "logProbabilities[" + i + "]");
      int outcome = numbered[i];
      if (first[outcome] == 0) {
        first[outcome] = i + 1;
      }
      double counts = recorded[first[outcome] - 1];
      if (!copied && counts != recorded[i]) {
        kept = recorded.clone();
        copied = true;
      }
      if (copied) {
        kept[i] = counts;
      }
    }
    return kept;
  }

  /// These draws as if only their rewards were known.
  PoolDraws ofRewards() {
    return new PoolDraws(
        size, null, rewards, null, null, from, gap, moreReward, Double.NEGATIVE_INFINITY);
  }

  /// These draws with other rewards.
  ///
  /// @throws IllegalArgumentException if a reward is NaN or `+∞`
  PoolDraws withRewards(double[] others) {
    var outcomeOf = new int[size];
    Arrays.setAll(outcomeOf, this::outcome);
    var recordedOf = new double[size];
    Arrays.setAll(recordedOf, this::recorded);
    return of(outcomeOf, others, recordedOf);
  }

  /// These draws without those from `start` to `end - 1`.
  PoolDraws without(int start, int end) {
    return plain() && recorded == null
        ? new PoolDraws(
            size - (end - start),
            outcomes,
            rewards,
            logP,
            recorded,
            start,
            end - start,
            Double.NaN,
            Double.NaN)
        : copied(start, end); // of some outcome another log-probability may be the first
  }

  /// These draws and one more, of an outcome of its own.
  PoolDraws with(double reward, double logProbability) {
    PoolDraws all = plain() ? this : copied(size, size);
    return new PoolDraws(
        size + 1,
        all.outcomes,
        all.rewards,
        all.logP,
        all.recorded,
        size,
        0,
        Checks.score(reward, "reward") + 0.0,
        Checks.logProbability(logProbability, "logProbability"));
  }

  /// Whether the arrays are these draws.
  private boolean plain() {
    return size == rewards.length;
  }

  private PoolDraws copied(int start, int end) {
    int kept = size - (end - start);
    var fewerOutcomes = new int[kept];
    var fewerRewards = new double[kept];
    var fewer = new double[kept];
    for (int i = 0; i < kept; i++) {
      int draw = i < start ? i : i + end - start;
      fewerOutcomes[i] = outcome(draw);
      fewerRewards[i] = reward(draw);
      fewer[i] = recorded(draw);
    }
    return of(fewerOutcomes, fewerRewards, fewer);
  }

  int size() {
    return size;
  }

  private int place(int draw) {
    return draw < from ? draw : draw + gap;
  }

  /// Which completion a draw is: a number below [#outcomes()].
  int outcome(int draw) {
    int place = place(draw);
    return outcomes == null || place >= outcomes.length ? place : outcomes[place];
  }

  /// What every number of a completion is below.
  int outcomes() {
    return rewards.length + 1;
  }

  double reward(int draw) {
    int place = place(draw);
    return place < rewards.length ? rewards[place] : moreReward;
  }

  /// In nats; `-∞` where it is not known.
  double logP(int draw) {
    return known(logP, draw);
  }

  private double recorded(int draw) {
    return known(recorded == null ? logP : recorded, draw);
  }

  private double known(double @Nullable [] logs, int draw) {
    int place = place(draw);
    if (place >= rewards.length) {
      return moreLogP;
    }
    return logs == null ? Double.NEGATIVE_INFINITY : logs[place];
  }
}
