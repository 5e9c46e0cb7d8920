package topdraw.selection;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import topdraw.draw.Draw;
import topdraw.draw.MissingScores;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.theory.law.Selection;

/// The draws of one selection and the one it chose.
///
/// @param prompt what was asked
/// @param selection how the choice was made
/// @param rewards the rewards' names; the first one selected
/// @param draws everything drawn, scored by each reward, in index order
/// @param considered how many of them the selection looked at, from the first: with a threshold,
///   the draws up to the one that reached it; those after it were drawn along with it and have no
///   say
/// @param chosen position of the chosen one among `draws`
/// @param stopped whether the threshold was reached
public record Round(
    Prompt prompt,
    Selection selection,
    List<String> rewards,
    List<Draw> draws,
    int considered,
    int chosen,
    boolean stopped)
    implements SelectionRound {
  /// Copies the lists and checks the positions.
  public Round {
    rewards = List.copyOf(rewards);
    draws = List.copyOf(draws);
    if (!(0 <= chosen && chosen < considered && considered <= draws.size())) {
      throw new IllegalArgumentException(
          "needs chosen < considered <= draws, was "
              + chosen
              + ", "
              + considered
              + ", "
              + draws.size());
    }
  }

  /// The chosen draw.
  ///
  /// @return the draw that is the answer
  public Draw winner() {
    return draws.get(chosen);
  }

  /// Whether nothing that the selection looked at has a score, so that no completion is better than
  /// another.
  ///
  /// @return whether there is no best
  public boolean nothingScored() {
    return draws.subList(0, considered).stream()
        .allMatch(draw -> draw.score() instanceof Score.Missing);
  }

  @Override
  public Optional<Draw> best() {
    return nothingScored() ? Optional.empty() : Optional.of(winner());
  }

  @Override
  public MissingScores scores() {
    return MissingScores.of(draws);
  }

  /// What the round cost.
  ///
  /// @return tokens drawn, over all draws; empty where the length of one is not known
  public OptionalLong tokensDrawn() {
    return tokens(draws);
  }

  /// How many draws the selecting reward could not score.
  ///
  /// @return 0 when every score is a number
  public long unscored() {
    return draws.stream().filter(d -> d.score() instanceof Score.Missing).count();
  }

  static OptionalLong tokens(List<Draw> draws) {
    double sum = 0;
    for (Draw draw : draws) {
      if (draw.length().isEmpty()) {
        return OptionalLong.empty();
      }
      sum += draw.length().getAsDouble();
    }
    return OptionalLong.of(Math.round(sum));
  }
}
