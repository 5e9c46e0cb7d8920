package topdraw.selection;

import java.util.List;

/// One block of a completion chosen block by block: continuations of the same text, and the one
/// that was kept.
///
/// @param start tokens accepted before it
/// @param candidates the text with each continuation, in index order, with the selecting reward's
///   score
/// @param chosen position of the one kept
public record Block(int start, List<Candidate> candidates, int chosen) {
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
  public Candidate accepted() {
    return candidates.get(chosen);
  }

  /// The kept block's log-probability given what precedes it.
  ///
  /// @return nats, at most 0
  public double logProbability() {
    double[] tokens = accepted().completion().tokenLogProbabilities();
    double sum = 0;
    for (int i = start; i < tokens.length; i++) {
      sum += tokens[i];
    }
    return sum;
  }

  /// What the block cost.
  ///
  /// @return tokens drawn, over all candidates
  public long tokensDrawn() {
    return candidates.stream()
        .map(Candidate::completion)
        .mapToLong(completion -> completion.length() - start)
        .sum();
  }
}
