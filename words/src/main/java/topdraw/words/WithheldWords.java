package topdraw.words;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import topdraw.estimate.Withheld;

/// Numbers that the data cannot support, and why.
public final class WithheldWords {
  private WithheldWords() {}

  /// All that is withheld, a sentence a reason.
  ///
  /// @param withheld what is withheld, in any number
  /// @return sentences such as `KL divergence (pool_kl), win rate (pooled): the samples are not
  ///   independent`
  public static List<String> sentences(List<Withheld> withheld) {
    Map<String, Set<String>> byReason = new LinkedHashMap<>();
    withheld.forEach(
        one ->
            byReason.computeIfAbsent(one.reason(), reason -> new LinkedHashSet<>()).add(what(one)));
    return byReason.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  private static String what(Withheld one) {
    return QuantityWords.of(one.quantity())
        + " ("
        + one.source().title()
        + ")"
        + (one.n().isPresent() ? " at n = " + one.n().getAsInt() : "");
  }
}
