package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.bound.Tradeoff;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.TiltedPolicy;

/// Win rate against KL divergence: best-of-n between its curves, and the optimum above it.
final class TradeoffQuantities {
  private static final String TABLE = "n, p|log_p";
  private static final String TILT = "p|log_p, rewards, beta";

  private TradeoffQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        list(
            "tradeoff_lower",
            TABLE,
            "[KL, win rate] of Theorem A.6's curve",
            in -> pair(Tradeoff.lower(in.number("n"), in.table()))),
        list(
            "tradeoff_upper",
            TABLE,
            "[KL, win rate] of Theorem A.7's curve",
            in -> pair(Tradeoff.upper(in.number("n"), in.table()))),
        number(
            "conjectured_win_rate",
            "kl",
            "Conjecture 7.2 as we read it; not a bound",
            in -> Tradeoff.conjecturedWinRate(in.number("kl"))),
        number(
            "optimal_win_rate",
            "kl",
            "largest win rate of any policy at it",
            in -> OptimalFrontier.winRate(in.number("kl"))),
        number(
            "uniform_optimum_kl",
            "slope",
            "that curve: KL of the tilt",
            in -> OptimalFrontier.tiltKl(in.number("slope"))),
        number(
            "uniform_optimum_win_rate",
            "slope",
            "that curve: its win rate",
            in -> OptimalFrontier.tiltWinRate(in.number("slope"))),
        list(
            "optimum_pmf",
            TILT,
            "KL-regularised optimum, eq. (2)",
            in -> optimum(in).probabilities()),
        number("optimum_kl", TILT, "its exact KL", in -> optimum(in).kl()),
        number(
            "optimum_expected_reward", TILT, "its mean reward", in -> optimum(in).expectedReward()),
        number("optimum_win_rate", TILT, "its exact win rate", in -> optimum(in).winRate()));
  }

  private static TiltedPolicy optimum(Inputs in) {
    return TiltedPolicy.byReward(in.rewardedTable(), in.number("beta"));
  }

  private static double[] pair(Tradeoff point) {
    return new double[] {point.kl(), point.winRate()};
  }
}
