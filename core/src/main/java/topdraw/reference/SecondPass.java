package topdraw.reference;

import java.util.List;
import java.util.Optional;
import topdraw.draw.PromptDraws;

/// Says of completions that are there already how likely a model finds them: each token given those
/// before it.
public interface SecondPass extends AutoCloseable {

  /// Who says so: model, server and settings. The same words are the same second pass.
  ///
  /// @return one line
  String words();

  /// Why its numbers prove nothing of the completions it is shown, where that holds for all of
  /// them.
  ///
  /// @return a sentence; empty where it is known to be what drew them
  Optional<String> caveat();

  /// Looks at the draws of one prompt.
  ///
  /// @param prompt the draws, and what was asked
  /// @return an answer for each, in their order
  /// @throws DrawFailedException if nobody answers any more
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  List<Rescored> of(PromptDraws prompt);

  @Override
  void close();
}
