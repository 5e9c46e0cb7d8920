package topdraw.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.estimate.Measurements;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;

/// What advice is asked for.
///
/// @param scores the rewards it is about
/// @param forecasts numbers of draws to foretell pass@k for
/// @param budgets mean draws a prompt to spend
/// @param accept the chance of a wrong answer that is allowed where answers may be withheld
/// @param guard whether to guard against over-optimisation, and to ask for the ceiling
/// @param grid the values of n of acceptance; empty for 1, 2, 4, 8, …
/// @param scope of whom a forecast is to speak; empty for what the number of prompts allows
public record AdviceQuestion(
    ScoredDraws scores,
    List<Integer> forecasts,
    List<Double> budgets,
    OptionalDouble accept,
    boolean guard,
    List<Integer> grid,
    Optional<Scope> scope) {
  /// Checks the numbers.
  public AdviceQuestion {
    forecasts = List.copyOf(forecasts);
    budgets = List.copyOf(budgets);
    grid = List.copyOf(grid);
    check(forecasts.stream().allMatch(k -> k >= 1), "a forecast is for 1 draw or more", forecasts);
    check(budgets.stream().allMatch(b -> b >= 1), "a budget is 1 draw a prompt or more", budgets);
    check(
        accept.isEmpty() || (accept.getAsDouble() > 0 && accept.getAsDouble() < 1),
        "the chance of a wrong answer is in (0, 1)",
        accept);
    boolean gold = scores.gold().isPresent();
    check(accept.isEmpty() || gold, "what is wrong is known by a gold reward only", "no gold");
    check(!guard || gold, "over-optimisation is known by a gold reward only", "no gold");
  }

  private static void check(boolean holds, String expected, Object was) {
    if (!holds) {
      throw new InputException(Problem.OUT_OF_RANGE, expected + ", was " + was);
    }
  }

  /// Whether anything is asked.
  ///
  /// @return whether scores are needed at all
  public boolean asks() {
    return !forecasts.isEmpty() || !budgets.isEmpty() || accept.isPresent() || guard;
  }

  /// The answers, in the order of [Subject].
  ///
  /// @param measured measurements that [#scores] had a part in
  /// @param confidence of intervals and certificates
  /// @return an advice a subject
  public List<Advice> answers(Measurements measured, Confidence confidence) {
    if (!asks()) {
      return List.of();
    }
    ScoredPrompts prompts = ScoredPrompts.of(measured, scores, confidence);
    List<Advice> answers = new ArrayList<>();
    if (!forecasts.isEmpty()) {
      answers.add(Forecast.of(prompts, forecasts, scope));
    }
    accept.ifPresent(most -> answers.add(Acceptance.of(prompts, most, grid)));
    if (guard) {
      answers.add(Guard.of(prompts));
      answers.add(Ceiling.of(prompts));
    }
    if (!budgets.isEmpty()) {
      answers.add(Budget.of(prompts, budgets));
    }
    return scores.reward().startsWith("-")
        ? answers.stream().map(Advice::asRecorded).toList()
        : answers;
  }
}
