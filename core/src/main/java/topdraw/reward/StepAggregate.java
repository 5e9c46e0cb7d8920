package topdraw.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// How the scores of a completion's steps become its reward. Source: Lightman et al. (2023), arXiv
/// 2305.20050 (`product`, `min`); Snell et al. (2024), arXiv 2408.03314 (`last`).
enum StepAggregate {
  /// The worst step.
  MIN,
  /// The mean of the steps.
  MEAN,
  /// The product of the steps: where each is the chance that it is right, that all are.
  PRODUCT,
  /// The last step.
  LAST;

  /// @throws InputException if there is none of that name
  static StepAggregate of(String name) {
    return Arrays.stream(values())
        .filter(rule -> rule.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    "the scores of steps are put together by "
                        + Arrays.stream(values())
                            .map(StepAggregate::word)
                            .collect(Collectors.joining(", "))
                        + ", not by \""
                        + name
                        + "\""));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param steps at least one score
  double of(List<Double> steps) {
    var values = steps.stream().mapToDouble(Double::doubleValue);
    return switch (this) {
      case MIN -> values.min().orElseThrow();
      case MEAN -> values.sum() / steps.size();
      case PRODUCT -> values.reduce(1, (a, b) -> a * b);
      case LAST -> steps.getLast();
    };
  }
}
