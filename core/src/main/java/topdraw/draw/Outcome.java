package topdraw.draw;

import java.util.Arrays;
import java.util.Optional;

/// What makes two completions of one prompt the same: equal outcomes are one point of the reference
/// policy's sample space, whose probability counts once.
public sealed interface Outcome {

  /// The outcome of a completion: its token ids where they are known, else its text and whether the
  /// token limit cut it (that an answer begins so is another event than that it is so), else none
  /// but its own.
  ///
  /// @param tokens its tokens
  /// @param text its text
  /// @param finish why it ended
  /// @param place where it stands, for one of which nothing else is known
  /// @return the outcome
  static Outcome of(Tokens tokens, Optional<String> text, FinishReason finish, Place place) {
    if (tokens instanceof Tokens.Ids ids) {
      return new Ids(ids.ids());
    }
    return text.isPresent() ? new Said(text.get(), finish.cut()) : new Unseen(place);
  }

  /// Known by its token ids.
  ///
  /// @param ids the ids, in order, the end token included
  record Ids(int[] ids) implements Outcome {
    /// Copies the ids.
    public Ids {
      ids = ids.clone();
    }

    /// The ids.
    ///
    /// @return a copy
    @Override
    public int[] ids() {
      return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ids that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
      return Arrays.toString(ids);
    }
  }

  /// Known by its text.
  ///
  /// @param text the text
  /// @param cut whether the token limit ended it
  record Said(String text, boolean cut) implements Outcome {}

  /// Known by the name that a recording gives it.
  ///
  /// @param name the same for equal completions of a prompt
  record Named(String name) implements Outcome {}

  /// Known by the number that a recording gives it.
  ///
  /// @param number the same for equal completions of a prompt
  record Numbered(long number) implements Outcome {}

  /// Not known: taken for one that was drawn this once.
  ///
  /// @param place where it is recorded
  record Unseen(Place place) implements Outcome {}
}
