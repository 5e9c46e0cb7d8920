package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.list;
import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.DriftLedger;
import topdraw.theory.confidence.LogProbabilityEvidence;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Collisions;

/// What data say with a confidence: bounds on means and probabilities, the drift ledger, evidence
/// against log-probabilities.
final class IntervalQuantities {
  private static final String VALUES = "values, alpha";

  private IntervalQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "betting_lower",
            VALUES,
            "lower confidence bound on a mean in [0, 1]",
            in -> Betting.lower(in.numbers("values"), in.number("alpha"))),
        number(
            "betting_upper",
            VALUES,
            "upper confidence bound on a mean in [0, 1]",
            in -> Betting.upper(in.numbers("values"), in.number("alpha"))),
        number(
            "betting_lower_anytime",
            VALUES,
            "the same for readings at any time",
            in -> Betting.lowerAnytime(in.numbers("values"), in.number("alpha"))),
        list(
            "hoeffding_interval",
            VALUES,
            "Hoeffding's interval for a mean",
            in -> ends(ReferenceIntervals.hoeffding(in.numbers("values"), in.number("alpha")))),
        list(
            "empirical_bernstein_interval",
            VALUES,
            "Maurer and Pontil's interval for a mean",
            in ->
                ends(
                    ReferenceIntervals.empiricalBernstein(
                        in.numbers("values"), in.number("alpha")))),
        number(
            "clopper_pearson_lower",
            "count, total, alpha",
            "exact lower bound on a probability",
            in ->
                ReferenceIntervals.clopperPearsonLower(
                    in.whole("count"), in.whole("total"), in.number("alpha"))),
        number(
            "drift_ledger_upper",
            "values, top, alpha",
            "bound on the drift of all requests together",
            IntervalQuantities::ledger),
        number(
            "collision_probability",
            "counts",
            "sum of p^2 from counts",
            in -> Collisions.probability(in.wholes("counts"))),
        number(
            "mean_probability",
            "log_p",
            "sum of p^2 from the draws' probabilities",
            in -> Collisions.meanProbability(in.numbers("log_p"))),
        number(
            "log_p_evidence",
            "outcomes, log_p",
            "log e-value against the log-probabilities, prompts",
            IntervalQuantities::evidence));
  }

  private static double[] ends(Interval interval) {
    return new double[] {interval.lower(), interval.upper()};
  }

  private static double ledger(Inputs in) {
    var ledger = DriftLedger.empty(in.number("top"), in.number("alpha"));
    for (double value : in.numbers("values")) {
      ledger = ledger.plus(value);
    }
    return ledger.upper();
  }

  private static double evidence(Inputs in) {
    List<Inputs> prompts = in.each("outcomes", "log_p");
    var evidence = LogProbabilityEvidence.none();
    for (Inputs prompt : prompts) {
      evidence = evidence.after(prompt.identities("outcomes"), prompt.numbers("log_p"));
    }
    return evidence.logValue();
  }
}
