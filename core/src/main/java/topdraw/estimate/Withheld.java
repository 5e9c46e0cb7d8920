package topdraw.estimate;

import java.util.OptionalInt;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Quantity;

/// A number that its data cannot support, and why.
///
/// @param quantity what it would have been
/// @param source the estimator that would have made it
/// @param n the only n at which it is withheld; empty when it is so wherever it is missing
/// @param reason what stands against it, a clause
public record Withheld(Quantity quantity, Estimator source, OptionalInt n, String reason) {

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
