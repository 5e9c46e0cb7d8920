package topdraw.reference;

import java.util.List;
import topdraw.draw.Draw;
import topdraw.reference.ReferencePolicy.DrawProgress;

/// A completion under way: a prompt and what has been accepted so far. For one thread.
///
/// The continuation of block `b` and candidate `j` is a function of the policy's seed, the prompt,
/// what is accepted, `b` and `j` alone, not of how many candidates there are. A first block as long
/// as a completion may be is the plain completion `j` ([ReferencePolicy#draw]).
public interface Continuation extends AutoCloseable {

  /// Draws the candidates of the next block.
  ///
  /// @param tokens the most tokens of a block, at least 1; the limit on a completion holds too
  /// @param progress is told how the drawing goes
  /// @return what is accepted with each continuation behind it, in index order, token by token:
  ///   their end says whether the policy ended it or it was cut there
  /// @throws IllegalStateException if the completion is whole, or candidates wait for [#accept]
  List<Draw> draw(int tokens, DrawProgress progress);

  /// Keeps one of the candidates just drawn and drops the others.
  ///
  /// @param candidate its index
  /// @throws IllegalStateException if no candidates wait
  /// @throws IllegalArgumentException if there is no such candidate
  void accept(int candidate);

  /// Whether what is accepted is a whole completion: the policy ended it, or it has as many tokens
  /// as a completion may have.
  ///
  /// @return true when there is nothing more to draw
  boolean finished();

  /// What the drawing cost the model.
  ///
  /// @return tokens decoded so far, those of the prompt included
  long tokensDecoded();

  /// Drops the completion and what is kept for it.
  @Override
  void close();
}
