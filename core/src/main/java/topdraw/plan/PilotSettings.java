package topdraw.plan;

import java.util.Optional;
import java.util.Set;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.finding.Interval;

/// What a plan from recorded samples is asked.
///
/// @param reward the reward that selects
/// @param targets what is wanted
/// @param methods which methods may be used: best-of-n, early stop or both
/// @param confidence with which all that is certified holds at once, in `(0, 1)`
/// @param rewardRange where rewards lie by their making; without it a mean reward is an estimate
public record PilotSettings(
    String reward,
    Targets targets,
    Set<Method> methods,
    double confidence,
    Optional<Interval> rewardRange) {
  /// Copies the methods and checks what is asked.
  public PilotSettings {
    methods = Set.copyOf(methods);
    if (methods.isEmpty() || !Set.of(Method.BEST_OF_N, Method.EARLY_STOP).containsAll(methods)) {
      throw new InputException(
          Problem.CONFLICT,
          "recorded samples certify best-of-n and early-stop; the other methods are planned without ",
          Parameter.RUN);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a confidence is in (0, 1), was " + confidence);
    }
    if (rewardRange.isPresent() && !(rewardRange.get().upper() > rewardRange.get().lower())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a range of rewards needs LOW < HIGH, was " + rewardRange.get());
    }
  }
}
