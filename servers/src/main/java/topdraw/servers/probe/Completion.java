package topdraw.servers.probe;

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
public record Completion(
    String text,
    Optional<String> finish,
    List<Entry> entries,
    int[] ids,
    OptionalInt tokens,
    OptionalInt promptTokens,
    boolean hidden,
    Optional<String> policy) {

  /// The tokens' ids, from their own list or that of the entries.
  ///
  /// @return none unless every one is known
  public int[] tokenIds() {
    if (ids.length > 0) return ids;
    return entries.stream().allMatch(entry -> entry.id().isPresent())
        ? entries.stream().mapToInt(entry -> entry.id().orElseThrow()).toArray()
        : new int[0];
  }

  /// Whether the last entry is the end token's: the others make up the whole text, but for blanks,
  /// which servers take off its ends and tokenizers leave out; so the last one is none itself.
  ///
  /// @return false where it is another's, or nobody can tell
  public boolean endsWithItsEnd() {
    if (entries.isEmpty()) return false;
    String last = entries.getLast().token();
    if (!last.isEmpty() && last.isBlank()) return false;
    return spelled(entries.subList(0, entries.size() - 1));
  }

  /// Whether the entries make up the whole text, so that none but the end token's can lack.
  boolean endsBeforeItsEnd() {
    return spelled(entries);
  }

  private boolean spelled(List<Entry> by) {
    StringBuilder spelled = new StringBuilder();
    for (Entry entry : by) spelled.append(entry.token());
    return withoutBlanks(spelled.toString()).equals(withoutBlanks(text));
  }

  private static String withoutBlanks(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /// A token and its log-probability.
  ///
  /// @param token its text
  /// @param nats log p, in nats; NaN where there is none
  /// @param id its id, where it is known
  /// @param others the log-probabilities of other tokens at its place, as far as they were told
  public record Entry(String token, double nats, OptionalInt id, Map<String, Double> others) {
    /// Where one token has all probability, to single precision, no other has more than this.
    private static final double CERTAIN = -10;

    /// The log-probability of the likeliest other token.
    ///
    /// @return in nats; empty where no other was told
    public OptionalDouble next() {
      return others.values().stream().mapToDouble(other -> other).max();
    }

    /// The log-probability of the likeliest token at its place.
    ///
    /// @return in nats
    public double best() {
      return Math.max(nats, next().orElse(nats));
    }

    /// Servers that let a small model draw ahead write 0 for what the large one accepted. A true 0
    /// leaves nothing to any other token.
    boolean zeroOfNoProbability() {
      return nats == 0 && !(next().isPresent() && next().getAsDouble() < CERTAIN);
    }
  }
}
