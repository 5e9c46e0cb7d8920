package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.theory.BlockwiseEstimate;
import topdraw.theory.Evidence;
import topdraw.theory.Finding;
import topdraw.theory.Finding.Role;
import topdraw.theory.KlBounds;

/// What a single completion chosen block by block says of its policy: one bound with certainty,
/// from the most blocks there can be, and two estimates of tighter ones, each a mean of one.
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
    double[] blocks = round.blocks().stream().mapToDouble(Block::logProbability).toArray();
    return List.of(
        Finding.theorem(
            "kl",
            Role.UPPER_BOUND,
            mostBlocks * KlBounds.analytical(n),
            "nats",
            "K_n for each of at most " + mostBlocks + " blocks, Theorem B.1",
            List.of()),
        fromOne(
            BlockwiseEstimate.klFromLengths(
                n, round.blockTokens(), round.answer().completion().length()),
            "K_n for each of " + blocks.length + " blocks, Theorem B.1",
            List.of()),
        fromOne(
            BlockwiseEstimate.kl(n, blocks),
            "sum of d*_n over the blocks, Theorem 12",
            PromptPool.TRUE_LOG_PROBABILITIES));
  }

  private static Finding fromOne(double value, String source, List<String> assumptions) {
    return new Finding(
        "kl",
        Role.UPPER_BOUND,
        value,
        "nats",
        Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(1),
        source,
        assumptions);
  }
}
