package topdraw.theory.bound;

import static topdraw.theory.finding.Role.UPPER_BOUND;

import java.util.Arrays;
import java.util.List;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.SoftBestOfNLaw;
import topdraw.theory.law.TiltedPolicy;
import topdraw.theory.numeric.Checks;

/// Everything that is known about a selection on one table: the exact numbers of its [Law], each
/// beside all bounds on it. Means over the returned outcome are taken over its exact law.
public final class ExactFindings {
  private static final Estimator KL = new Estimator("best_of_n_kl", "Lemma 2.3");
  private static final Estimator WIN_RATE = new Estimator("best_of_n_win_rate", "Lemma 5.2");
  private static final Estimator SD = new Estimator("kl_bound_sd", "eq. (25), one completion");
  private static final Estimator ITS_LAW = new Estimator("law", "its law");
  private static final Estimator CLIPPED_KL =
      new Estimator("early_stop_kl", "best-of-n of min(r, R)");
  private static final Estimator CLIPPED_WIN_RATE =
      new Estimator("early_stop_win_rate", "wins counted by min(r, R)");
  private static final Estimator REWIND = new Estimator("rewind_law", "Lemma 6.2");
  private static final Estimator SOFT =
      new Estimator("soft_best_of_n_law", "soft best-of-n by its integral");
  private static final Estimator SOFT_FROM_RANGE =
      new Estimator("soft_best_of_n_kl_upper", "from the range of rewards");
  private static final Estimator POISSON = new Estimator("best_of_poisson_law", "best-of-Poisson");
  private static final Estimator POISSON_CONTINUOUS =
      new Estimator("best_of_poisson_kl_continuous", "continuous rewards");
  private static final Estimator OPTIMUM = new Estimator("kl_regularised_optimum", "eq. (2)");

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
      case Selection.BestOfN best -> bestOfN(best.n(), law, table);
      case Selection.EarlyStop stop -> earlyStop(stop.n(), law, clipped(table, stop.threshold()));
      case Selection.RewindAndRepeat rewind -> any(law, REWIND, List.of());
      case Selection.SoftBestOfN soft -> {
        double[] rewards = table.levelRewards();
        double range = rewards[rewards.length - 1] - rewards[0];
        double ofRange = SoftBestOfNLaw.klUpper(soft.n(), range, soft.temperature());
        yield any(
            law,
            SOFT,
            List.of(
                BestOfNBounds.kl(
                    UPPER_BOUND,
                    KlBounds.analytical(soft.n()),
                    KlBounds.TEXTBOOK.titled("K_n, for any rule")),
                BestOfNBounds.kl(UPPER_BOUND, ofRange, SOFT_FROM_RANGE)));
      }
      case Selection.BestOfPoisson poisson ->
          any(
              law,
              POISSON,
              List.of(
                  BestOfNBounds.kl(
                      UPPER_BOUND,
                      BestOfPoissonLaw.klContinuous(poisson.mu()),
                      POISSON_CONTINUOUS)));
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
        new Bounded(Finding.exact(Quantity.KL, law.kl(), KL), bounds.kl()),
        new Bounded(Finding.exact(Quantity.WIN_RATE, law.winRate(), WIN_RATE), bounds.winRate(law)),
        reward(law),
        draws(law),
        new Bounded(Finding.exact(Quantity.KL_ESTIMATOR_SD, sd, SD), bounds.spread()));
  }

  /// Early stop is best-of-n of the reward clipped at the threshold: what passes is equal.
  private static List<Bounded> earlyStop(double n, Law law, OutcomeTable clipped) {
    var bounds = new BestOfNBounds(Checks.atLeastOne(n, "n"), clipped);
    return List.of(
        new Bounded(Finding.exact(Quantity.KL, law.kl(), CLIPPED_KL), bounds.kl()),
        new Bounded(
            Finding.exact(Quantity.WIN_RATE, law.winRate(), CLIPPED_WIN_RATE), bounds.winRate(law)),
        reward(law),
        draws(law));
  }

  private static List<Bounded> any(Law law, Estimator source, List<Finding> klBounds) {
    return List.of(
        new Bounded(Finding.exact(Quantity.KL, law.kl(), source), klBounds),
        new Bounded(
            Finding.exact(Quantity.WIN_RATE, law.winRate(), source),
            List.of(BestOfNBounds.ceiling(law.kl()))),
        reward(law),
        draws(law));
  }

  private static Bounded reward(Law law) {
    return new Bounded(
        Finding.exact(Quantity.EXPECTED_REWARD, law.expectedReward(), ITS_LAW), List.of());
  }

  private static Bounded draws(Law law) {
    return new Bounded(
        Finding.exact(Quantity.EXPECTED_DRAWS, law.expectedDraws(), ITS_LAW), List.of());
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
        new Bounded(Finding.exact(Quantity.KL, optimum.kl(), OPTIMUM), List.of()),
        new Bounded(
            Finding.exact(Quantity.WIN_RATE, optimum.winRate(), OPTIMUM),
            List.of(BestOfNBounds.ceiling(optimum.kl()))),
        new Bounded(
            Finding.exact(Quantity.EXPECTED_REWARD, optimum.expectedReward(), OPTIMUM), List.of()));
  }
}
