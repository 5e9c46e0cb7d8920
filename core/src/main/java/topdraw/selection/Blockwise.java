package topdraw.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.BlockPolicy;
import topdraw.reference.Continuation;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reward.Reward;

/// Blockwise best-of-n: of `n` continuations by `M` tokens the best is kept, `n` continuations of
/// that are drawn, and so on to the end. Source: the paper, Appendix B, eq. (124); its law is
/// [topdraw.theory.bound.BlockwiseLaw].
///
/// Within a block choices are those of best-of-n ([Selector]): of equal scores the first drawn
/// wins, and a missing score ranks below every number. One block as long as a completion may be is
/// best-of-n itself.
public final class Blockwise {
  private final int n;
  private final int blockTokens;
  private final List<Reward> rewards;

  /// The method.
  ///
  /// @param n continuations drawn per block, at least 1
  /// @param blockTokens the most tokens of a block, `M`, at least 1
  /// @param rewards at least one; the first scores prefixes and selects, the others are recorded
  ///   for the answer
  /// @throws InputException if a number is out of range, or the first reward cannot score prefixes
  public Blockwise(int n, int blockTokens, List<Reward> rewards) {
    if (n < 1 || blockTokens < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "n and the tokens of a block must be at least 1, were %d and %d"
              .formatted(n, blockTokens));
    }
    this.rewards = RewardsOfBeginnings.of(rewards, "choose among blocks");
    this.n = n;
    this.blockTokens = blockTokens;
  }

  /// Draws and chooses one completion.
  ///
  /// @param policy where continuations come from
  /// @param prompt what is asked
  /// @param progress is told how many blocks are accepted and how many tokens drawn
  /// @return the round
  /// @throws InputException if the policy cannot draw so many continuations of the prompt
  public BlockwiseRound select(BlockPolicy policy, Prompt prompt, DrawProgress progress) {
    try (Continuation text = policy.begin(prompt, n)) {
      return select(
          text, prompt, policy.provenance().sampling().maxTokens(), progress, block -> {});
    }
  }

  /// Draws and chooses one completion that has been begun.
  ///
  /// @param text where continuations come from, of `n` candidates; stays the caller's to close
  /// @param prompt what is asked
  /// @param mostTokens the most tokens of a completion
  /// @param progress is told how many blocks are accepted and how many tokens drawn
  /// @param accepted is told of each block once it is chosen
  /// @return the round
  public BlockwiseRound select(
      Continuation text,
      Prompt prompt,
      int mostTokens,
      DrawProgress progress,
      Consumer<Block> accepted) {
    List<Block> blocks = new ArrayList<>();
    int end = 0;
    long drawn = 0;
    while (!text.finished()) {
      int before = blocks.size();
      long tokensBefore = drawn;
      List<Draw> continued =
          text.draw(
              blockTokens, (completions, tokens) -> progress.drawn(before, tokensBefore + tokens));
      Block block = chosen(prompt, end, continued);
      text.accept(block.chosen());
      blocks.add(block);
      end = block.end();
      drawn += block.tokensDrawn();
      accepted.accept(block);
    }
    progress.drawn(blocks.size(), drawn);
    return new BlockwiseRound(
        prompt,
        blockTokens,
        mostTokens,
        rewards.stream().map(Reward::name).toList(),
        blocks,
        answer(prompt, blocks.getLast().accepted()),
        text.tokensDecoded());
  }

  private Block chosen(Prompt prompt, int start, List<Draw> continued) {
    List<Draw> candidates =
        Selector.scored(rewards.subList(0, 1), PromptDraws.of(prompt, continued));
    int best = Selector.best(candidates.stream().map(Draw::score).toList());
    return new Block(start, candidates, best);
  }

  /// The other rewards have no say, so they score the whole answer only.
  private Draw answer(Prompt prompt, Draw last) {
    return Selector.scored(
            rewards.subList(1, rewards.size()), PromptDraws.of(prompt, List.of(last)))
        .getFirst();
  }
}
