package topdraw.reference;

import java.util.List;
import topdraw.draw.Draw;
import topdraw.reference.ReferencePolicy.DrawProgress;

/// Completions of one prompt drawn side by side, some tokens of each at a time, so that one that
/// begins badly can be given up before its end. For one thread.
///
/// Completion `j` is completion `j` of [ReferencePolicy#draw], in however many parts it is drawn
/// and whatever is given up beside it. So they are independent draws of the policy; what is given
/// up is a draw of which the rest was not looked at.
public interface Beginnings extends AutoCloseable {

  /// Draws each on that has not ended and was not given up, until it is so long.
  ///
  /// @param tokens how long, from the first token on, at least 1; the limit on a completion holds
  ///   too
  /// @param progress is told how many are whole and how many tokens this call has drawn
  /// @return all as they are now, in index order, token by token: their end says whether the policy
  ///   ended it or it was cut there
  /// @throws IllegalStateException if it is closed
  List<Draw> drawTo(int tokens, DrawProgress progress);

  /// Draws no more of one.
  ///
  /// @param completion its index
  /// @throws IllegalArgumentException if there is no such completion
  /// @throws IllegalStateException if nothing was drawn yet, or it is closed
  void giveUp(int completion);

  /// What the drawing cost the model.
  ///
  /// @return tokens decoded so far, those of the prompt included
  long tokensDecoded();

  /// Drops the completions and what is kept for them.
  @Override
  void close();
}
