package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.law.Law;
import topdraw.theory.law.Selection;

/// Best-of-n with early stop.
final class EarlyStopQuantities {
  private static final String STOPPED = "n, p|log_p, threshold_index";

  private EarlyStopQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "early_stop_kl_continuous",
            "n, z",
            "KL when rewards are continuous",
            in -> EarlyStopping.klContinuous(in.number("n"), in.number("z"))),
        number(
            "early_stop_win_rate_continuous",
            "n, z",
            "win rate when rewards are continuous",
            in -> EarlyStopping.winRateContinuous(in.number("n"), in.number("z"))),
        number(
            "early_stop_expected_draws",
            "n, z",
            "(1 - (1-z)^n)/z",
            in -> EarlyStopping.expectedDraws(in.number("n"), in.number("z"))),
        list(
            "early_stop_pmf",
            STOPPED,
            "law of the returned outcome",
            in -> earlyStop(in).probabilities()),
        number("early_stop_kl", STOPPED, "its exact KL", in -> earlyStop(in).kl()),
        number("early_stop_win_rate", STOPPED, "its exact win rate", in -> earlyStop(in).winRate()),
        number(
            "early_stop_kl_estimate",
            "n, draws, stopped, log_p",
            "estimate of an upper bound on KL, one run",
            in ->
                EarlyStopping.klEstimate(
                    in.whole("n"), in.whole("draws"), in.flag("stopped"), in.number("log_p"))),
        number(
            "early_stop_pass_rate",
            "n, win_rate",
            "z at which early stop has that win rate",
            in -> EarlyStopping.passRate(in.number("n"), in.number("win_rate"))));
  }

  private static Law earlyStop(Inputs in) {
    var selection = new Selection.EarlyStop(in.number("n"), in.index("threshold_index"));
    return Law.of(selection, in.table());
  }
}
