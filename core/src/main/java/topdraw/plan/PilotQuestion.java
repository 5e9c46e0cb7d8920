package topdraw.plan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.PromptView;
import topdraw.estimate.Question;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.finding.Interval;

/// What a method gives and costs at each of its settings: what a [PilotPlan] is made from, whatever
/// its targets are.
///
/// @param reward the reward that selects
/// @param methods which methods may be used: best-of-n, early stop or both
/// @param rewardRange where rewards lie by their making; without it a mean reward is an estimate
public record PilotQuestion(String reward, Set<Method> methods, Optional<Interval> rewardRange)
    implements Question {
  /// Columns of a prompt that come before those of the methods.
  static final int SCORED = 0;

  static final int TOKENS = 1;
  static final int DRAWS_WITH_TOKENS = 2;
  static final int TOKENS_PER_DRAW = 3;
  static final int FIRST_SETTING = 4;

  /// Copies the methods and checks what is asked.
  public PilotQuestion {
    methods = Set.copyOf(methods);
    if (methods.isEmpty() || !Set.of(Method.BEST_OF_N, Method.EARLY_STOP).containsAll(methods)) {
      throw new InputException(
          Problem.CONFLICT,
          "recorded samples certify best-of-n and early-stop; the other methods are planned without ",
          Parameter.RUN);
    }
    if (rewardRange.isPresent() && !(rewardRange.get().upper() > rewardRange.get().lower())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a range of rewards needs LOW < HIGH, was " + rewardRange.get());
    }
  }

  @Override
  public List<String> rewards() {
    return List.of(reward);
  }

  /// Whether some draw has a score; the sum of the lengths that are known, how many are, the mean
  /// length where all are; then, where there is a score, the numbers of each method's settings.
  ///
  /// @throws IllegalArgumentException if a reward is outside the stated range
  @Override
  public double[] measure(PromptView prompt) {
    double[] lengths =
        prompt.draws().draws().stream()
            .map(Draw::length)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    boolean scored = !Arrays.stream(prompt.draws().ranks(reward)).allMatch(Double::isInfinite);
    DoubleStream all =
        DoubleStream.of(
            scored ? 1 : 0,
            Arrays.stream(lengths).sum(),
            lengths.length,
            lengths.length == prompt.size()
                ? Arrays.stream(lengths).average().orElseThrow()
                : Double.NaN);
    if (!scored) {
      return all.toArray();
    }
    rewardRange.ifPresent(range -> check(prompt, range));
    return DoubleStream.concat(
            all, tested().flatMapToDouble(method -> method.numbers(prompt, reward)))
        .toArray();
  }

  /// The methods in their order.
  Stream<TestedSettings> tested() {
    return EnumSet.copyOf(methods).stream().map(TestedSettings::of);
  }

  /// Whether some draw of a prompt has a score.
  static boolean isScored(MeasuredPrompts measured, int prompt) {
    return measured.number(prompt, SCORED) == 1;
  }

  private void check(PromptView prompt, Interval range) {
    for (Draw draw : prompt.draws().draws()) {
      double value = draw.scores().rank(reward);
      if (Double.isFinite(value) && !(value >= range.lower() && value <= range.upper())) {
        throw new InputException(
            Problem.OUT_OF_RANGE,
            "%s: the reward %s is outside the stated range [%s, %s]"
                .formatted(draw.place(), value, range.lower(), range.upper()));
      }
    }
  }

  private Object writeReplace() {
    return new Written(reward, methods.toArray(Method[]::new), rewardRange.orElse(null));
  }

  /// What may be absent is null where it is written.
  private record Written(String reward, Method[] methods, @Nullable Interval rewardRange)
      implements Serializable {
    private Object readResolve() {
      return new PilotQuestion(reward, Set.of(methods), Optional.ofNullable(rewardRange));
    }
  }
}
