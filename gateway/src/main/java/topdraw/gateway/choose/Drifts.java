package topdraw.gateway.choose;

import java.util.List;
import topdraw.draw.LogProbability;
import topdraw.draw.Score;
import topdraw.gateway.draw.Candidate;
import topdraw.reward.Comparing;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Selection;

/// What an answer is entered with in the ledger: an *estimate* whose mean is at least the drift of
/// its request, whatever the prompt ([topdraw.theory.confidence.DriftLedger]).
///
/// Where the reward says right or wrong, best-of-n returns the first that is right: it is an early
/// stop that drew on, and the place of that first one tells the drift without any probability. Else
/// it is `d*_n` of the answer's probability, and the most that n draws can drift where that is not
/// known.
public final class Drifts {
  private Drifts() {}

  /// The entry of an answer.
  ///
  /// @param plan how it was to be chosen
  /// @param chosen what came of it
  /// @return in nats, from 0 to the plan's most
  public static double of(Plan plan, Chosen chosen) {
    int n = plan.n();
    if (n < 2 && !(plan.selection() instanceof Selection.BestOfPoisson)) return 0;
    return switch (plan.selection()) {
      case Selection.BestOfPoisson(double mu) -> BestOfPoissonLaw.klContinuous(mu);
      case Selection.SoftBestOfN _ -> KlBounds.analytical(n);
      case Selection.EarlyStop(double most, double threshold) -> upTo(threshold, n, chosen);
      case Selection.BestOfN _ when Comparing.names(plan.reward().name()) ->
          KlBounds.analytical(n);
      case Selection.BestOfN _ when plan.passFail() -> upTo(1, n, chosen);
      case Selection.BestOfN _ -> KlBounds.sharpBoundFromLog((double) n, floor(chosen));
      case Selection.RewindAndRepeat _ ->
          throw new IllegalArgumentException("nothing is drawn here without an end");
    };
  }

  /// The first that reaches the threshold, or the best of all.
  private static double upTo(double threshold, int n, Chosen chosen) {
    List<Candidate> candidates = chosen.candidates();
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).draw().score() instanceof Score.Value(double value)
          && value >= threshold) {
        // By its index: draws before it that failed for good were draws all the same.
        int place = candidates.get(i).draw().index() - chosen.first() + 1;
        return EarlyStopping.klEstimate(n, place, true, floor(chosen));
      }
    }
    return EarlyStopping.klEstimate(n, n, false, floor(chosen));
  }

  private static double floor(Chosen chosen) {
    LogProbability p = chosen.winner().draw().logProbability();
    return p.proves() ? p.floor() : Double.NEGATIVE_INFINITY;
  }
}
