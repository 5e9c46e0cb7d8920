package topdraw.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Plans from recorded samples: the least setting whose win rate is certified, within the largest
/// whose drift is.
///
/// Settings are tested from the safe side in a fixed order. The allowed chance of failing is split
/// evenly over methods and the targets that draws must prove, so that everything certified holds at
/// once: of prompts like these, drawn independently, or of these alone. Nothing is certified of
/// rewards whose range is not known.
public final class PilotPlanner {
  /// Betting on one value a prompt, at settings tested in an order fixed beforehand.
  public static final Estimator FIXED_SEQUENCE =
      new Estimator("betting_fixed_sequence", "betting, fixed-sequence");

  private static final double CLOSE = 1.05;

  private final MeasuredPrompts measured;
  private final PilotSettings settings;
  private final int[] scored;
  private final boolean zeroOne;

  private PilotPlanner(MeasuredPrompts measured, PilotSettings settings) {
    this.measured = measured;
    this.settings = settings;
    scored =
        IntStream.range(0, measured.count())
            .filter(prompt -> PilotQuestion.isScored(measured, prompt))
            .toArray();
    zeroOne =
        Arrays.stream(scored)
            .allMatch(prompt -> measured.number(prompt, PilotQuestion.ZERO_ONE) == 1);
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
    Audit.refusal(verdicts, Withholds.SEVERAL_DRAWS)
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
    List<Option> options =
        EnumSet.copyOf(settings.question().methods()).stream()
            .map(method -> option(method, drift))
            .toList();
    Optional<Option> choice = choice(options);
    return new PilotPlan(
        settings,
        scored.length,
        measured.count() - scored.length,
        Arrays.stream(scored).mapToLong(measured::draws).sum(),
        verdicts,
        tokensPerDraw(),
        options,
        choice,
        choice.isEmpty() && zeroOne && scope() == Scope.PROMPTS
            ? given(Optional.empty()).option(Method.BEST_OF_N).step()
            : Optional.empty());
  }

  private Scope scope() {
    return settings.question().scope();
  }

  private Option option(Method method, boolean drift) {
    Option option =
        scope() == Scope.PROMPTS ? overPrompts(method, drift) : ofGivenPrompts(method, drift);
    // Few prompts tell the right n by their rates, beyond what was recorded too.
    Optional<PilotPlan.Guess> better =
        zeroOne && scored.length < Scope.FEWEST_PROMPTS && option.step().isEmpty()
            ? given(Optional.empty()).guess(method)
            : Optional.empty();
    return better.isEmpty()
        ? option
        : new Option(
            method,
            option.step(),
            option.cheaper(),
            option.dearer(),
            better,
            option.unmet(),
            option.saturation());
  }

  private Option overPrompts(Method method, boolean drift) {
    boolean passFail = zeroOne && settings.question().threshold().isEmpty();
    TestedSettings bestOfN = settings.question().measured().getFirst();
    List<MeasuredSetting> tested =
        method == Method.BEST_OF_N
            ? settingsOf(bestOfN)
            : passFail ? stopAtPass(bestOfN) : settingsOf(settings.question().measured().getLast());
    // Early stop at a pass is best-of-n itself, so the two are one method with one set of tests.
    int families = passFail ? 1 : settings.question().methods().size();
    List<MeasuredSetting> together =
        passFail && settings.question().methods().contains(Method.EARLY_STOP)
            ? stopAtPass(bestOfN)
            : tested;
    return option(
        method,
        tested,
        new PromptCertificate(
            share(together, families), drift, rewardRange(), settings.confidence()),
        settings.targets());
  }

  private Option ofGivenPrompts(Method method, boolean drift) {
    DrawBlocks blocks = new DrawBlocks(measured, scored, blocksFrom());
    if (zeroOne && settings.question().threshold().isEmpty()) {
      return given(Optional.of(blocks)).option(method);
    }
    if (method == Method.EARLY_STOP) {
      return new Option(
          method,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(new Unmet.OverPromptsOnly()),
          Optional.empty());
    }
    List<MeasuredSetting> tested = settingsOf(settings.question().measured().getFirst());
    return option(
        method,
        tested,
        new BlockCertificate(
            settings.confidence().alpha() / Math.max(1, floors()),
            drift,
            blocks,
            rewardRange(),
            settings.confidence()),
        settings.targets());
  }

  private GivenPasses given(Optional<DrawBlocks> blocks) {
    return new GivenPasses(
        Arrays.stream(scored).map(p -> (int) measured.number(p, PilotQuestion.PASSES)).toArray(),
        Arrays.stream(scored).map(measured::draws).toArray(),
        Arrays.stream(scored).allMatch(p -> measured.number(p, PilotQuestion.MISSING) == 0),
        settings.targets(),
        settings.confidence(),
        blocks.orElse(null));
  }

  /// Rewards that are all 0 or 1 need no stated range.
  private Optional<Interval> rewardRange() {
    return zeroOne ? Optional.of(new Interval(0, 1)) : settings.question().rewardRange();
  }

  /// The settings of a method that every prompt spoke of.
  private List<MeasuredSetting> settingsOf(TestedSettings method) {
    int[] first = firstColumns(method);
    return IntStream.range(0, common(method))
        .mapToObj(
            i ->
                new MeasuredSetting(
                    method.setting(i), method, i, measured, prompt -> first[prompt], zeroOne))
        .toList();
  }

  /// Early stop at the first pass: the numbers of best-of-n, fewer draws.
  private List<MeasuredSetting> stopAtPass(TestedSettings bestOfN) {
    int[] first = firstColumns(bestOfN);
    return IntStream.range(1, Math.max(1, common(bestOfN)))
        .mapToObj(
            i ->
                new MeasuredSetting(
                    new Setting.StopAt(TestedSettings.step(i), 1),
                    bestOfN,
                    i,
                    measured,
                    prompt -> first[prompt],
                    true))
        .toList();
  }

  private int common(TestedSettings method) {
    return Arrays.stream(scored)
        .map(prompt -> method.settings(measured.draws(prompt)))
        .min()
        .orElseThrow();
  }

  private int[] firstColumns(TestedSettings method) {
    return columnsAfter(
        settings.question().measured().stream().takeWhile(other -> !other.equals(method)).toList());
  }

  private int[] blocksFrom() {
    return columnsAfter(settings.question().measured());
  }

  private int[] columnsAfter(List<TestedSettings> before) {
    return IntStream.range(0, measured.count())
        .map(
            prompt ->
                PilotQuestion.FIRST_SETTING
                    + before.stream().mapToInt(m -> m.length(measured.draws(prompt))).sum())
        .toArray();
  }

  private int floors() {
    Targets targets = settings.targets();
    return (targets.winRate().orElse(0) > 0.5 ? 1 : 0) + (targets.reward().isPresent() ? 1 : 0);
  }

  /// The chance of failing that each bound of a method may have: shared by the targets that draws
  /// must prove, not by what holds for every policy or by design.
  private double share(List<MeasuredSetting> tested, int families) {
    Targets targets = settings.targets();
    boolean kl =
        tested.stream()
            .anyMatch(one -> KlBounds.analytical((double) one.n()) > targets.klCeiling());
    boolean draws =
        tested.stream().anyMatch(one -> one.stops() && one.n() > targets.drawsCeiling());
    int tests = floors() + (kl ? 1 : 0) + (draws ? 1 : 0);
    return settings.confidence().alpha() / (Math.max(1, tests) * families);
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

  private static Option option(
      Method method, List<MeasuredSetting> tested, Certificate certificate, Targets targets) {
    if (tested.isEmpty()) {
      return new Option(
          method,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(new Unmet.TooFewDraws(method)),
          Optional.empty());
    }
    FixedSequence sequence = FixedSequence.of(tested, targets, certificate);
    int at = sequence.chosen();
    List<Unmet> unmet = sequence.unmet();
    // Where the cheapest setting is too dear, a dearer one is no way out.
    boolean tooDear = unmet.contains(new Unmet.Ceilings());
    return new Option(
        method,
        sequence.met() ? Optional.of(sequence.certified(at)) : Optional.empty(),
        at > 0 ? Optional.of(sequence.estimated(at - 1)) : Optional.empty(),
        at < tested.size() - 1 && !tooDear
            ? Optional.of(sequence.estimated(at + 1))
            : Optional.empty(),
        sequence.met()
            ? Optional.empty()
            : sequence.guess().map(step -> new PilotPlan.Guess(step, Optional.empty())),
        unmet,
        sequence.saturation());
  }

  /// Of those that meet every target the one that draws least, and of equals the one that drifts
  /// least; where there are only ceilings, of those that miss at most 5 % more wins than the best.
  private Optional<Option> choice(List<Option> options) {
    boolean floor =
        settings.targets().winRate().isPresent() || settings.targets().reward().isPresent();
    ToDoubleFunction<Option> price = floor ? option -> 0 : PilotPlanner::missedWins;
    List<Option> met = options.stream().filter(o -> o.step().isPresent()).toList();
    double least = met.stream().mapToDouble(price).min().orElse(0);
    return met.stream()
        .filter(o -> price.applyAsDouble(o) <= CLOSE * least)
        .min(
            Comparator.comparingDouble(PilotPlanner::draws)
                .thenComparingDouble(option -> told(option, Quantity.KL).orElseThrow()));
  }

  /// Of given prompts no win rate is estimated: best-of-n with more draws misses fewer.
  private static double missedWins(Option option) {
    return 1
        - told(option, Quantity.WIN_RATE)
            .orElseGet(() -> option.step().orElseThrow().setting().winRate());
  }

  /// As estimated, else as bounded.
  private static double draws(Option option) {
    return told(option, Quantity.DRAWS).orElseThrow();
  }

  private static OptionalDouble told(Option option, Quantity quantity) {
    return option.step().orElseThrow().findings().stream()
        .filter(f -> f.quantity() == quantity)
        .sorted(Comparator.comparingInt(f -> f.role() == Role.VALUE ? 0 : 1))
        .mapToDouble(Finding::value)
        .findFirst();
  }
}
