package topdraw.servers.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Missing;
import topdraw.draw.LogProbability.Unproven;
import topdraw.servers.probe.Completion.Entry;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// What bounds on the KL divergence may rest on, of a server's completions that are whole and ended
/// by themselves. One that lacks something has no log-probability; see [Worth].
public sealed interface Bounds {

  /// On the log-probabilities as they are.
  record OnTheNumbers() implements Bounds {}

  /// On numbers at most the log-probabilities.
  ///
  /// @param margin what is taken off for each token, in nats; 0 where nothing is
  /// @param because why they may be less
  record Conservative(double margin, String because) implements Bounds {}

  /// On no number: only the theorem that counts draws holds.
  ///
  /// @param because why
  record CountOnly(String because) implements Bounds {}

  /// On nothing: there are no draws.
  ///
  /// @param because why
  record NoDraws(String because) implements Bounds {}

  /// The bounds of a server.
  ///
  /// @param worth what its log-probabilities are, and how is drawn
  /// @return what that makes of a completion with everything that the server's have
  static Bounds of(Worth worth) {
    return switch (worth.of(usual(worth.semantics(), "stop"))) {
      case Exact exact -> new OnTheNumbers();
      case AtMost(double nats, AtMost.Reason.Margin(double perToken)) ->
          new Conservative(
              perToken,
              "with a margin of "
                  + LogProbabilitySemantics.plain(perToken)
                  + " nats a token, by which they may be too large");
      case AtMost(double nats, AtMost.Reason.Truncation reason) ->
          new Conservative(0, "since unlikely tokens are cut off after the probabilities are told");
      case AtMost(double nats, AtMost.Reason.Recorded reason) ->
          new Conservative(0, "since it tells no ids, and other tokens may spell the same text");
      case Unproven(double nats, LogProbability.Doubt doubt) ->
          new CountOnly(because(worth, doubt));
      case Missing missing -> new CountOnly("it gives no log-probabilities");
    };
  }

  /// Why no completion of a server has a log-probability that proves something, however it ends.
  ///
  /// @param worth what its log-probabilities are, and how is drawn
  /// @return the reason; empty where one may have
  static Optional<String> never(Worth worth) {
    boolean cut = worth.of(usual(worth.semantics(), "length")).proves();
    return of(worth) instanceof CountOnly(String because) && !cut
        ? Optional.of(because)
        : Optional.empty();
  }

  private static String because(Worth worth, LogProbability.Doubt doubt) {
    LogProbabilitySemantics semantics = worth.semantics();
    return switch (doubt) {
      case UNKNOWN_DISTRIBUTION ->
          "nothing that it answers says of which distribution its log-probabilities are";
      case OTHER_DISTRIBUTION ->
          worth.altered()
              ? "penalties may act by its defaults, and its log-probabilities are without them"
              : "its log-probabilities are the model's own, at temperature 1, and the draws are"
                  + " not";
      case NO_END_TOKEN ->
          semantics.endToken() == EndToken.EXCLUDED
              ? "the end token has no log-probability, so sums are too large to prove anything"
              : "nothing that it answers says whether the end token has a log-probability";
      case INCOMPLETE ->
          semantics.drawnAhead()
              ? "tokens that a small model drew ahead have 0 in place of their log-probability"
              : semantics.terms() == Terms.UNKNOWN
                  ? "it does not say how many tokens it drew, so nobody knows whether one is"
                      + " missing"
                  : "tokens have no log-probability, so sums are too large to prove anything";
      case IMPOSSIBLE -> "its numbers can be no log-probabilities";
    };
  }

  /// Two tokens and the end, as such a server tells them.
  private static Completion usual(LogProbabilitySemantics semantics, String finish) {
    OptionalInt id = semantics.ids() ? OptionalInt.of(1) : OptionalInt.empty();
    List<Entry> entries =
        semantics.terms() == Terms.NONE
            ? List.of()
            : List.of(
                new Entry("a", -1, id, Map.of()),
                new Entry("b", -1, id, Map.of()),
                new Entry("", -1, id, Map.of()));
    return new Completion(
        "ab",
        Optional.of(finish),
        entries,
        new int[0],
        OptionalInt.of(3),
        OptionalInt.empty(),
        false,
        Optional.empty());
  }

  /// Whether a bound may rest on a log-probability at all.
  ///
  /// @return false where only draws may be counted, or not even these
  default boolean proves() {
    return this instanceof OnTheNumbers || this instanceof Conservative;
  }

  /// The bounds in one word, for machines.
  ///
  /// @return `exact`, `conservative` or `none`
  default String word() {
    return switch (this) {
      case OnTheNumbers all -> "exact";
      case Conservative some -> "conservative";
      case CountOnly count -> "none";
      case NoDraws none -> "none";
    };
  }

  /// The bounds in plain words.
  ///
  /// @return such as `conservative, with a margin of 0.0005 nats a token, since …`
  default String words() {
    return switch (this) {
      case OnTheNumbers all -> word();
      case Conservative(double margin, String because) -> word() + ", " + because;
      case CountOnly(String because) ->
          word()
              + ": only the theorem that counts draws (KL at most log n - (n-1)/n), because "
              + because;
      case NoDraws(String because) ->
          word() + ", not even the theorem that counts draws: " + because;
    };
  }
}
