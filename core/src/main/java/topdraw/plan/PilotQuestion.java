package topdraw.plan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.PromptView;
import topdraw.estimate.Question;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Interval;

/// What a method gives and costs at each of its settings: what a [PilotPlan] is made from, whatever
/// its targets are.
///
/// @param reward the reward that selects
/// @param methods which methods may be used: best-of-n, early stop or both
/// @param rewardRange where rewards lie by their making; not needed where all are 0 or 1; without
///   one a mean reward is an estimate
/// @param threshold the reward that ends early stop; empty for 1 where all rewards are 0 or 1, else
///   for a quantile of each prompt's first draws
/// @param scope of whom guarantees are to speak: of prompts like these, or of these alone
public record PilotQuestion(
    String reward,
    Set<Method> methods,
    Optional<Interval> rewardRange,
    OptionalDouble threshold,
    Scope scope)
    implements Question {
  /// Columns of a prompt that come before those of the methods.
  static final int SCORED = 0;

  static final int TOKENS = 1;
  static final int DRAWS_WITH_TOKENS = 2;
  static final int TOKENS_PER_DRAW = 3;

  /// Whether every score is 0 or 1.
  static final int ZERO_ONE = 4;

  /// How many draws have a reward of 1.
  static final int PASSES = 5;

  /// How many draws have no score.
  static final int MISSING = 6;

  static final int FIRST_SETTING = 7;

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
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a threshold is a finite reward, was " + threshold.getAsDouble());
    }
  }

  /// Of prompts like these, thresholds learned.
  ///
  /// @param reward the reward that selects
  /// @param methods which methods may be used
  /// @param rewardRange where rewards lie by their making
  public PilotQuestion(String reward, Set<Method> methods, Optional<Interval> rewardRange) {
    this(reward, methods, rewardRange, OptionalDouble.empty(), Scope.PROMPTS);
  }

  @Override
  public List<String> rewards() {
    return List.of(reward);
  }

  /// Whether some draw has a score; the sum of the lengths that are known, how many are, the mean
  /// length where all are; whether scores are all 0 or 1, how many are 1, how many are missing;
  /// then, where there is a score, the numbers of each method's settings.
  ///
  /// @throws InputException if a reward is outside the stated range, or all of a prompt are the
  ///   lowest there is
  @Override
  public double[] measure(PromptView prompt) {
    double[] lengths =
        prompt.draws().draws().stream()
            .map(Draw::length)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    double[] ranks = prompt.draws().ranks(reward);
    boolean scored = !Arrays.stream(ranks).allMatch(Double::isInfinite);
    DoubleStream all =
        DoubleStream.of(
            scored ? 1 : 0,
            Arrays.stream(lengths).sum(),
            lengths.length,
            lengths.length == prompt.size()
                ? Arrays.stream(lengths).average().orElseThrow()
                : Double.NaN,
            Range.ofPasses(ranks).isPresent() ? 1 : 0,
            (double) Arrays.stream(ranks).filter(rank -> rank == 1).count(),
            (double) Arrays.stream(ranks).filter(Double::isInfinite).count());
    if (!scored) {
      requireNoneLowest(prompt);
      return all.toArray();
    }
    rewardRange.ifPresent(range -> check(prompt, range));
    DoubleStream settings =
        measured().stream().flatMapToDouble(method -> method.numbers(prompt, reward));
    DoubleStream blocks = scope == Scope.DRAWS ? DrawBlocks.numbers(ranks) : DoubleStream.empty();
    return DoubleStream.concat(all, DoubleStream.concat(settings, blocks)).toArray();
  }

  /// What is measured of every prompt: best-of-n, which early stop at a pass is, and early stop at
  /// the threshold given or learned.
  List<TestedSettings> measured() {
    if (scope == Scope.DRAWS || !methods.contains(Method.EARLY_STOP)) {
      return List.of(new TestedSettings.OfBestOfN());
    }
    return List.of(
        new TestedSettings.OfBestOfN(),
        threshold.isPresent()
            ? new TestedSettings.OfStopAt(threshold.getAsDouble())
            : new TestedSettings.OfEarlyStop());
  }

  /// Whether some draw of a prompt has a score.
  static boolean isScored(MeasuredPrompts measured, int prompt) {
    return measured.number(prompt, SCORED) == 1;
  }

  /// A prompt whose scores are all the lowest there is was drawn and scored: to leave it out would
  /// be to choose prompts by their outcome, and a mean with it says nothing.
  private void requireNoneLowest(PromptView prompt) {
    for (Draw draw : prompt.draws().draws()) {
      if (draw.scores().of(reward) instanceof Score.Value) {
        throw new InputException(
            Problem.UNSUPPORTED,
            draw.place()
                + ": every reward of this prompt is -infinity, of which there is no mean to plan"
                + " from; record the lowest reward there is instead, such as 0 for a failure");
      }
    }
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
    return new Written(
        reward,
        methods.toArray(Method[]::new),
        rewardRange.orElse(null),
        threshold.orElse(Double.NaN),
        scope);
  }

  /// What may be absent is null, or not a number, where it is written.
  private record Written(
      String reward,
      Method[] methods,
      @Nullable Interval rewardRange,
      double threshold,
      Scope scope)
      implements Serializable {
    private Object readResolve() {
      return new PilotQuestion(
          reward,
          Set.of(methods),
          Optional.ofNullable(rewardRange),
          Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold),
          scope);
    }
  }
}
