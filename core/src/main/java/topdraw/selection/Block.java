package topdraw.selection;

import java.util.List;
import topdraw.draw.Draw;
import topdraw.draw.Tokens;

/// One block of a completion chosen block by block: continuations of the same text, and the one
/// that was kept.
///
/// @param start tokens accepted before it
/// @param candidates the text with each continuation, token by token, in index order, with the
///   selecting reward's score
/// @param chosen position of the one kept
public record Block(int start, List<Draw> candidates, int chosen) {
  /// Copies the list and checks the numbers.
  public Block {
    candidates = List.copyOf(candidates);
    if (start < 0 || chosen < 0 || chosen >= candidates.size()) {
      throw new IllegalArgumentException(
          "needs start >= 0 and a chosen candidate, was start %d, chosen %d of %d"
              .formatted(start, chosen, candidates.size()));
    }
  }

  /// The candidate that was kept.
  ///
  /// @return what is accepted, this block included
  public Draw accepted() {
    return candidates.get(chosen);
  }

  /// The kept block's log-probability given what precedes it.
  ///
  /// @return nats, at most 0
  /// @throws IllegalStateException if the continuations were not drawn token by token
  public double logProbability() {
    return ids(accepted()).logProbability(start);
  }

  /// How long what is accepted is now.
  ///
  /// @return tokens, this block's included
  public int end() {
    return length(accepted());
  }

  /// What the block cost.
  ///
  /// @return tokens drawn, over all candidates
  public long tokensDrawn() {
    return candidates.stream().mapToLong(candidate -> length(candidate) - start).sum();
  }

  private static int length(Draw draw) {
    return ids(draw).size();
  }

  private static Tokens.Ids ids(Draw draw) {
    if (draw.tokens() instanceof Tokens.Ids ids) {
      return ids;
    }
    throw new IllegalStateException("continuations are drawn token by token, was " + draw);
  }
}
