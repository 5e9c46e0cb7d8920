package topdraw.gateway.draw;

import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;

/// One completion that may become the answer.
///
/// @param draw the completion, and what its log-probability is worth
/// @param choice it as a choice of OpenAI's interface, with everything the model's server said
/// @param promptTokens how many tokens the prompt has, where that is known
/// @param tokens how many tokens were drawn, where that is known
public record Candidate(
    Draw draw, ObjectNode choice, OptionalInt promptTokens, OptionalInt tokens) {
  /// The same with the draw as a reward has scored it.
  ///
  /// @param scored the draw
  /// @return the candidate
  public Candidate with(Draw scored) {
    return new Candidate(scored, choice, promptTokens, tokens);
  }

  /// The same under the number that it has in its answer.
  ///
  /// @param index from 0
  /// @return the candidate
  public Candidate at(int index) {
    return with(draw.withIndex(index));
  }
}
