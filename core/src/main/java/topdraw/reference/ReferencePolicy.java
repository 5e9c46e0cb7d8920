package topdraw.reference;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A source of completions that knows the probability of what it draws.
///
/// Draws are independent, and completion `i` of a prompt is a function of the policy's seed, the
/// prompt and `i` alone: asking for 4 and then 12 more gives the same 16 completions as asking for
/// 16.
public interface ReferencePolicy extends AutoCloseable {

  /// Draws completions `first` to `first + count - 1` of a prompt.
  ///
  /// @param prompt what is asked
  /// @param first index of the first completion, from 0
  /// @param count how many, at least 1
  /// @param progress is told how the drawing goes
  /// @return the completions, in index order
  /// @throws IllegalArgumentException if the prompt does not fit the model, saying why
  List<Completion> draw(Prompt prompt, int first, int count, DrawProgress progress);

  /// Draws completions `first` to `first + count - 1` of a prompt, in silence.
  ///
  /// @param prompt what is asked
  /// @param first index of the first completion, from 0
  /// @param count how many, at least 1
  /// @return the completions, in index order
  default List<Completion> draw(Prompt prompt, int first, int count) {
    return draw(prompt, first, count, (completions, tokens) -> {});
  }

  /// Draws many completions, of any prompts, and keeps the model as busy as it can. Each is handed
  /// over when it is finished; in which order is the policy's choice, though the same draws come in
  /// the same order again. What is drawn is what [#draw(Prompt, int, int)] gives.
  ///
  /// @param draws what to draw; read little by little, a few ahead of what is finished
  /// @param finished is told of each completion, on the calling thread; may end the drawing by
  ///   throwing
  /// @throws IllegalArgumentException if a prompt does not fit the model, saying why
  default void drawAll(Iterator<Draw> draws, Finished finished) {
    while (draws.hasNext()) {
      Draw next = draws.next();
      finished.finished(next, draw(next.prompt(), next.index(), 1).getFirst());
    }
  }

  /// Why nothing can be drawn for a prompt, asked without drawing: as when it does not fit the
  /// model. May be asked while the policy draws, from the iterator it reads.
  ///
  /// @param prompt what would be asked
  /// @return the reason, in one line; empty when it can be drawn
  default Optional<String> refusal(Prompt prompt) {
    return Optional.empty();
  }

  /// How many completions this policy draws at once for the price of about one step: a round that
  /// may stop early asks for this many at a time.
  ///
  /// @return at least 1
  int width();

  /// What it takes to draw the same again.
  ///
  /// @return model, fingerprint, sampling and seed
  Provenance provenance();

  /// Lets go of the model.
  @Override
  void close();

  /// Told of completions as they are finished.
  @FunctionalInterface
  interface Finished {
    /// Takes a finished completion.
    ///
    /// @param draw what was asked for
    /// @param completion what was drawn
    void finished(Draw draw, Completion completion);
  }

  /// Told during a long draw how far it is, once a step of drawing.
  @FunctionalInterface
  interface DrawProgress {
    /// Takes note of what has been drawn since the start of this call.
    ///
    /// @param completions completions finished
    /// @param tokens tokens drawn
    void drawn(int completions, long tokens);
  }
}
