package topdraw.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;
import topdraw.estimate.Column;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.Measurements;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.plan.PilotPlan.Option;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Plans from recorded samples: the least setting whose win rate is certified, within the largest
/// whose drift is.
///
/// Settings are tested from the safe side in a fixed order. The allowed chance of failing is split
/// evenly over methods and targets, so that everything certified holds at once.
public final class PilotPlanner {
  /// Betting on one value a prompt, at settings tested in an order fixed beforehand.
  public static final Estimator FIXED_SEQUENCE =
      new Estimator("betting_fixed_sequence", "betting, fixed-sequence");

  /// What is estimated of a mean reward whose range is not known.
  public static final Estimator STUDENT =
      new Estimator("t_lower", "lower end of a t interval over prompts");

  private static final double CLOSE = 1.05;

  private final MeasuredPrompts measured;
  private final PilotSettings settings;
  private final int[] scored;

  private PilotPlanner(MeasuredPrompts measured, PilotSettings settings) {
    this.measured = measured;
    this.settings = settings;
    scored =
        IntStream.range(0, measured.count())
            .filter(prompt -> PilotQuestion.isScored(measured, prompt))
            .toArray();
  }

  /// The mean length of a draw, of all those whose length is known, to turn a budget of tokens into
  /// draws.
  ///
  /// @param measured the measurements of all prompts
  /// @param question one of those they were measured by
  /// @return the mean in tokens; empty when no length is known
  public static OptionalDouble tokensPerDraw(Measurements measured, PilotQuestion question) {
    MeasuredPrompts prompts = measured.of(question);
    double tokens = 0;
    double draws = 0;
    for (int prompt = 0; prompt < prompts.count(); prompt++) {
      tokens += prompts.number(prompt, PilotQuestion.TOKENS);
      draws += prompts.number(prompt, PilotQuestion.DRAWS_WITH_TOKENS);
    }
    return draws == 0 ? OptionalDouble.empty() : OptionalDouble.of(tokens / draws);
  }

  /// Plans from what was measured.
  ///
  /// @param measured the measurements of all prompts
  /// @param settings what is asked
  /// @return the plan
  /// @throws IllegalArgumentException if no prompt has a score, or the audit finds that the samples
  ///   are not independent draws
  public static PilotPlan plan(Measurements measured, PilotSettings settings) {
    return new PilotPlanner(measured.of(settings.question()), settings).result();
  }

  private PilotPlan result() {
    List<Verdict> verdicts = measured.verdicts();
    Audit.refusal(verdicts, Withholds.INDEPENDENCE)
        .ifPresent(
            reason -> {
              throw new InputException(
                  Problem.UNSUPPORTED, "these samples support no plan: " + reason);
            });
    if (scored.length == 0) {
      throw new InputException(
          Problem.MISSING,
          "no sample has a score of the reward '"
              + settings.question().reward()
              + "'; name another with ",
          Parameter.REWARD);
    }
    boolean drift = Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isEmpty();
    Certificate certificate =
        new Certificate(share(), drift, settings.question().rewardRange(), settings.confidence());
    List<Option> options =
        settings
            .question()
            .tested()
            .map(method -> option(method.method(), measured(method), certificate))
            .toList();
    return new PilotPlan(
        settings,
        scored.length,
        measured.count() - scored.length,
        Arrays.stream(scored).mapToLong(measured::draws).sum(),
        verdicts,
        tokensPerDraw(),
        options,
        choice(options));
  }

  /// The settings of a method that every prompt spoke of.
  private List<MeasuredSetting> measured(TestedSettings method) {
    List<TestedSettings> before =
        settings.question().tested().takeWhile(other -> !other.equals(method)).toList();
    int[] first =
        IntStream.range(0, measured.count())
            .map(
                prompt ->
                    PilotQuestion.FIRST_SETTING
                        + before.stream()
                            .mapToInt(m -> m.numbers() * m.settings(measured.draws(prompt)))
                            .sum())
            .toArray();
    int common =
        Arrays.stream(scored)
            .map(prompt -> method.settings(measured.draws(prompt)))
            .min()
            .orElseThrow();
    return IntStream.range(0, common)
        .mapToObj(i -> new MeasuredSetting(method, i, measured, prompt -> first[prompt]))
        .toList();
  }

  /// The chance of failing that each of the bounds may have.
  private double share() {
    Targets targets = settings.targets();
    long tested =
        Stream.of(targets.winRate(), targets.reward(), targets.kl(), targets.draws())
            .filter(target -> target.isPresent())
            .count();
    return settings.confidence().alpha() / (tested * settings.question().methods().size());
  }

  private Optional<Finding> tokensPerDraw() {
    Column tokens =
        measured.column(
            prompt ->
                PilotQuestion.isScored(measured, prompt)
                    && !Double.isNaN(measured.number(prompt, PilotQuestion.TOKENS_PER_DRAW)),
            prompt -> measured.number(prompt, PilotQuestion.TOKENS_PER_DRAW));
    Quantity quantity = Quantity.TOKENS_PER_DRAW;
    return tokens.prompts() == 0
        ? Optional.empty()
        : Optional.of(
            tokens.mean(
                quantity,
                Role.VALUE,
                quantity.range(),
                MeasuredSetting.PILOT,
                settings.confidence()));
  }

  private Option option(Method method, List<MeasuredSetting> tested, Certificate certificate) {
    if (tested.isEmpty()) {
      return new Option(
          method,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(new Unmet.TooFewDraws(method)),
          Optional.empty());
    }
    FixedSequence sequence = FixedSequence.of(tested, settings.targets(), certificate);
    int at = sequence.chosen();
    return new Option(
        method,
        sequence.met() ? Optional.of(sequence.certified(at)) : Optional.empty(),
        at > 0 ? Optional.of(sequence.estimated(at - 1)) : Optional.empty(),
        at < tested.size() - 1 ? Optional.of(sequence.estimated(at + 1)) : Optional.empty(),
        sequence.unmet(),
        sequence.saturation());
  }

  private Optional<Option> choice(List<Option> options) {
    boolean floor =
        settings.targets().winRate().isPresent() || settings.targets().reward().isPresent();
    ToDoubleFunction<Option> price =
        floor ? o -> first(o, Quantity.KL) : o -> 1 - first(o, Quantity.WIN_RATE);
    List<Option> met = options.stream().filter(o -> o.step().isPresent()).toList();
    double least = met.stream().mapToDouble(price).min().orElse(0);
    return met.stream()
        .filter(o -> price.applyAsDouble(o) <= CLOSE * least)
        .min(Comparator.comparingDouble(o -> first(o, Quantity.DRAWS)));
  }

  private static double first(Option option, Quantity quantity) {
    return option.step().orElseThrow().findings().stream()
        .filter(f -> f.quantity() == quantity)
        .findFirst()
        .orElseThrow()
        .value();
  }
}
