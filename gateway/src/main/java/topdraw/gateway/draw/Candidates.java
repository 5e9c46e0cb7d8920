package topdraw.gateway.draw;

import java.util.concurrent.CancellationException;
import topdraw.gateway.question.ApiException;
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

  /// Gives up what is under way.
  @Override
  void close();
}
