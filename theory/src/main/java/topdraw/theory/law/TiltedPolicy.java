package topdraw.theory.law;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// The optimum of KL-regularised reinforcement learning on one table: the policy of largest `E[r] -
/// β KL(π ‖ p)`, which is the reference tilted by the reward. *Exact.*
///
///     π(y) = p(y) exp(r(y) / β) / Z
///
/// As `β → ∞` it is the reference policy, as `β → 0` the reference given the best level. With the
/// calibrated reward no policy on the table wins more often at its drift. Source: the paper, eq.
/// (1) and (2).
public final class TiltedPolicy {
  private final OutcomeTable table;

  /// `log(Π_l / P_l)` of each level.
  private final double[] logRatio;

  private TiltedPolicy(OutcomeTable table, double[] value, double slope) {
    this.table = table;
    Levels levels = table.levels();
    double mean = mean(levels, value);
    // Around the mean the tilt of a small slope keeps its digits.
    double[] tilt = Arrays.stream(value).map(v -> slope * (v - mean)).toArray();
    double logTotal = logTotal(levels, tilt);
    logRatio = Arrays.stream(tilt).map(t -> t - logTotal).toArray();
  }

  /// The optimum for a table's own rewards.
  ///
  /// @param table the reference policy, the reward of each outcome that can be drawn finite
  /// @param beta `β`, the price of a nat of drift in units of reward, above 0
  /// @return the optimum
  /// @throws IllegalArgumentException if `beta` is not above 0, a reward is not finite, or the
  ///   spread of rewards over `beta` overflows
  public static TiltedPolicy byReward(OutcomeTable table, double beta) {
    Checks.positive(beta, "beta");
    double[] rewards = table.levelRewards();
    double spread = (rewards[rewards.length - 1] - rewards[0]) / beta;
    if (!(spread < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the optimum needs finite rewards and a beta that is not tiny beside their spread; found"
              + " rewards from "
              + rewards[0]
              + " to "
              + rewards[rewards.length - 1]
              + " and beta "
              + beta);
    }
    return new TiltedPolicy(table, rewards, 1 / beta);
  }

  /// The policy of largest win rate at its drift: the optimum for the calibrated reward, at `β =
  /// 1/slope`.
  ///
  /// @param table the reference policy
  /// @param slope how steeply wins are rewarded, at least 0 and finite
  /// @return the optimum
  /// @throws IllegalArgumentException if the slope is out of range
  public static TiltedPolicy byCalibratedReward(OutcomeTable table, double slope) {
    if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "slope must be a finite number of at least 0, was " + slope);
    }
    return new TiltedPolicy(table, table.levels().calibrated(), slope);
  }

  private static double mean(Levels levels, double[] value) {
    double top = value[levels.count - 1];
    // From the best level down: rewards of one sign or huge ones do not overflow the sum.
    return top + levelSum(levels, l -> levels.mass(l) * (value[l] - top));
  }

  private static double logTotal(Levels levels, double[] tilt) {
    double excess = levelSum(levels, l -> levels.mass(l) * Math.expm1(tilt[l]));
    if (Math.abs(excess) < 0.5) {
      return Math.log1p(excess);
    }
    return LogSpace.logSumExp(
        IntStream.range(0, tilt.length).mapToDouble(l -> levels.logMass(l) + tilt[l]).toArray());
  }

  private static double levelSum(Levels levels, IntToDoubleFunction term) {
    return IntStream.range(0, levels.count).mapToDouble(term).sum();
  }

  /// The law of the optimum.
  ///
  /// @return probabilities in the table's order
  public double[] probabilities() {
    return IntStream.range(0, table.size())
        .mapToDouble(
            i ->
                table.isDrawn(i) ? Math.exp(table.logProbability(i) + logRatio[table.level(i)]) : 0)
        .toArray();
  }

  /// The KL divergence from the reference policy, as a sum of terms none of which is negative.
  ///
  /// @return `KL(π ‖ p)` in nats
  public double kl() {
    Levels levels = table.levels();
    return levelSum(levels, l -> LogSpace.klTerm(levels.logMass(l), levels.mass(l), logRatio[l]));
  }

  /// The probability to win against a draw from the reference policy, ties counted half.
  ///
  /// @return `W(π ‖ p)`, in `[1/2, 1]`
  public double winRate() {
    return mean(table.levels().calibrated());
  }

  /// The mean reward; of the rank, in a table without rewards.
  ///
  /// @return the mean in units of reward
  public double expectedReward() {
    return mean(table.levelRewards());
  }

  private double mean(double[] value) {
    Levels levels = table.levels();
    return levelSum(
        levels,
        l -> {
          double returned = Math.exp(levels.logMass(l) + logRatio[l]);
          return returned == 0 ? 0 : returned * value[l];
        });
  }
}
