package topdraw.theory.bound;

import static topdraw.theory.finding.Finding.Role.UPPER_BOUND;

import java.util.Arrays;
import java.util.List;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Law;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.SoftBestOfNLaw;
import topdraw.theory.law.TiltedPolicy;
import topdraw.theory.numeric.Checks;

/// Everything that is known about a selection on one table: the exact numbers of its [Law], each
/// beside all bounds on it. Means over the returned outcome are taken over its exact law.
public final class ExactFindings {
  private ExactFindings() {}

  /// Drift, win rate, mean reward and mean draws of a selection; of best-of-n also how far the
  /// paper's estimator scatters.
  ///
  /// @param selection how one completion is chosen, with `n >= 1`
  /// @param table the reference policy
  /// @return the numbers with their bounds
  /// @throws IllegalArgumentException if the selection is not possible on the table
  public static List<Bounded> of(Selection selection, OutcomeTable table) {
    Law law = Law.of(selection, table);
    return switch (selection) {
      case Selection.BestOfN(double n) -> bestOfN(n, law, table);
      case Selection.EarlyStop(double n, double threshold) ->
          earlyStop(n, law, clipped(table, threshold));
      case Selection.RewindAndRepeat rewind -> any(law, "Lemma 6.2", List.of());
      case Selection.SoftBestOfN(int n, double temperature) -> {
        double[] rewards = table.levelRewards();
        double range = rewards[rewards.length - 1] - rewards[0];
        double soft = SoftBestOfNLaw.klUpper(n, range, temperature);
        yield any(
            law,
            "soft best-of-n by its integral",
            List.of(
                BestOfNBounds.nats(UPPER_BOUND, KlBounds.analytical(n), "K_n, for any rule"),
                BestOfNBounds.nats(UPPER_BOUND, soft, "from the range of rewards")));
      }
      case Selection.BestOfPoisson(double mu) ->
          any(
              law,
              "best-of-Poisson",
              List.of(
                  BestOfNBounds.nats(
                      UPPER_BOUND, BestOfPoissonLaw.klContinuous(mu), "continuous rewards")));
    };
  }

  private static OutcomeTable clipped(OutcomeTable table, double threshold) {
    double[] rewards =
        Arrays.stream(table.rewards()).map(reward -> Math.min(reward, threshold)).toArray();
    return OutcomeTable.of(table.logProbabilities(), rewards);
  }

  private static List<Bounded> bestOfN(double n, Law law, OutcomeTable table) {
    var bounds = new BestOfNBounds(Checks.atLeastOne(n, "n"), table);
    double sd = Math.sqrt(ExpectedKlBounds.variance(n, table));
    return List.of(
        new Bounded(Finding.exact("kl", law.kl(), "nats", "Lemma 2.3"), bounds.kl()),
        new Bounded(
            Finding.exact("win_rate", law.winRate(), "probability", "Lemma 5.2"),
            bounds.winRate(law)),
        reward(law),
        draws(law),
        new Bounded(
            Finding.exact("kl_estimator_sd", sd, "nats", "eq. (25), one completion"),
            bounds.spread()));
  }

  /// Early stop is best-of-n of the reward clipped at the threshold: what passes is equal.
  private static List<Bounded> earlyStop(double n, Law law, OutcomeTable clipped) {
    var bounds = new BestOfNBounds(Checks.atLeastOne(n, "n"), clipped);
    return List.of(
        new Bounded(Finding.exact("kl", law.kl(), "nats", "best-of-n of min(r, R)"), bounds.kl()),
        new Bounded(
            Finding.exact("win_rate", law.winRate(), "probability", "wins counted by min(r, R)"),
            bounds.winRate(law)),
        reward(law),
        draws(law));
  }

  private static List<Bounded> any(Law law, String source, List<Finding> klBounds) {
    Finding ceiling =
        BestOfNBounds.winRate(
            UPPER_BOUND, OptimalFrontier.winRate(law.kl()), "T5, any policy of this KL divergence");
    return List.of(
        new Bounded(Finding.exact("kl", law.kl(), "nats", source), klBounds),
        new Bounded(
            Finding.exact("win_rate", law.winRate(), "probability", source), List.of(ceiling)),
        reward(law),
        draws(law));
  }

  private static Bounded reward(Law law) {
    return new Bounded(
        Finding.exact("expected_reward", law.expectedReward(), "reward", "its law"), List.of());
  }

  private static Bounded draws(Law law) {
    return new Bounded(
        Finding.exact("expected_draws", law.expectedDraws(), "draws", "its law"), List.of());
  }

  /// The KL-regularised optimum for a price of drift, and what no policy exceeds.
  ///
  /// @param table the reference policy with finite rewards
  /// @param beta `β`, the price of a nat in units of reward, above 0
  /// @return drift, win rate and mean reward, with their bounds
  /// @throws IllegalArgumentException if `beta` or the rewards are out of range
  public static List<Bounded> ofOptimum(OutcomeTable table, double beta) {
    TiltedPolicy optimum = TiltedPolicy.byReward(table, beta);
    return List.of(
        new Bounded(Finding.exact("kl", optimum.kl(), "nats", "eq. (2)"), List.of()),
        new Bounded(
            Finding.exact("win_rate", optimum.winRate(), "probability", "eq. (2)"),
            List.of(
                BestOfNBounds.winRate(
                    UPPER_BOUND,
                    OptimalFrontier.winRate(optimum.kl()),
                    "T5, any policy of this KL divergence"))),
        new Bounded(
            Finding.exact("expected_reward", optimum.expectedReward(), "reward", "eq. (2)"),
            List.of()));
  }
}
