package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.law.Law;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;

/// Rewind-and-repeat.
final class RewindQuantities {
  private RewindQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "rewind_pass_rate",
            "p|log_p, threshold_index",
            "z, chance of an outcome from that index on",
            in -> in.table().passRate(in.index("threshold_index"))),
        list(
            "rewind_pmf",
            "p|log_p, threshold_index",
            "law of the accepted outcome",
            in -> rewind(in).probabilities()),
        number(
            "rewind_kl",
            "z|log_z",
            "log(1/z)",
            in -> in.eitherOf("z", Rewind::kl, Rewind::klFromLog)),
        number(
            "rewind_win_rate",
            "z|log_z",
            "1 - z/2",
            in -> in.eitherOf("z", Rewind::winRate, Rewind::winRateFromLog)),
        number(
            "rewind_expected_trials",
            "z|log_z",
            "1/z",
            in -> in.eitherOf("z", Rewind::expectedDraws, Rewind::expectedDrawsFromLog)),
        number(
            "rewind_kl_estimate",
            "trials",
            "H_{m-1}, unbiased for KL",
            in -> Rewind.klEstimate(in.whole("trials"))),
        number(
            "rewind_kl_estimate_pooled",
            "trials, accepted",
            "H_{T-1} - H_{k-1} of k runs, T draws",
            in -> Rewind.klEstimatePooled(in.whole("trials"), in.whole("accepted"))),
        number(
            "rewind_kl_estimate_variance",
            "z",
            "Li_2(1-z)",
            in -> Rewind.klEstimateVariance(in.number("z"))));
  }

  private static Law rewind(Inputs in) {
    return Law.of(new Selection.RewindAndRepeat(in.index("threshold_index")), in.table());
  }
}
