package topdraw.gateway.choose;

import java.util.List;
import topdraw.draw.LogProbability;
import topdraw.draw.Score;
import topdraw.gateway.draw.Candidate;
import topdraw.reward.Comparing;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.theory.bound.BlockwiseEstimate;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;

/// What an answer is entered with in the ledger: an *estimate* whose mean is at least the drift of
/// its request, whatever the prompt ([topdraw.theory.confidence.DriftLedger]).
///
/// By place: where the reward says right or wrong, best-of-n returns the first that is right, which
/// is an early stop that drew on; the place of that first one tells the drift without any
/// probability. Far below the textbook's number on average, above it now and then. Else it is
/// `d*_n` of the answer's probability, and the most that one of n draws can drift where that is not
/// known; of an answer chosen block by block the sum over its blocks.
///
/// @param way which of them an account holds to
/// @param blocks the most blocks of an answer; 1 where answers are whole
public record Drifts(Way way, int blocks) {
  /// What tells the drift.
  public enum Way {
    /// The place of the first that is enough.
    PLACE,
    /// The probability of what is returned.
    PROBABILITY
  }

  /// The most that an entry can be.
  ///
  /// @param plan how an answer is chosen
  /// @param n among how many completions, at least 1
  /// @return in nats
  public double most(Plan plan, int n) {
    return plan.selection() instanceof Selection.BestOfPoisson(double mu)
        ? BestOfPoissonLaw.klContinuous(mu)
        : most(n);
  }

  /// The most that an entry of an account can be.
  ///
  /// @param n the most completions of one answer, at least 1
  /// @return in nats
  public double most(int n) {
    return switch (way) {
      case PLACE -> Rewind.klEstimate(n); // H_{n-1}
      case PROBABILITY -> blocks * KlBounds.analytical(n);
    };
  }

  /// The entry of an answer.
  ///
  /// @param plan how it was to be chosen
  /// @param chosen what came of it
  /// @return in nats, from 0 to the most
  public double of(Plan plan, Chosen chosen) {
    int n = plan.n();
    if (plan.selection() instanceof Selection.BestOfPoisson(double mu)) {
      return BestOfPoissonLaw.klContinuous(mu);
    }
    if (n < 2) return 0;
    return switch (chosen) {
      case Chosen.BlockByBlock(BlockwiseRound round, var winner) -> ofBlocks(round);
      case Chosen.AmongWhole whole -> ofWhole(plan, whole);
    };
  }

  /// By Theorem 12 each block's `d*_n` where its probability is known, else the most it can be.
  private static double ofBlocks(BlockwiseRound round) {
    int n = round.n();
    return round.blocks().getLast().accepted().logProbability().proves()
        ? BlockwiseEstimate.kl(
            n, round.blocks().stream().mapToDouble(Block::logProbability).toArray())
        : round.blocks().size() * KlBounds.analytical(n);
  }

  private double ofWhole(Plan plan, Chosen.AmongWhole chosen) {
    int n = plan.n();
    return switch (plan.selection()) {
      case Selection.EarlyStop(double most, double threshold) when way == Way.PLACE ->
          upTo(threshold, n, chosen);
      case Selection.BestOfN _ when plan.tellsByPlace() && way == Way.PLACE -> upTo(1, n, chosen);
      case Selection.SoftBestOfN _ -> KlBounds.analytical(n);
      case Selection.BestOfN _ when Comparing.names(plan.reward().name()) -> KlBounds.analytical(n);
      // An early stop is best-of-n of a reward that is cut at the threshold.
      case Selection.BestOfN _, Selection.EarlyStop _ ->
          KlBounds.sharpBoundFromLog((double) n, floor(chosen));
      case Selection.BestOfPoisson _, Selection.RewindAndRepeat _ ->
          throw new IllegalArgumentException("nothing is drawn here without an end");
    };
  }

  /// The first that reaches the threshold, or the best of all.
  private static double upTo(double threshold, int n, Chosen.AmongWhole chosen) {
    List<Candidate> candidates = chosen.candidates();
    for (Candidate candidate : candidates) {
      if (candidate.draw().score() instanceof Score.Value(double value) && value >= threshold) {
        // By its index: draws before it that failed for good were draws all the same.
        int place = candidate.draw().index() + 1;
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
