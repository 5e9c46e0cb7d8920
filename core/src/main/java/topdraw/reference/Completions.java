package topdraw.reference;

import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import topdraw.draw.Draw;

/// The completions of one request to a [SharedPolicy]. Safe for several threads: each draw is a
/// call that blocks its own (a virtual one is best).
public interface Completions extends AutoCloseable {

  /// How long the prompt is.
  ///
  /// @return tokens, what a chat template adds included
  int promptTokens();

  /// What it takes to draw the same again.
  ///
  /// @return model, fingerprint, sampling and seed
  Provenance provenance();

  /// Draws one completion and waits for it. Where the policy is deterministic
  /// ([SharedPolicy#capabilities]) it is a function of the seed, the prompt, the sampling and
  /// `index`, whatever is drawn beside it.
  ///
  /// Draws of a request begin in the order of their calls; a request whose turn it is begins as
  /// many as the policy draws side by side before the next request has its turn.
  ///
  /// @param index which completion, from 0
  /// @param progress is told, on this thread, how many tokens have been drawn so far; a slow one
  ///   hears fewer numbers and holds nobody up, and one that throws gives the draw up
  /// @return the completion
  /// @throws CancellationException if the thread is interrupted or the completions are closed: the
  ///   draw is given up, and its place goes to another at the next step
  /// @throws DrawFailedException if the drawing failed, or the policy is closed
  Draw draw(int index, IntConsumer progress);

  /// Begins a completion that is drawn block by block, from the same seed and sampling as all
  /// others. One of them is under way at a time, over all requests: this waits for its turn. Other
  /// draws go on beside its steps.
  ///
  /// @param n continuations drawn of every text, at least 1
  /// @return the completion, empty so far; the caller closes it
  /// @throws topdraw.input.InputException if so many continuations cannot be drawn, saying why
  /// @throws CancellationException if the thread is interrupted
  /// @throws DrawFailedException if the policy is closed
  Continuation begin(int n);

  /// What a token adds to a completion's text.
  ///
  /// @param token one of a completion drawn here
  /// @return its bytes of UTF-8, of which a character may need more than one token; none for the
  ///   token that ends a completion
  /// @throws DrawFailedException if the policy is closed
  byte[] bytes(int token);

  /// Gives up what is still being drawn of them. Draws of them that wait end with
  /// [CancellationException].
  @Override
  void close();
}
