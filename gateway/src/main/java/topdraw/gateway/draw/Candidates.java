package topdraw.gateway.draw;

import java.util.concurrent.CancellationException;
import topdraw.draw.Draw;
import topdraw.gateway.question.ApiException;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;

/// The candidates of one question: independent draws from one policy, each with a random stream of
/// its own. Safe for many threads; each call blocks its own.
public interface Candidates extends AutoCloseable {

  /// Draws one.
  ///
  /// @param index which candidate, from 0
  /// @return the candidate
  /// @throws ApiException if the question is at fault
  /// @throws DrawFailedException if none came this time
  /// @throws CancellationException if the thread is interrupted; the draw is given up at once
  Candidate draw(int index);

  /// Begins a completion that is drawn block by block.
  ///
  /// @param n continuations drawn of every text
  /// @return the completion, empty so far; the caller closes it
  /// @throws ApiException if this model cannot be drawn from so
  Continuation begin(int n);

  /// A completion that was chosen block by block, as the interface gives it.
  ///
  /// @param answer the completion
  /// @return the candidate
  Candidate candidate(Draw answer);

  /// The most tokens of a completion.
  ///
  /// @return at least 1
  int mostTokens();

  /// Gives up what is under way.
  @Override
  void close();
}
