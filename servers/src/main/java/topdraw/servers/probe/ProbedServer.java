package topdraw.servers.probe;

import java.util.List;
import java.util.OptionalInt;
import topdraw.draw.Prompt;
import topdraw.servers.http.ServerException;

/// A server that probes ask: the very requests that draws are made by, so that what is found holds
/// for them.
public interface ProbedServer {

  /// Asks a question.
  ///
  /// @param question the question
  /// @return the completions that came, at least one
  /// @throws ServerException if none came
  List<Completion> answer(Question question);

  /// The log-probabilities of every token of the vocabulary at one place, where the server gives
  /// them.
  ///
  /// @param text what stands before the place
  /// @return in nats, in any order; empty where they cannot be had
  /// @throws ServerException if no answer came
  double[] vocabulary(String text);

  /// What is known to be taken off for each token where a whole vocabulary cannot be had.
  ///
  /// @return nats a token; 0 where its numbers are right to rounding
  double statedMargin();

  /// Whether the route asked puts a chat template around prompts.
  ///
  /// @return false where it continues texts as they stand
  default boolean templates() {
    return true;
  }

  /// How many tokens a prompt has by another way than by drawing from it.
  ///
  /// @param prompt the prompt
  /// @return the tokens; empty where there is no such way
  /// @throws ServerException if no answer came
  OptionalInt promptTokens(Prompt prompt);
}
