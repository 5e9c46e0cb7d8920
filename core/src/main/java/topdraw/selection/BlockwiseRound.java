package topdraw.selection;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.MissingScores;
import topdraw.draw.Prompt;
import topdraw.draw.Score;

/// A completion chosen block by block, and all that it was chosen from.
///
/// @param prompt what was asked
/// @param blockTokens the most tokens of a block, `M`
/// @param mostTokens the most tokens of a completion
/// @param rewards the rewards' names; the first one selected
/// @param blocks the blocks in order, at least one
/// @param answer the whole completion, with one score per reward
/// @param tokensDecoded tokens that the model decoded, those of the prompt included
public record BlockwiseRound(
    Prompt prompt,
    int blockTokens,
    int mostTokens,
    List<String> rewards,
    List<Block> blocks,
    Draw answer,
    long tokensDecoded)
    implements SelectionRound {
  /// Copies the lists.
  public BlockwiseRound {
    rewards = List.copyOf(rewards);
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a completion has at least one block");
    }
  }

  /// How many continuations each block was chosen from.
  ///
  /// @return `n`
  public int n() {
    return blocks.getFirst().candidates().size();
  }

  @Override
  public Optional<Draw> best() {
    return Optional.of(answer);
  }

  /// {@inheritDoc}
  ///
  /// Candidates are scored by the reward that selects alone.
  @Override
  public MissingScores scores() {
    MissingScores scores = MissingScores.of(List.of(answer));
    blocks.stream()
        .flatMap(block -> block.candidates().stream())
        .forEach(candidate -> scores.add(rewards.getFirst(), candidate.score()));
    return scores;
  }

  /// What the round cost.
  ///
  /// @return tokens drawn, over all candidates of all blocks
  public long tokensDrawn() {
    return blocks.stream().mapToLong(Block::tokensDrawn).sum();
  }

  /// How many candidates the selecting reward could not score, over all blocks.
  ///
  /// @return 0 when every score is a number
  public long unscored() {
    return blocks.stream()
        .flatMap(block -> block.candidates().stream())
        .filter(candidate -> candidate.score() instanceof Score.Missing)
        .count();
  }
}
