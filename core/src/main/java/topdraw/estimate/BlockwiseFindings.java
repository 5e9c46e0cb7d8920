package topdraw.estimate;

import java.util.List;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.theory.bound.BlockwiseEstimate;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// What a single completion chosen block by block says of its policy: one bound with certainty,
/// from the most blocks there can be, and estimates of two tighter ones, each from one response.
public final class BlockwiseFindings {
  private BlockwiseFindings() {}

  /// The findings of one round. There is no win rate among them: a policy that chooses block by
  /// block can be far better at its reward than best-of-n, and far worse.
  ///
  /// @param round the round
  /// @return bounds on the drift
  public static List<Finding> of(BlockwiseRound round) {
    int n = round.n();
    int mostBlocks = Math.ceilDiv(round.mostTokens(), round.blockTokens());
    double top = mostBlocks * KlBounds.analytical(n);
    double[] blocks = round.blocks().stream().mapToDouble(Block::logProbability).toArray();
    return List.of(
        Finding.theorem(
            "kl",
            Role.UPPER_BOUND,
            top,
            "nats",
            "K_n for each of the most blocks, Theorem B.1",
            List.of()),
        fromOne(
            BlockwiseEstimate.klFromLengths(n, round.blockTokens(), round.blocks().getLast().end()),
            top,
            "K_n for each block, Theorem B.1",
            List.of()),
        fromOne(
            BlockwiseEstimate.kl(n, blocks),
            top,
            "d*_n of each block, Theorem 12",
            PromptPool.TRUE_LOG_PROBABILITIES));
  }

  /// The mean over responses, from one: the interval is that of betting on a number in `[0, top]`,
  /// wide as one response deserves.
  private static Finding fromOne(
      double value, double top, String source, List<String> assumptions) {
    double[] scaled = {top == 0 ? 0 : Math.min(1, value / top)};
    Interval share = Betting.interval(scaled, 1 - PromptPool.CONFIDENCE);
    return Finding.estimate(
        "kl",
        Role.UPPER_BOUND,
        value,
        "nats",
        new Interval(top * share.lower(), top * share.upper()),
        PromptPool.CONFIDENCE,
        1,
        source,
        assumptions);
  }
}
