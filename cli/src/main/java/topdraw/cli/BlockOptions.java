package topdraw.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.BlockPolicy;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.selection.Blockwise;
import topdraw.theory.law.Selection;

/// The option that has an answer chosen block by block.
final class BlockOptions {
  @Option(
      names = "--block",
      paramLabel = "M",
      description =
          "Blockwise: of n continuations by M tokens keep the best, go on from there, to the end.")
  private @Nullable Integer block;

  /// The blockwise method asked for.
  ///
  /// @param selection how each block is chosen
  /// @param rewards the first selects
  /// @return the method; empty without `--block`
  /// @throws InputException if the options do not go together
  Optional<Blockwise> method(Selection selection, List<Reward> rewards) {
    Integer tokens = block;
    if (tokens == null) {
      return Optional.empty();
    }
    if (tokens < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "--block counts tokens, from 1, was " + tokens);
    }
    if (!(selection instanceof Selection.BestOfN(double n))) {
      throw new InputException(
          Problem.CONFLICT,
          "--block chooses each block as best-of-n does; leave out the option for another choice");
    }
    return Optional.of(new Blockwise((int) n, tokens, rewards));
  }

  /// A policy that is drawn from block by block.
  static BlockPolicy continuing(ReferencePolicy policy) {
    if (policy instanceof BlockPolicy blocks) {
      return blocks;
    }
    throw new InputException(
        Problem.UNSUPPORTED,
        policy.provenance().model() + " cannot be drawn from block by block; leave out --block");
  }

  /// How many blocks a completion has at most, for a progress bar.
  int mostBlocks(int maxTokens) {
    return block == null ? 1 : Math.ceilDiv(maxTokens, block);
  }
}
