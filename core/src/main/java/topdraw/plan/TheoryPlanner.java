package topdraw.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.plan.Plan.Option;

/// Plans from theory alone, by closed inverses: exact for continuous rewards, and on the safe side
/// of drift for every reference policy.
///
/// With a win rate to reach the choice is what draws least of all methods and settings that meet
/// every target, and of equals what drifts least. Ceilings alone are met by a single draw, so with
/// them it is what draws least among the methods that miss at most 5 % more wins than the best.
public final class TheoryPlanner {
  private static final double CLOSE = 1.05;

  private TheoryPlanner() {}

  /// Finds the setting of each method, and the one to take.
  ///
  /// @param targets what is wanted
  /// @param methods which methods may be used, at least one
  /// @return the plan
  /// @throws InputException if a mean reward is asked for: theory knows no rewards
  public static Plan plan(Targets targets, Set<Method> methods) {
    if (targets.reward().isPresent()) {
      throw new InputException(
          Problem.MISSING,
          "a mean reward depends on the rewards: give recorded samples with ",
          Parameter.RUN);
    }
    // At one win rate nothing draws less than rewind-and-repeat, to which early stop tends.
    boolean rewinds =
        methods.contains(Method.REWIND_AND_REPEAT)
            && option(Method.REWIND_AND_REPEAT, targets, false).missed().isEmpty();
    List<Option> options =
        methods.stream()
            .sorted()
            .map(method -> option(method, targets, !rewinds))
            .distinct()
            .toList();
    Optional<Option> choice = choice(targets, options);
    double kl = choice.or(() -> Optional.of(options.getFirst())).orElseThrow().setting().kl();
    return new Plan(targets, options, choice, targets.outOfReach(), frontier(kl));
  }

  private static Option option(Method method, Targets targets, boolean fewest) {
    Setting setting =
        targets.winRate().isPresent()
            ? TargetSetting.reaching(method, targets.winRate().getAsDouble(), targets, fewest)
            : TargetSetting.within(method, targets);
    return new Option(setting, targets.missed(setting));
  }

  private static Optional<Option> choice(Targets targets, List<Option> options) {
    List<Option> met = options.stream().filter(o -> o.missed().isEmpty()).toList();
    double least = met.stream().mapToDouble(TheoryPlanner::missedWins).min().orElse(0);
    double most = targets.winRate().isPresent() ? 1 : CLOSE * least;
    return met.stream()
        .filter(o -> missedWins(o) <= most)
        .min(
            Comparator.<Option>comparingDouble(o -> o.setting().draws())
                .thenComparingDouble(o -> o.setting().kl()));
  }

  private static double missedWins(Option option) {
    return 1 - option.setting().winRate();
  }

  private static List<FrontierPoint> frontier(double kl) {
    return kl == 0
        ? List.of()
        : DoubleStream.of(0.5, 0.75, 1, 1.5, 2).mapToObj(k -> FrontierPoint.at(k * kl)).toList();
  }
}
