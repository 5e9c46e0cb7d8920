package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.Arrays;
import java.util.List;
import topdraw.theory.bound.BlockwiseEstimate;
import topdraw.theory.bound.WinnerBounds;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Law;
import topdraw.theory.law.MajorityLaw;
import topdraw.theory.law.Selection;

/// Other ways to select: softly, among a random number, by blocks, by any rule at all.
final class SelectionQuantities {
  private static final String SOFT = "n, temperature, p|log_p, rewards";
  private static final String POISSON = "mu, p|log_p";

  private SelectionQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        list("soft_pmf", SOFT, "law of soft best-of-n", in -> soft(in).probabilities()),
        number("soft_kl", SOFT, "its exact KL", in -> soft(in).kl()),
        number("soft_win_rate", SOFT, "its exact win rate", in -> soft(in).winRate()),
        number(
            "poisson_kl_continuous",
            "mu",
            "best-of-Poisson, continuous rewards: KL",
            in -> BestOfPoissonLaw.klContinuous(in.number("mu"))),
        number(
            "poisson_win_rate_continuous",
            "mu",
            "best-of-Poisson, continuous rewards: win rate",
            in -> BestOfPoissonLaw.winRateContinuous(in.number("mu"))),
        number("poisson_kl", POISSON, "best-of-Poisson, exact KL", in -> poisson(in).kl()),
        number("poisson_win_rate", POISSON, "its exact win rate", in -> poisson(in).winRate()),
        list(
            "majority_pmf",
            "n, p",
            "law of majority voting: each answer, then none",
            in -> majority(in).probabilities()),
        number("majority_kl", "n, p", "its exact KL", in -> majority(in).kl()),
        number(
            "selection_kl_term",
            "n, epsilon|log_epsilon",
            "its mean bounds KL of any rule picking 1 of n",
            in ->
                in.eitherOf(
                    "epsilon",
                    e -> WinnerBounds.anyRuleKl(in.number("n"), Math.log(e)),
                    log -> WinnerBounds.anyRuleKl(in.number("n"), log))),
        number(
            "blockwise_kl_estimate",
            "n, block_log_p",
            "estimate of an upper bound on KL, one response",
            in -> BlockwiseEstimate.kl(in.number("n"), in.numbers("block_log_p"))),
        number(
            "blockwise_kl_bound",
            "n, block, lengths",
            "mean of ceil(T/M) K_n, Theorem B.1",
            in ->
                BlockwiseEstimate.klFromLengths(
                    in.number("n"), in.number("block"), in.numbers("lengths"))));
  }

  private static Law soft(Inputs in) {
    var selection = new Selection.SoftBestOfN(in.index("n"), in.number("temperature"));
    return Law.of(selection, in.rewardedTable());
  }

  /// What the answers leave of 1 is the probability of a draw without one.
  private static MajorityLaw majority(Inputs in) {
    double[] p = in.numbers("p");
    double silent = 1 - Arrays.stream(p).sum();
    return new MajorityLaw(in.index("n"), p, Math.abs(silent) < 1e-9 ? 0 : silent);
  }

  private static Law poisson(Inputs in) {
    return Law.of(new Selection.BestOfPoisson(in.number("mu")), in.table());
  }
}
