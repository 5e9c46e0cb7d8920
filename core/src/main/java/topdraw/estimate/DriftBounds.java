package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Role;
import topdraw.theory.numeric.OneDigit;
import topdraw.theory.pool.DriftCertificate;
import topdraw.theory.pool.KlBias;
import topdraw.theory.pool.PromptKl;

/// What is proven of a mean drift from both sides, by betting on estimates whose bias is bounded
/// for every reference policy.
final class DriftBounds {
  private DriftBounds() {}

  /// Whether the bound on the bias was found for pools of these sizes.
  static boolean hold(PromptNumbers numbers) {
    return Arrays.stream(numbers.draws()).allMatch(DriftCertificate::holds);
  }

  /// The bounds that tell more than nothing; none where every possible completion was drawn, as
  /// then the drift is known.
  static List<Finding> of(Measure measure, int n, PromptNumbers numbers, Confidence confidence) {
    List<PromptKl> prompts = Reading.Drift.read(numbers.parts(), numbers.draws());
    if (!hold(numbers) || prompts.stream().allMatch(prompt -> prompt.exact().isPresent())) {
      return List.of();
    }
    double upper = DriftCertificate.upper(prompts, n, confidence.alpha());
    double lower = DriftCertificate.lower(prompts, n, confidence.alpha());
    List<Finding> bounds = new ArrayList<>();
    if (upper < KlBounds.analytical(n)) {
      bounds.add(certified(measure, Role.UPPER_BOUND, upper, n, numbers, confidence));
    }
    if (lower > 0) {
      bounds.add(certified(measure, Role.LOWER_BOUND, lower, n, numbers, confidence));
    }
    return bounds;
  }

  private static Finding certified(
      Measure measure,
      Role role,
      double bound,
      int n,
      PromptNumbers numbers,
      Confidence confidence) {
    List<String> assumptions = new ArrayList<>(Column.OF_BETTING);
    if (measure.rests() == Rests.LOG_PROBABILITIES) {
      assumptions.addAll(PromptPool.TRUE_LOG_PROBABILITIES);
    }
    double bias =
        Arrays.stream(numbers.draws())
            .mapToDouble(draws -> KlBias.allowance(n, draws))
            .max()
            .orElseThrow();
    assumptions.add(
        "no policy gives the estimates a bias of more than "
            + OneDigit.atMost(bias)
            + " nats (found numerically)");
    return Finding.certificate(
            measure.quantity(),
            role,
            bound,
            confidence,
            numbers.samples(),
            Betting.on(measure.source()),
            assumptions)
        .overPrompts(numbers.prompts());
  }
}
