package topdraw.words;

import java.util.List;

/// The few words that a first reader needs.
public final class Glossary {
  /// A word and what it means here.
  ///
  /// @param word the word
  /// @param meaning a sentence or two
  public record Entry(String word, String meaning) {}

  /// The words, in the order in which they are met.
  public static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "best of n",
              "The model answers n times, a reward scores the answers, the best one is returned."),
          new Entry(
              "drift",
              "How far the returned answers are from the model's own: the KL divergence, in nats. 0: none. At"
                  + " 0.7 an answer comes twice as often as from the model alone, at 2.3 ten times"
                  + " (geometric mean over what is returned)."),
          new Entry(
              "win rate",
              "How often the returned answer has a higher reward than one ordinary answer, ties half."
                  + " Without any choosing it is 0.5."),
          new Entry("at most", "An upper bound: the truth is this number or less."),
          new Entry(
              "theorem",
              "Proven. Where chance in the data enters, the confidence is named beside it."),
          new Entry(
              "estimate",
              "Computed from the answers that were drawn; others would give another number. In brackets:"
                  + " where the truth lies, at 95 % unless told otherwise."),
          new Entry(
              "textbook",
              "log n − (n−1)/n for the drift and n/(n+1) for the win rate: what is usually quoted. Both"
                  + " are upper bounds (theorem), and far off where answers or rewards repeat."));

  private Glossary() {}
}
