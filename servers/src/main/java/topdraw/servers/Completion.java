package topdraw.servers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One completion as a server told it.
///
/// @param text the text
/// @param finish its word for why it ended; empty where it gave none
/// @param entries the tokens that it gave a log-probability for, in order
/// @param ids the tokens' ids, the end token included; none where it gave none
/// @param tokens how many tokens it says it drew, the end token included
/// @param promptTokens how many it says the prompt has
/// @param hidden whether tokens were drawn that are not in the text: reasoning, calls of tools
/// @param policy what it says drew them: model and fingerprint, in one text
record Completion(
    String text,
    Optional<String> finish,
    List<Entry> entries,
    int[] ids,
    OptionalInt tokens,
    OptionalInt promptTokens,
    boolean hidden,
    Optional<String> policy) {

  /// A token and its log-probability.
  ///
  /// @param token its text
  /// @param nats log p, in nats; NaN where there is none
  /// @param id its id, where it is known
  /// @param others the log-probabilities of other tokens at its place, as far as they were told
  record Entry(String token, double nats, OptionalInt id, Map<String, Double> others) {

    /// The log-probability of the likeliest other token.
    OptionalDouble next() {
      return others.values().stream().mapToDouble(other -> other).max();
    }

    /// The log-probability of the likeliest token at its place.
    double best() {
      return Math.max(nats, next().orElse(nats));
    }
  }
}
