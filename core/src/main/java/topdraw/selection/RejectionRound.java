package topdraw.selection;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.MissingScores;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Tokens;

/// A completion chosen among several of which some were given up on their way, and all that it was
/// chosen from.
///
/// @param prompt what was asked
/// @param rule when completions were looked at, and which were given up
/// @param rewards the rewards' names; the first one selected
/// @param draws all that were begun, in index order, as far as they were drawn; one given up has
///   the selecting score of its beginning, a whole one a score of each reward
/// @param reached the checkpoints of the rule at which some were not whole, so that it gave some up
///   or let them go on
/// @param left positions of those not given up, in rising order
/// @param chosen position of the chosen one, one of those left
/// @param tokensDecoded tokens that the model decoded, those of the prompt included
public record RejectionRound(
    Prompt prompt,
    RejectionRule rule,
    List<String> rewards,
    List<Draw> draws,
    List<Integer> reached,
    List<Integer> left,
    int chosen,
    long tokensDecoded)
    implements SelectionRound {
  /// Copies the lists and checks the choice.
  public RejectionRound {
    rewards = List.copyOf(rewards);
    draws = List.copyOf(draws);
    reached = List.copyOf(reached);
    left = List.copyOf(left);
    if (!left.contains(chosen) || left.getLast() >= draws.size()) {
      throw new IllegalArgumentException(
          "needs one of those left chosen, was " + chosen + " of " + left);
    }
  }

  /// How many completions were begun.
  ///
  /// @return `n`
  public int n() {
    return draws.size();
  }

  /// The chosen completion.
  ///
  /// @return the draw that is the answer
  public Draw winner() {
    return draws.get(chosen);
  }

  /// Whether none that went on to the end has a score, so that none is better than another.
  ///
  /// @return whether there is no best
  public boolean nothingScored() {
    return left.stream().allMatch(j -> draws.get(j).score() instanceof Score.Missing);
  }

  @Override
  public Optional<Draw> best() {
    return nothingScored() ? Optional.empty() : Optional.of(winner());
  }

  /// {@inheritDoc}
  ///
  /// Those that were not chosen are scored by the reward that selects alone.
  @Override
  public MissingScores scores() {
    MissingScores scores = MissingScores.of(List.of(winner()));
    draws.stream()
        .filter(draw -> draw.index() != winner().index())
        .forEach(draw -> scores.add(rewards.getFirst(), draw.score()));
    return scores;
  }

  /// What the round cost.
  ///
  /// @return tokens drawn, over all completions, whole or given up
  /// @throws IllegalStateException if completions were not drawn token by token
  public long tokensDrawn() {
    return draws.stream().mapToLong(RejectionRound::length).sum();
  }

  private static long length(Draw draw) {
    if (draw.tokens() instanceof Tokens.Ids ids) {
      return ids.size();
    }
    throw new IllegalStateException("completions are drawn token by token, was " + draw);
  }

  /// How many completions the selecting reward could not score.
  ///
  /// @return 0 when every score is a number
  public long unscored() {
    return draws.stream().filter(draw -> draw.score() instanceof Score.Missing).count();
  }
}
