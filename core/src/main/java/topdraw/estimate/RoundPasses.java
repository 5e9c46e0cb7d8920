package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.reward.Comparing;
import topdraw.selection.Round;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.TwoLevelKl;

/// How many draws of one round pass, where the reward is 0 or 1.
///
/// @param passed how many of the draws the selection looked at have the reward 1
/// @param looked how many it looked at
public record RoundPasses(int passed, int looked) {
  private static final Estimator SHARE =
      new Estimator("two_level_kl_of_share", "from how many of these draws pass");

  /// Counts the passes of a round.
  ///
  /// @param round the round
  /// @return the counts; empty where a draw it looked at has another score or none, or where the
  ///   reward compares draws
  public static Optional<RoundPasses> of(Round round) {
    List<Score> scores =
        round.draws().subList(0, round.considered()).stream().map(Draw::score).toList();
    boolean binary =
        scores.stream()
            .allMatch(score -> score instanceof Score.Value(double value) && isZeroOrOne(value));
    if (!binary || Comparing.names(round.rewards().getFirst())) {
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
  /// @return the estimate in nats; empty for other methods, whose number of draws is no plan
  public Optional<Finding> drift(Selection selection, Confidence confidence) {
    if (!(selection instanceof Selection.BestOfN)) {
      return Optional.empty();
    }
    double half = confidence.alpha() / 2;
    Interval rate =
        new Interval(
            ReferenceIntervals.clopperPearsonLower(passed, looked, half),
            1 - ReferenceIntervals.clopperPearsonLower(looked - passed, looked, half));
    return Optional.of(
        Finding.estimate(
            Quantity.KL,
            Role.VALUE,
            TwoLevelKl.of(looked, (double) passed / looked),
            TwoLevelKl.over(looked, rate),
            confidence,
            looked,
            SHARE,
            List.of("the draws are independent")));
  }
}
