package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.reward.PassFail;
import topdraw.selection.Round;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.TwoLevelKl;
import topdraw.theory.pool.TwoLevelWinRate;

/// How many draws of one round pass, where the reward says right or wrong.
///
/// @param passed how many of the draws the selection looked at have the reward 1
/// @param looked how many it looked at
public record RoundPasses(int passed, int looked) {
  private static final Estimator SHARE =
      new Estimator("two_level_kl_of_share", "from how many of these draws pass");
  private static final String INDEPENDENT = "the draws are independent";
  private static final String OF_RATE =
      "the interval is all that the number can be over Clopper and Pearson's of the pass rate";

  /// Counts the passes of a round.
  ///
  /// @param round the round
  /// @return the counts; empty where a draw it looked at has another score or none, or where the
  ///   reward says more than right or wrong
  public static Optional<RoundPasses> of(Round round) {
    List<Score> scores =
        round.draws().subList(0, round.considered()).stream().map(Draw::score).toList();
    boolean binary =
        scores.stream()
            .allMatch(score -> score instanceof Score.Value(double value) && isZeroOrOne(value));
    if (!binary || !PassFail.names(round.rewards().getFirst())) {
      return Optional.empty();
    }
    return Optional.of(
        new RoundPasses(
            (int) scores.stream().filter(score -> score.rank() == 1).count(), scores.size()));
  }

  private static boolean isZeroOrOne(double value) {
    return value == 0 || value == 1;
  }

  /// How far best-of-n drifts from the policy, an *estimate*: the exact law of two levels at the
  /// share of passes, with all that it can be over the interval of Clopper and Pearson.
  ///
  /// @param selection how the round was made
  /// @param confidence of the interval
  /// @param proven what is proven of the drift of this round; it cuts the estimate
  /// @return the estimate in nats; empty for other methods, whose number of draws is no plan
  public Optional<Finding> drift(Selection selection, Confidence confidence, List<Finding> proven) {
    if (!(selection instanceof Selection.BestOfN)) {
      return Optional.empty();
    }
    double most =
        proven.stream()
            .filter(f -> f.quantity() == Quantity.KL && f.evidence() == Evidence.THEOREM)
            .mapToDouble(Finding::value)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return Optional.of(drift(looked, new Interval(0, most), confidence));
  }

  /// The same of the best of any number of draws.
  ///
  /// @param n of how many draws the best is taken
  /// @param proven between what the drift lies, in nats
  Finding drift(int n, Interval proven, Confidence confidence) {
    double value =
        Math.clamp(TwoLevelKl.of(n, (double) passed / looked), proven.lower(), proven.upper());
    return Finding.estimate(
        Quantity.KL,
        Role.VALUE,
        value,
        Means.cut(range(n, confidence), value, proven),
        confidence,
        looked,
        SHARE,
        List.of(INDEPENDENT));
  }

  /// All that the drift of the best of `n` can be over the interval of Clopper and Pearson.
  private Interval range(int n, Confidence confidence) {
    return TwoLevelKl.over(n, rate(confidence));
  }

  private Interval rate(Confidence confidence) {
    double half = confidence.alpha() / 2;
    return new Interval(
        ReferenceIntervals.clopperPearsonLower(passed, looked, half),
        1 - ReferenceIntervals.clopperPearsonLower(looked - passed, looked, half));
  }

  /// An estimate of the same drift that is corrected for bias, kept to what it can be, with the
  /// interval of [#drift].
  ///
  /// @param told the estimate
  /// @param proven between what the drift lies, in nats
  Finding corrected(Finding told, int n, Interval proven, Confidence confidence) {
    return kept(told, range(n, confidence), proven, confidence);
  }

  /// An estimate of the win rate, kept to what it can be at a rate of passes in that interval.
  ///
  /// @param told the estimate
  Finding winRate(Finding told, int n, Confidence confidence) {
    Interval allowed = TwoLevelWinRate.over(n, rate(confidence));
    Interval any = told.quantity().range();
    return kept(told, allowed, any, confidence);
  }

  /// An estimate of how many draws early stop makes of at most `n`, kept to what it can be: they
  /// fall as the rate of passes rises.
  ///
  /// @param told the estimate
  Finding stopDraws(Finding told, int n, Confidence confidence) {
    Interval rate = rate(confidence);
    return kept(
        told,
        new Interval(stopDraws(n, rate.upper()), stopDraws(n, rate.lower())),
        new Interval(1, n),
        confidence);
  }

  /// `(1 - (1-p)^n) / p`, which is `1 + (1-p) + … + (1-p)^(n-1)`.
  private static double stopDraws(int n, double rate) {
    return rate == 0 ? n : new SuccessStatistic.AnyOf(n).ofRate(rate) / rate;
  }

  private Finding kept(Finding told, Interval allowed, Interval proven, Confidence confidence) {
    double value =
        Math.clamp(
            Math.clamp(told.value(), allowed.lower(), allowed.upper()),
            proven.lower(),
            proven.upper());
    return Finding.estimate(
        told.quantity(),
        Role.VALUE,
        value,
        Means.cut(allowed, value, proven),
        confidence,
        looked,
        told.source(),
        List.of(INDEPENDENT, OF_RATE));
  }
}
