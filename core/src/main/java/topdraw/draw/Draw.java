package topdraw.draw;

import java.util.Optional;
import java.util.OptionalDouble;

/// One completion drawn from a reference policy, with what is known of it. Drawn here or read from
/// a recording, it is the same thing.
///
/// @param index which completion of the prompt, from 0; where a policy is deterministic, seed,
///   prompt and index fix the completion
/// @param outcome what makes two completions of a prompt the same
/// @param text the completion's text, the end token left out; empty where nobody kept it
/// @param tokens its tokens, as far as they are known
/// @param logProbability its log-probability under the policy that was sampled, and what that is
///   worth
/// @param finish why it ended
/// @param scores what rewards said of it; none yet where it was just drawn
/// @param seconds how long it took; empty where that is not recorded
/// @param origin where it comes from
/// @param answer what it answers, where that was taken out of the text: what votes count
public record Draw(
    int index,
    Outcome outcome,
    Optional<String> text,
    Tokens tokens,
    LogProbability logProbability,
    FinishReason finish,
    Scores scores,
    OptionalDouble seconds,
    Origin origin,
    Optional<String> answer) {

  /// Refuses a negative index.
  public Draw {
    if (index < 0) {
      throw new IllegalArgumentException("index counts from 0, was " + index);
    }
  }

  /// A completion whose answer was not taken out of its text.
  ///
  /// @param index which completion of the prompt, from 0
  /// @param outcome what makes two completions of a prompt the same
  /// @param text the completion's text, the end token left out
  /// @param tokens its tokens, as far as they are known
  /// @param logProbability its log-probability, and what that is worth
  /// @param finish why it ended
  /// @param scores what rewards said of it
  /// @param seconds how long it took
  /// @param origin where it comes from
  public Draw(
      int index,
      Outcome outcome,
      Optional<String> text,
      Tokens tokens,
      LogProbability logProbability,
      FinishReason finish,
      Scores scores,
      OptionalDouble seconds,
      Origin origin) {
    this(
        index,
        outcome,
        text,
        tokens,
        logProbability,
        finish,
        scores,
        seconds,
        origin,
        Optional.empty());
  }

  /// A completion just drawn.
  ///
  /// @param index which completion of the prompt, from 0
  /// @param text its text, the end token left out
  /// @param tokens its tokens, as far as they are known
  /// @param logProbability its log-probability, and what that is worth
  /// @param finish why it ended
  /// @return the draw, not scored yet
  public static Draw of(
      int index, String text, Tokens tokens, LogProbability logProbability, FinishReason finish) {
    Optional<String> said = Optional.of(text);
    return new Draw(
        index,
        Outcome.of(tokens, said, finish, Origin.JUST_DRAWN.place()),
        said,
        tokens,
        logProbability,
        finish,
        Scores.none(),
        OptionalDouble.empty(),
        Origin.JUST_DRAWN);
  }

  /// Where it stands.
  ///
  /// @return the place of its origin
  public Place place() {
    return origin.place();
  }

  /// How many tokens were drawn, the end token included.
  ///
  /// @return the length in tokens; empty where it is not known
  public OptionalDouble length() {
    return tokens.length();
  }

  /// The score that selects.
  ///
  /// @return the first score; a missing one where there is none
  public Score score() {
    return scores.first();
  }

  /// This draw under another index.
  ///
  /// @param other the index, from 0
  /// @return the same completion
  public Draw withIndex(int other) {
    return new Draw(
        other, outcome, text, tokens, logProbability, finish, scores, seconds, origin, answer);
  }

  /// This draw with other scores.
  ///
  /// @param others the scores
  /// @return the same completion
  public Draw withScores(Scores others) {
    return new Draw(
        index, outcome, text, tokens, logProbability, finish, others, seconds, origin, answer);
  }

  /// This draw with another log-probability.
  ///
  /// @param other the log-probability, and what that is worth
  /// @return the same completion
  public Draw withLogProbability(LogProbability other) {
    return new Draw(index, outcome, text, tokens, other, finish, scores, seconds, origin, answer);
  }

  /// This draw from somewhere else.
  ///
  /// @param other where it comes from
  /// @return the same completion
  public Draw withOrigin(Origin other) {
    return new Draw(
        index, outcome, text, tokens, logProbability, finish, scores, seconds, other, answer);
  }

  /// This draw with the answer that its text gives.
  ///
  /// @param said the answer
  /// @return the same completion
  public Draw withAnswer(Optional<String> said) {
    return new Draw(
        index, outcome, text, tokens, logProbability, finish, scores, seconds, origin, said);
  }
}
