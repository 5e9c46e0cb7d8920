package topdraw.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.plan.Plan.Option;
import topdraw.plan.Plan.OutOfReach;
import topdraw.theory.law.OptimalFrontier;

/// Plans from theory alone, by closed inverses: exact for continuous rewards, and on the safe side
/// of drift for every reference policy.
///
/// With a win rate to reach the choice is the method that draws least among those within 5 % of the
/// least drift; with ceilings only, among those that miss at most 5 % more wins than the best.
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
    List<Option> options =
        methods.stream().sorted().map(method -> option(method, targets)).distinct().toList();
    Optional<Option> choice = choice(targets, options);
    double kl = choice.or(() -> Optional.of(options.getFirst())).orElseThrow().setting().kl();
    return new Plan(targets, options, choice, impossible(targets), frontier(kl));
  }

  private static Option option(Method method, Targets targets) {
    Setting setting =
        targets.winRate().isPresent()
            ? TargetSetting.reaching(method, targets.winRate().getAsDouble(), targets)
            : TargetSetting.within(method, targets);
    return new Option(setting, targets.missed(setting));
  }

  private static Optional<Option> choice(Targets targets, List<Option> options) {
    ToDoubleFunction<Option> price =
        targets.winRate().isPresent() ? o -> o.setting().kl() : o -> 1 - o.setting().winRate();
    List<Option> met = options.stream().filter(o -> o.missed().isEmpty()).toList();
    double least = met.stream().mapToDouble(price).min().orElse(0);
    return met.stream()
        .filter(o -> price.applyAsDouble(o) <= CLOSE * least)
        .min(Comparator.comparingDouble(o -> o.setting().draws()));
  }

  private static Optional<OutOfReach> impossible(Targets targets) {
    if (targets.winRate().isEmpty() || targets.kl().isEmpty()) {
      return Optional.empty();
    }
    double winRate = targets.winRate().getAsDouble();
    double needed = OptimalFrontier.kl(winRate);
    return needed <= targets.klCeiling()
        ? Optional.empty()
        : Optional.of(new OutOfReach(winRate, needed, targets.klCeiling()));
  }

  private static List<FrontierPoint> frontier(double kl) {
    return kl == 0
        ? List.of()
        : DoubleStream.of(0.5, 0.75, 1, 1.5, 2).mapToObj(k -> FrontierPoint.at(k * kl)).toList();
  }
}
