package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.theory.bound.BlockwiseEstimate;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What a single completion chosen block by block says of its policy: one bound with certainty,
/// from the most blocks there can be, and estimates of two tighter ones, each from one response.
public final class BlockwiseFindings {
  private static final Estimator MOST_BLOCKS =
      new Estimator("blockwise_kl_most_blocks", "K_n for each of the most blocks, Theorem B.1");
  private static final Estimator FROM_LENGTHS =
      new Estimator("blockwise_kl_from_lengths", "K_n for each block, Theorem B.1");
  private static final Estimator SHARP =
      new Estimator("blockwise_kl", "d*_n of each block, Theorem 12");

  private BlockwiseFindings() {}

  /// The findings of one round. There is no win rate among them: a policy that chooses block by
  /// block can be far better at its reward than best-of-n, and far worse.
  ///
  /// @param round the round
  /// @param confidence of the intervals
  /// @return bounds on the drift
  public static List<Finding> of(BlockwiseRound round, Confidence confidence) {
    int n = round.n();
    int mostBlocks = Math.ceilDiv(round.mostTokens(), round.blockTokens());
    double top = mostBlocks * KlBounds.analytical(n);
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.theorem(Quantity.KL, Role.UPPER_BOUND, top, MOST_BLOCKS, List.of()));
    findings.add(
        fromOne(
            BlockwiseEstimate.klFromLengths(n, round.blockTokens(), round.blocks().getLast().end()),
            top,
            FROM_LENGTHS,
            List.of(),
            confidence));
    // What is accepted at the end holds all blocks; a number of which nothing follows gives none.
    if (round.blocks().getLast().accepted().logProbability().proves()) {
      double[] blocks = round.blocks().stream().mapToDouble(Block::logProbability).toArray();
      findings.add(
          fromOne(
              BlockwiseEstimate.kl(n, blocks),
              top,
              SHARP,
              PromptPool.TRUE_LOG_PROBABILITIES,
              confidence));
    }
    return findings;
  }

  /// The mean over responses, from one: the interval is that of betting on a number in `[0, top]`,
  /// wide as one response deserves.
  static Finding fromOne(
      double value, double top, Estimator source, List<String> assumptions, Confidence confidence) {
    double[] scaled = {top == 0 ? 0 : Math.min(1, value / top)};
    Interval share = Betting.interval(scaled, confidence.alpha());
    return Finding.estimate(
        Quantity.KL,
        Role.UPPER_BOUND,
        value,
        new Interval(top * share.lower(), top * share.upper()),
        confidence,
        1,
        source,
        assumptions);
  }
}
