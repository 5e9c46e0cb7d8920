package topdraw.reference;

import topdraw.draw.Draw;
import topdraw.draw.LogProbability;

/// What a second pass says of one completion.
public sealed interface Rescored {

  /// A draw with what a second pass says of it. What is recorded stays where it proves something,
  /// and where the second pass proves no more.
  ///
  /// @param recorded the draw
  /// @return the draw, with the log-probability that counts
  default Draw on(Draw recorded) {
    return this instanceof Told told && told.counts(recorded.logProbability())
        ? recorded.withLogProbability(told.logProbability())
        : recorded;
  }

  /// It has a log-probability.
  ///
  /// @param logProbability the log-probability and what it is worth under the policy that drew the
  ///   completion
  /// @param tokens how many terms it is the sum of, the end token's included
  /// @param sum the sum of the terms as the model gave them, before a margin was taken off, in nats
  record Told(LogProbability logProbability, int tokens, double sum) implements Rescored {
    /// Whether it takes the place of what is recorded.
    ///
    /// @param recorded what is recorded
    /// @return false where that says as much
    public boolean counts(LogProbability recorded) {
      return recorded instanceof LogProbability.Missing
          || (!recorded.proves() && logProbability.proves());
    }
  }

  /// It has none.
  ///
  /// @param why why not
  record Not(Reason why) implements Rescored {}

  /// Why a completion has no log-probability by a second pass.
  enum Reason {
    /// Nobody kept it.
    NO_TEXT("no text is recorded"),
    /// Nobody kept what was asked.
    NO_PROMPT("the prompt is not recorded"),
    /// The event is that an answer begins so after just so many tokens, and nobody knows which.
    CUT("cut by the limit on tokens, and the tokens are not recorded"),
    /// It was filtered, called a tool, or nobody knows how it ended.
    OTHER_END("did not end by itself, or nothing says how it ended (--map finish=COLUMN)"),
    /// The model spells it otherwise, or longer than may be.
    OTHER_TOKENS("the model's tokens do not give the text back"),
    /// No answer of the model showed what ends it.
    NO_END_TOKEN("the model's end token is not known"),
    /// Too long, or not allowed.
    REFUSED("the server refuses it"),
    /// The model gives a term that is none.
    NO_NUMBER("the server gives no log-probability of one of its tokens");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /// For a person, and in a recording.
    ///
    /// @return such as `no text is recorded`
    public String words() {
      return words;
    }
  }
}
