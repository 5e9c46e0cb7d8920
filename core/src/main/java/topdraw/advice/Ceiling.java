package topdraw.advice;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import topdraw.estimate.Column;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What best-of-n tends to as n grows, where the highest score is one that many draws share, such
/// as a pass: how often draws of that score are right, a mean over prompts.
///
/// Of a prompt whose draws never reached it nothing is known: for the bound it counts as always
/// right. Given that some reach it, the share of them that is right is unbiased; so the mean bounds
/// the ceiling from above on average, and betting with confidence. Source: ours, `docs/theory.md`
/// 15.
final class Ceiling {
  private static final int FEWEST = 10;

  private static final Estimator TOP =
      new Estimator(
          "right_at_the_top", "share of each prompt's highest-scored draws that is right");
  private static final Estimator AT_MOST =
      new Estimator(
          "right_at_the_top_upper", "betting on that share, 1 where no draw has the highest score");

  private Ceiling() {}

  /// The ceiling.
  ///
  /// @param scores the prompts, with gold
  /// @return the advice
  static Advice of(ScoredPrompts scores) {
    if (scores.refusal().isPresent()) {
      return Advice.refused(Subject.CEILING, scores.refusal().get());
    }
    if (scores.count() == 0 || !scores.goldIsBinary()) {
      return Advice.refused(
          Subject.CEILING, "a ceiling of accuracy needs a gold reward of 0 or 1 for every draw");
    }
    double top =
        scores.prompts().stream()
            .flatMapToDouble(one -> Arrays.stream(one.rewards()))
            .max()
            .orElseThrow();
    long reached = scores.prompts().stream().mapToLong(one -> reached(one, top)).sum();
    if (!(scores.binary() && top == 1) && reached < FEWEST) {
      return Advice.refused(
          Subject.CEILING,
          "%d draws share the highest score, fewer than %d: the best scores seen say nothing of better ones"
              .formatted(reached, FEWEST));
    }
    return new Advice(
        Subject.CEILING,
        List.of(Advice.row(entry("score", top), findings(scores, top))),
        List.of());
  }

  private static long reached(Scored one, double top) {
    return Arrays.stream(one.rewards()).filter(r -> r == top).count();
  }

  private static List<Finding> findings(ScoredPrompts scores, double top) {
    double[] right =
        scores.prompts().stream()
            .filter(one -> reached(one, top) > 0)
            .mapToDouble(one -> right(one, top))
            .toArray();
    double[] orOne =
        scores.prompts().stream()
            .mapToDouble(one -> reached(one, top) > 0 ? right(one, top) : 1)
            .toArray();
    var unit = new Interval(0, 1);
    Finding estimate =
        new Column(right, scores.samples())
            .mean(Quantity.VERIFIER_CEILING, Role.VALUE, unit, TOP, scores.confidence());
    var all = new Column(orOne, scores.samples());
    List<String> assumptions = new ArrayList<>(Column.OF_BETTING);
    if (!scores.binary()) {
      assumptions.add("no draw scores above the highest score seen");
    }
    Finding bound =
        Finding.certificate(
                Quantity.VERIFIER_CEILING,
                Role.UPPER_BOUND,
                all.bound(Role.UPPER_BOUND, unit, scores.confidence().alpha()),
                scores.confidence(),
                scores.samples(),
                AT_MOST,
                assumptions)
            .overPrompts(scores.count());
    return List.of(estimate, bound);
  }

  /// The share of the draws of the highest score that is right.
  private static double right(Scored one, double top) {
    return IntStream.range(0, one.draws())
        .filter(i -> one.rewards()[i] == top)
        .mapToDouble(i -> one.gold()[i])
        .average()
        .orElseThrow();
  }
}
