package topdraw.advice;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.theory.confidence.AcceptanceThreshold;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// From which score on the winner of best-of-n is given as the answer, so that confidently wrong
/// answers are rare: one winner of each prompt, of its first n draws.
final class Acceptance {
  private static final Estimator RISK =
      new Estimator("conformal_risk", "conformal risk control on the recorded prompts");
  private static final Estimator PRECISION =
      new Estimator("learn_then_test", "tests from the highest score down, at fixed numbers");
  private static final Estimator WITHHELD =
      new Estimator("share_below", "share of recorded prompts below the threshold");
  private static final Estimator BY_DESIGN = new Estimator("method", "the method itself");

  private static final List<String> INDEPENDENT =
      List.of("the prompts are drawn independently from those that matter");

  private final ScoredPrompts scores;
  private final double most;

  private Acceptance(ScoredPrompts scores, double most) {
    this.scores = scores;
    this.most = most;
  }

  /// Thresholds for some n, each bound by itself.
  ///
  /// @param scores the prompts, with gold
  /// @param most the chance of a wrong answer that is allowed, in `(0, 1)`
  /// @param grid the values of n; empty for 1, 2, 4, 8, …
  /// @return the advice
  static Advice of(ScoredPrompts scores, double most, List<Integer> grid) {
    if (scores.refusal().isPresent()) {
      return Advice.refused(Subject.ACCEPTANCE, scores.refusal().get());
    }
    if (scores.count() == 0 || !scores.goldIsBinary()) {
      return Advice.refused(
          Subject.ACCEPTANCE,
          "whether an answer is wrong needs a gold reward of 0 or 1 for every draw");
    }
    var acceptance = new Acceptance(scores, most);
    List<Advice.Row> rows = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int n : Grid.upTo(grid, scores.draws())) {
      acceptance.at(n, rows, reasons);
    }
    return new Advice(Subject.ACCEPTANCE, rows, reasons);
  }

  private void at(int n, List<Advice.Row> rows, List<String> reasons) {
    var score = new double[scores.count()];
    var wrong = new boolean[score.length];
    for (int j = 0; j < score.length; j++) {
      Scored one = scores.prompts().get(j);
      Optional<Integer> winner = one.winner(n);
      // A prompt without a score has the lowest one, and nothing right to give.
      score[j] = winner.map(i -> one.rewards()[i]).orElse(Double.NEGATIVE_INFINITY);
      wrong[j] = winner.map(i -> one.gold()[i] == 0).orElse(true);
    }
    var pilot = new AcceptanceThreshold(score, wrong);
    OptionalDouble risk = pilot.forJointRisk(most);
    OptionalDouble precision = pilot.forPrecision(most, scores.confidence().alpha());
    if (risk.isPresent()) {
      rows.add(row(n, "given and wrong", pilot, risk.getAsDouble(), ofRisk()));
    } else {
      long needed = AcceptanceThreshold.promptsNeeded(most);
      reasons.add(
          "n = %d: no score keeps answers that are given and wrong below %s on average%s"
              .formatted(
                  n,
                  most,
                  score.length < needed ? "; at least " + needed + " prompts needed" : ""));
    }
    if (precision.isPresent()) {
      rows.add(row(n, "wrong among those given", pilot, precision.getAsDouble(), ofPrecision()));
    } else {
      reasons.add(
          "n = %d: no score is proven to keep wrong answers below %s of those given; more prompts may"
                  .formatted(n, most)
              + " prove one");
    }
  }

  private Finding ofRisk() {
    List<String> assumptions = new ArrayList<>(INDEPENDENT);
    assumptions.add(
        "it holds on average over choices of a threshold such as this one, not of each");
    return new Finding(
        Quantity.CONFIDENTLY_WRONG,
        Role.UPPER_BOUND,
        most,
        Evidence.THEOREM,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.of(scores.count()),
        RISK,
        assumptions);
  }

  private Finding ofPrecision() {
    List<String> assumptions = new ArrayList<>(INDEPENDENT);
    assumptions.add("averaged over answers that score as those given here");
    return Finding.certificate(
            Quantity.WRONG_IF_ANSWERED,
            Role.UPPER_BOUND,
            most,
            scores.confidence(),
            scores.samples(),
            PRECISION,
            assumptions)
        .overPrompts(scores.count());
  }

  private Advice.Row row(
      int n, String rule, AcceptanceThreshold pilot, double threshold, Finding bound) {
    int withheld = pilot.withheld(threshold);
    int count = scores.count();
    double alpha = scores.confidence().alpha() / 2;
    Finding abstention =
        Finding.estimate(
                Quantity.ABSTENTION_RATE,
                Role.VALUE,
                (double) withheld / count,
                new Interval(
                    ReferenceIntervals.clopperPearsonLower(withheld, count, alpha),
                    ReferenceIntervals.clopperPearsonUpper(withheld, count, alpha)),
                scores.confidence(),
                scores.samples(),
                WITHHELD,
                List.of(
                    scores.assumption(),
                    "the threshold was chosen on the same prompts: of a threshold chosen beforehand"
                        + " the interval is exact"))
            .overPrompts(count);
    return new Advice.Row(
        Optional.of(rule),
        Numbers.of(entry("n", (double) n), entry("most", most)),
        List.of(
            bound,
            Finding.exact(Quantity.ACCEPTANCE_THRESHOLD, threshold, bound.source()),
            abstention,
            Finding.exact(Quantity.DRAWS, n, BY_DESIGN)));
  }
}
