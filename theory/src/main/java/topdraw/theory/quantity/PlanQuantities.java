package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.law.Inverses;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.TiltedPolicy;
import topdraw.theory.pool.OveroptimizationFit;

/// What a plan needs: the ceiling over every method, from targets to n, where gold reward peaks.
final class PlanQuantities {
  private static final String TILT = "slope, p|log_p";
  private static final String CURVE = "kls, gains";

  private PlanQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "optimal_kl",
            "win_rate",
            "least KL that any policy needs for it",
            in -> OptimalFrontier.kl(in.number("win_rate"))),
        number(
            "calibrated_optimum_kl",
            TILT,
            "KL of the tilt by calibrated reward",
            in -> TiltedPolicy.byCalibratedReward(in.table(), in.number("slope")).kl()),
        number(
            "calibrated_optimum_win_rate",
            TILT,
            "its win rate, the largest at that KL",
            in -> TiltedPolicy.byCalibratedReward(in.table(), in.number("slope")).winRate()),
        number("n_for_kl", "kl", "n with K_n = kl", in -> Inverses.nForKl(in.number("kl"))),
        number(
            "n_for_win_rate",
            "win_rate",
            "n with n/(n+1) = win rate",
            in -> Inverses.nForWinRate(in.number("win_rate"))),
        list(
            "overoptimization_fit",
            CURVE,
            "[a, b] of gain = d (a - b d), d = sqrt(KL)",
            in -> {
              OveroptimizationFit fit = fit(in);
              return new double[] {fit.alpha(), fit.beta()};
            }),
        number(
            "overoptimization_peak_kl", CURVE, "KL where it is largest", in -> fit(in).peakKl()));
  }

  private static OveroptimizationFit fit(Inputs in) {
    return OveroptimizationFit.of(in.numbers("kls"), in.numbers("gains"));
  }
}
