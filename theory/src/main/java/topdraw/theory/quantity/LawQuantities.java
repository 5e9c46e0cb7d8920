package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.bound.ExactGaps;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// What best-of-n does on a table, exactly.
final class LawQuantities {
  private static final String TABLE = "n, p|log_p";
  private static final String TIED = "n, p|log_p, rewards";

  private LawQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        list(
            "calibrated_reward",
            "p|log_p",
            "chance of each outcome to win against a draw",
            in -> in.table().calibratedRewards()),
        number(
            "renyi_entropy", "p|log_p", "H_2 = -log sum of p^2", in -> in.table().renyiEntropy()),
        list(
            "best_of_n_pmf",
            TABLE,
            "law of the returned outcome",
            in -> bestOfN(in, in.table()).probabilities()),
        list(
            "best_of_n_log_pmf",
            TABLE,
            "its logarithm",
            in -> bestOfN(in, in.table()).logProbabilities()),
        number(
            "best_of_n_kl",
            TABLE,
            "exact KL from the reference",
            in -> bestOfN(in, in.table()).kl()),
        number(
            "best_of_n_win_rate",
            TABLE,
            "exact win rate against the reference",
            in -> bestOfN(in, in.table()).winRate()),
        number(
            "best_of_n_expected_reward",
            TIED,
            "mean reward of the returned outcome",
            in -> bestOfN(in, in.rewardedTable()).expectedReward()),
        list(
            "tied_best_of_n_pmf",
            TIED,
            "the law when rewards may be equal, any order",
            in -> bestOfN(in, in.rewardedTable()).probabilities()),
        number(
            "tied_best_of_n_kl", TIED, "its exact KL", in -> bestOfN(in, in.rewardedTable()).kl()),
        number(
            "tied_best_of_n_win_rate",
            TIED,
            "its exact win rate, ties half",
            in -> bestOfN(in, in.rewardedTable()).winRate()),
        number(
            "kl_gap",
            TABLE,
            "K_n - KL, summed without cancellation",
            in -> ExactGaps.kl(bestOfN(in, in.table()))),
        number(
            "win_rate_gap",
            TABLE,
            "n/(n+1) - W, summed without cancellation",
            in -> ExactGaps.winRate(bestOfN(in, in.table()))));
  }

  private static Law bestOfN(Inputs in, OutcomeTable table) {
    return Law.of(new Selection.BestOfN(in.number("n")), table);
  }
}
