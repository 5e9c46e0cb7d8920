package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.PromptDraws;
import topdraw.reward.Comparing;
import topdraw.selection.Round;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
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
  static final Estimator SEEN_MASS =
      new Estimator("seen_mass", "seen-mass bound, from the probabilities of what was drawn");
  private static final Estimator POISSON =
      new Estimator("best_of_poisson_continuous", "best-of-Poisson of continuous rewards");
  private static final Estimator GEOMETRIC =
      new Estimator("rewind_kl_upper", "exact geometric bound on the pass rate, Lemma 6.2");
  private static final Estimator REWIND =
      new Estimator("rewind_kl_estimate", "unbiased, Theorem 6.3");
  private static final List<String> INDEPENDENT = List.of("the draws are independent");

  private RoundFindings() {}

  /// The findings of one round.
  ///
  /// @param round the round
  /// @param confidence of what a chance of failing is left to
  /// @return drift first, then win rate, then cost
  public static List<Finding> of(Round round, Confidence confidence) {
    if (Comparing.names(round.rewards().getFirst())) {
      // Votes and knockouts choose one of n draws, but not by a reward of the completion.
      return anyRule(round.considered());
    }
    return switch (round.selection()) {
      case BestOfN(double n) -> withSeenMass(round, (int) n, Double.POSITIVE_INFINITY);
      case EarlyStop(double n, double threshold) -> withSeenMass(round, (int) n, threshold);
      case RewindAndRepeat rewind -> rewind(round.considered(), confidence);
      case SoftBestOfN(int n, double temperature) -> anyRule(n);
      case BestOfPoisson(double mu) -> poisson(mu);
    };
  }

  /// The same with an estimate of the drift, where a round tells enough for one.
  ///
  /// @param round the round
  /// @param confidence of the intervals, and of what a chance of failing is left to
  /// @return what is proven first
  public static List<Finding> withEstimate(Round round, Confidence confidence) {
    List<Finding> findings = new ArrayList<>(of(round, confidence));
    RoundPasses.of(round)
        .flatMap(passes -> passes.drift(round.selection(), confidence, findings))
        .ifPresent(findings::add);
    return findings;
  }

  /// Whatever the rule, one of n draws drifts and wins no further than that.
  static List<Finding> anyRule(int n) {
    return List.of(textbookKl(n), textbookWinRate(n));
  }

  /// Needs no data at all.
  static Finding textbookKl(int n) {
    return Finding.theorem(
        Quantity.KL, Role.UPPER_BOUND, KlBounds.analytical(n), KlBounds.TEXTBOOK, List.of());
  }

  /// Needs no data at all.
  static Finding textbookWinRate(int n) {
    return Finding.theorem(
        Quantity.WIN_RATE,
        Role.UPPER_BOUND,
        WinRateBounds.analytical(n),
        WinRateBounds.TEXTBOOK,
        List.of());
  }

  /// Needs no data at all.
  private static List<Finding> poisson(double mu) {
    return List.of(
        Finding.theorem(
            Quantity.KL, Role.UPPER_BOUND, BestOfPoissonLaw.klContinuous(mu), POISSON, List.of()),
        Finding.theorem(
            Quantity.WIN_RATE,
            Role.UPPER_BOUND,
            BestOfPoissonLaw.winRateContinuous(mu),
            POISSON,
            List.of()));
  }

  static Finding seenMass(Pool pool, int n) {
    return Finding.theorem(
        Quantity.KL,
        Role.UPPER_BOUND,
        pool.seenMassKlBound(n),
        SEEN_MASS,
        PromptPool.TRUE_LOG_PROBABILITIES);
  }

  /// One run of rewind-and-repeat is one draw of a geometric law: enough for an unbiased estimate,
  /// and for a proven bound with its confidence.
  private static List<Finding> rewind(int draws, Confidence confidence) {
    return List.of(
        Finding.certificate(
            Quantity.KL,
            Role.UPPER_BOUND,
            Rewind.klUpper(draws, confidence.alpha()),
            confidence,
            draws,
            GEOMETRIC,
            INDEPENDENT),
        Finding.estimate(
            Quantity.KL,
            Role.VALUE,
            Rewind.klEstimate(draws),
            Rewind.klInterval(draws, confidence.alpha()),
            confidence,
            draws,
            REWIND,
            INDEPENDENT));
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
