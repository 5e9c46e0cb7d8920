package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.draw.PromptDraws;
import topdraw.selection.Round;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.law.Selection.BestOfPoisson;
import topdraw.theory.law.Selection.EarlyStop;
import topdraw.theory.law.Selection.RewindAndRepeat;
import topdraw.theory.law.Selection.SoftBestOfN;
import topdraw.theory.pool.Pool;

/// What a single selection says of its policy, with certainty: bounds that hold for the one pool in
/// hand, without any average.
public final class RoundFindings {
  private RoundFindings() {}

  /// The findings of one round.
  ///
  /// @param round the round
  /// @return drift first, then win rate, then cost
  public static List<Finding> of(Round round) {
    return switch (round.selection()) {
      case BestOfN(double n) -> withSeenMass(round, (int) n, Double.POSITIVE_INFINITY);
      case EarlyStop(double n, double threshold) -> withSeenMass(round, (int) n, threshold);
      case RewindAndRepeat _ -> rewind(round.considered());
      case SoftBestOfN(int n, _) ->
          // Whatever the rule, one of n draws drifts and wins no further than that.
          List.of(textbookKl(n), textbookWinRate(n));
      case BestOfPoisson(double mu) -> poisson(mu);
    };
  }

  /// Needs no data at all.
  static Finding textbookKl(int n) {
    return Finding.theorem(
        "kl",
        Role.UPPER_BOUND,
        KlBounds.analytical(n),
        "nats",
        "textbook: log n - (n-1)/n, Theorem 3.1",
        List.of());
  }

  /// Needs no data at all.
  static Finding textbookWinRate(int n) {
    return Finding.theorem(
        "win_rate",
        Role.UPPER_BOUND,
        WinRateBounds.analytical(n),
        "probability",
        "textbook: n/(n+1), Theorem 5.3",
        List.of());
  }

  /// Needs no data at all.
  private static List<Finding> poisson(double mu) {
    return List.of(
        Finding.theorem(
            "kl",
            Role.UPPER_BOUND,
            BestOfPoissonLaw.klContinuous(mu),
            "nats",
            "best-of-Poisson of continuous rewards",
            List.of()),
        Finding.theorem(
            "win_rate",
            Role.UPPER_BOUND,
            BestOfPoissonLaw.winRateContinuous(mu),
            "probability",
            "best-of-Poisson of continuous rewards",
            List.of()));
  }

  static Finding seenMass(Pool pool, int n) {
    return Finding.theorem(
        "kl",
        Role.UPPER_BOUND,
        pool.seenMassKlBound(n),
        "nats",
        "seen-mass bound, from the probabilities of what was drawn",
        PromptPool.TRUE_LOG_PROBABILITIES);
  }

  /// One run of rewind-and-repeat is one draw of a geometric law: enough for an unbiased estimate,
  /// and for a proven bound with its confidence.
  private static List<Finding> rewind(int draws) {
    double alpha = 1 - PromptPool.CONFIDENCE;
    return List.of(
        new Finding(
            "kl",
            Role.UPPER_BOUND,
            Rewind.klUpper(draws, alpha),
            "nats",
            Evidence.THEOREM,
            OptionalDouble.of(PromptPool.CONFIDENCE),
            Optional.empty(),
            OptionalLong.of(draws),
            "exact geometric bound on the pass rate, Lemma 6.2",
            List.of("the draws are independent")),
        Finding.estimate(
            "kl",
            Role.VALUE,
            Rewind.klEstimate(draws),
            "nats",
            Rewind.klInterval(draws, alpha),
            PromptPool.CONFIDENCE,
            draws,
            "unbiased, Theorem 6.3",
            List.of("the draws are independent")));
  }

  /// An early stop is best-of-n of the reward clipped at the threshold, so its bounds are those.
  private static List<Finding> withSeenMass(Round round, int n, double threshold) {
    PromptDraws drawn = PromptDraws.of(round.prompt(), round.draws());
    if (drawn.draws().stream().noneMatch(draw -> draw.logProbability().proves())) {
      return List.of(textbookKl(n), textbookWinRate(n));
    }
    Pool pool =
        Pool.of(
            drawn.outcomes(),
            drawn.draws().stream()
                .mapToDouble(d -> Math.min(threshold, d.score().rank()))
                .toArray(),
            PromptPool.floors(drawn));
    return List.of(textbookKl(n), seenMass(pool, n), textbookWinRate(n));
  }
}
