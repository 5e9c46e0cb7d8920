package topdraw.reference;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// A source of completions.
///
/// Draws are independent. What a draw's log-probability is worth, it says itself
/// ([topdraw.draw.LogProbability]); a policy that knows none records none. Where a policy is
/// deterministic ([#capabilities]), completion `i` of a prompt is a function of its seed, the
/// prompt and `i` alone: asking for 4 and then 12 more gives the same 16 completions as asking for
/// 16.
public interface ReferencePolicy extends AutoCloseable {

  /// Draws many completions, of any prompts, and keeps the model as busy as it can. Each request is
  /// answered once; in which order is the policy's choice.
  ///
  /// @param requests what to draw; read little by little, a few ahead of what is answered
  /// @param answers is told of each answer, on the calling thread; may end the drawing by throwing
  /// @throws CancellationException if the thread is interrupted
  void drawAll(Iterator<Request> requests, Answers answers);

  /// Draws completions `first` to `first + count - 1` of a prompt.
  ///
  /// @param prompt what is asked
  /// @param first index of the first completion, from 0
  /// @param count how many, at least 1
  /// @param progress is told how the drawing goes
  /// @return the completions, in index order
  /// @throws InputException if the policy refuses the prompt, saying why
  /// @throws DrawFailedException if a draw failed
  default List<Draw> draw(Prompt prompt, int first, int count, DrawProgress progress) {
    if (first < 0 || count < 1 || first > Integer.MAX_VALUE - count) {
      throw new IllegalArgumentException(
          "completions are counted from 0 and at least 1 is drawn, was first %d, count %d"
              .formatted(first, count));
    }
    @Nullable Draw[] drawn = new @Nullable Draw[count];
    drawAll(
        IntStream.range(first, first + count).mapToObj(i -> new Request(prompt, i)).iterator(),
        new Answers() {
          @Override
          public void answered(Request request, Answer answer) {
            drawn[request.index() - first] =
                switch (answer) {
                  case Answer.Drawn(Draw draw) -> draw;
                  case Answer.Failed(String reason, boolean retry) ->
                      throw new DrawFailedException(reason);
                  case Answer.Refused(String reason) ->
                      throw new InputException(Problem.UNSUPPORTED, reason);
                };
          }

          @Override
          public void drawn(int completions, long tokens) {
            progress.drawn(completions, tokens);
          }
        });
    return Arrays.stream(drawn)
        .map(draw -> Objects.requireNonNull(draw, "the reference policy left a draw unanswered"))
        .toList();
  }

  /// Draws completions `first` to `first + count - 1` of a prompt, in silence.
  ///
  /// @param prompt what is asked
  /// @param first index of the first completion, from 0
  /// @param count how many, at least 1
  /// @return the completions, in index order
  /// @throws InputException if the policy refuses the prompt, saying why
  /// @throws DrawFailedException if a draw failed
  default List<Draw> draw(Prompt prompt, int first, int count) {
    return draw(prompt, first, count, (completions, tokens) -> {});
  }

  /// Answers requests one after the other: all of [#drawAll] for a policy that draws one at a time.
  ///
  /// @param requests what to draw
  /// @param answers is told of each answer
  /// @param answer answers one request
  /// @throws CancellationException if the thread is interrupted
  static void oneByOne(
      Iterator<Request> requests, Answers answers, Function<Request, Answer> answer) {
    int drawn = 0;
    long tokens = 0;
    while (requests.hasNext()) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted while drawing");
      }
      Request request = requests.next();
      Answer given = answer.apply(request);
      answers.answered(request, given);
      if (given instanceof Answer.Drawn(Draw draw)) {
        tokens += (long) draw.length().orElse(0);
        answers.drawn(++drawn, tokens);
      }
    }
  }

  /// What this policy can do.
  ///
  /// @return the same at every call
  Capabilities capabilities();

  /// What it takes to draw the same again.
  ///
  /// @return model, fingerprint, sampling and seed
  Provenance provenance();

  /// Lets go of the model.
  @Override
  void close();

  /// Told of answers as they come.
  @FunctionalInterface
  interface Answers {
    /// Takes an answer.
    ///
    /// @param request what was asked for
    /// @param answer what came
    void answered(Request request, Answer answer);

    /// Takes note of what has been drawn since the start of the call, once a step of drawing.
    ///
    /// @param completions completions finished
    /// @param tokens tokens drawn
    default void drawn(int completions, long tokens) {}
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
