package topdraw.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.plan.Method;
import topdraw.plan.PilotQuestion;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Interval;

/// The options that say which methods a plan may choose, and what is known of the samples' rewards.
final class PilotOptions {
  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description =
          "best-of-n, early-stop, rewind-and-repeat, best-of-poisson. Default: all; with --run the"
              + " first two.")
  private List<String> methods = List.of();

  @Option(
      names = "--reward-range",
      split = ",",
      paramLabel = "LOW,HIGH",
      description =
          "Where rewards, gold included, lie by their making. Proves what is else estimated.")
  private List<Double> range = List.of();

  @Option(
      names = "--prompts",
      paramLabel = "sample|fixed",
      defaultValue = "sample",
      description =
          "Of whom guarantees speak: of prompts of which the recorded ones are a sample, or of these"
              + " prompts alone. Default: sample.")
  private String prompts = "sample";

  @Option(
      names = "--threshold",
      paramLabel = "R",
      description =
          "The reward that ends early stop. Default: 1 where all rewards are 0 or 1, else learned from"
              + " half of the draws.")
  private @Nullable Double threshold;

  /// The question to recorded samples.
  ///
  /// @param selects the reward that selects
  /// @throws InputException if an option is out of range or unknown
  PilotQuestion question(String selects) {
    return new PilotQuestion(
        selects,
        methods(EnumSet.of(Method.BEST_OF_N, Method.EARLY_STOP)),
        rewardRange(),
        Given.of(threshold),
        scope());
  }

  /// Refuses what is wrong also where there are no samples.
  ///
  /// @throws InputException if an option is out of range or unknown
  void check() {
    rewardRange();
    scope();
  }

  private Scope scope() {
    return Scope.named(prompts)
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN, "--prompts is sample or fixed, was '" + prompts + "'"));
  }

  /// The methods named.
  ///
  /// @param all those meant where none is named
  Set<Method> methods(Set<Method> all) {
    return methods.isEmpty()
        ? all
        : methods.stream()
            .map(Method::of)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Method.class)));
  }

  /// Where rewards lie.
  Optional<Interval> rewardRange() {
    if (range.isEmpty()) {
      return Optional.empty();
    }
    if (range.size() != 2 || !(range.getFirst() < range.getLast())) {
      throw new InputException(
          Problem.MALFORMED, "--reward-range takes LOW,HIGH such as 0,1, was " + range);
    }
    return Optional.of(new Interval(range.getFirst(), range.getLast()));
  }
}
