package topdraw.estimate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Quantity;

/// A number that its data cannot support, and why.
///
/// @param quantity what it would have been
/// @param source the estimator that would have made it
/// @param n the only n at which it is withheld; empty when it is so wherever it is missing
/// @param reason what stands against it, a clause
public record Withheld(Quantity quantity, Estimator source, OptionalInt n, String reason) {

  /// All of it in one line, such as `kl (pool_kl): no log-probabilities are recorded`.
  ///
  /// @return the sentence
  public String sentence() {
    return what() + ": " + reason;
  }

  private String what() {
    return quantity.word()
        + " ("
        + source.title()
        + ")"
        + (n.isPresent() ? " at n = " + n.getAsInt() : "");
  }

  /// All that is withheld, a sentence a reason.
  ///
  /// @param withheld what is withheld, in any number
  /// @return sentences such as `kl (pool_kl), win_rate (pooled): the samples are not independent`
  public static List<String> sentences(List<Withheld> withheld) {
    Map<String, Set<String>> byReason = new LinkedHashMap<>();
    withheld.forEach(
        one -> byReason.computeIfAbsent(one.reason, _ -> new LinkedHashSet<>()).add(one.what()));
    return byReason.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  /// What the audit has refused.
  static Withheld refused(Measure measure, String reason) {
    return new Withheld(measure.quantity(), measure.source(), OptionalInt.empty(), reason);
  }

  /// What some prompts have no number for.
  static Withheld unsaid(Measure measure, long without, int n) {
    String prompts = without + (without == 1 ? " prompt" : " prompts");
    return switch (measure.quantity()) {
      case REWARD ->
          new Withheld(
              measure.quantity(),
              measure.source(),
              OptionalInt.of(n),
              "in " + prompts + " a sample without score can win");
      case GOLD_REWARD -> refused(measure, "some samples of " + prompts + " have none");
      case REWIND_KL, REWIND_DRAWS ->
          refused(
              measure,
              "no sample of " + prompts + " reaches the threshold, so it may never end there");
      default -> refused(measure, "not recorded for every sample of the prompts");
    };
  }
}
