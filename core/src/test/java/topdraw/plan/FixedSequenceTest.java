package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Column;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.Questions;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Acceptance;
import topdraw.theory.pool.Pool;

/// Settings, what each prompt says of them, and where targets put a method among them: by going
/// through all settings one by one.
class FixedSequenceTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final double THRESHOLD = 3;
  private static final Interval RANGE = new Interval(0, 4);
  private static final PromptCertificate CERTIFICATE =
      new PromptCertificate(0.1, true, Optional.of(RANGE), Confidence.DEFAULT);

  private static List<PromptDraws> prompts(long seed, int count, int draws) {
    var random = new Random(seed);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      int many = draws + (j == 1 ? 1 : 0);
      prompts.add(
          Draft.prompt(
              "p" + j,
              IntStream.range(0, many)
                  .mapToObj(
                      _ -> {
                        int outcome = random.nextInt(5);
                        return Draft.of("o" + outcome)
                            .reward("r", outcome)
                            .logP(-Math.log(5), Draft.EXACT);
                      })
                  .toList()));
    }
    return prompts;
  }

  private static PilotQuestion question(OptionalDouble threshold) {
    return new PilotQuestion(
        "r",
        Set.of(Method.BEST_OF_N, Method.EARLY_STOP),
        Optional.of(RANGE),
        threshold,
        Scope.PROMPTS);
  }

  private static MeasuredPrompts measured(PilotQuestion question, List<PromptDraws> prompts) {
    return Questions.of(question).measure(prompts::forEach, Runnable::run, 0).of(question);
  }

  /// All settings of one of the two methods measured.
  private static List<MeasuredSetting> settings(
      PilotQuestion question, MeasuredPrompts measured, int which, int draws) {
    TestedSettings from = question.measured().get(which);
    TestedSettings before = question.measured().getFirst();
    return IntStream.range(0, from.settings(draws))
        .mapToObj(
            i ->
                new MeasuredSetting(
                    from.setting(i),
                    from,
                    i,
                    measured,
                    prompt ->
                        PilotQuestion.FIRST_SETTING
                            + (which == 0 ? 0 : before.length(measured.draws(prompt))),
                    false))
        .toList();
  }

  private static double[] each(List<PromptDraws> prompts, ToDoubleFunction<PromptDraws> number) {
    return prompts.stream()
        .sorted((a, b) -> Long.compare(a.order(), b.order()))
        .mapToDouble(number)
        .toArray();
  }

  private static void assertColumn(Column column, double[] expected, long draws) {
    assertThat(column.values()).containsExactly(expected, within(1e-12));
    assertThat(column.draws()).isEqualTo(draws);
  }

  /// Best-of-n and early stop at a threshold are judged by all draws, of 5 and of 6.
  @Test
  void eachPromptSaysWhatItsPoolDoes() {
    PilotQuestion question = question(OptionalDouble.of(THRESHOLD));
    List<PromptDraws> prompts = prompts(1, 6, 5);
    MeasuredPrompts measured = measured(question, prompts);
    for (MeasuredSetting best : settings(question, measured, 0, 5)) {
      int n = best.n();
      assertThat(best.setting()).isEqualTo(new Setting.BestOfN(n));
      assertThat(best.stops()).isFalse();
      assertColumn(best.winRates(), each(prompts, p -> p.pool("r").winRate(n)), 31);
      assertColumn(best.kls(), each(prompts, p -> p.pool("r").klUpper(n)), 31);
      assertColumn(best.rewards(), each(prompts, p -> p.pool("r").reward(n)), 31);
    }
    List<MeasuredSetting> stops = settings(question, measured, 1, 5);
    assertThat(stops).hasSize(3);
    for (MeasuredSetting stop : stops) {
      int n = stop.n();
      assertThat(stop.setting()).isEqualTo(new Setting.StopAt(n, THRESHOLD));
      assertThat(stop.stops()).isTrue();
      assertColumn(
          stop.winRates(), each(prompts, p -> p.pool("r").clippedAt(THRESHOLD).winRate(n)), 31);
      assertColumn(stop.kls(), each(prompts, p -> p.pool("r").clippedAt(THRESHOLD).klUpper(n)), 31);
      assertColumn(
          stop.rewards(),
          each(prompts, p -> p.pool("r").clippedAt(THRESHOLD).at(n).mean(p.ranks("r"))),
          31);
      assertColumn(stop.draws(), each(prompts, p -> passing(p).earlyStopDraws(n)), 31);
      assertColumn(stop.passRates(), each(prompts, p -> passing(p).passRate()), 31);
      assertThat(stop.winRateRange().orElseThrow().high()).isEqualTo(n / (n + 1.0));
      assertThat(stop.estimates(Confidence.DEFAULT, true, Optional.of(RANGE)))
          .extracting(Finding::quantity)
          .containsExactly(
              Quantity.WIN_RATE, Quantity.KL, Quantity.REWARD, Quantity.DRAWS, Quantity.PASS_RATE);
      assertThat(stop.estimates(Confidence.DEFAULT, false, Optional.of(RANGE))).hasSize(4);
    }
    MeasuredSetting one = settings(question, measured, 0, 5).getFirst();
    assertThat(one.winRateRange()).isEmpty();
    for (Setting unknown :
        new Setting[] {new Setting.RewindAndRepeat(0.5), new Setting.BestOfPoisson(2)}) {
      assertThatThrownBy(
              () -> new MeasuredSetting(unknown, one.from(), 0, measured, _ -> 0, false).n())
          .hasMessageContaining("is not measured");
    }
  }

  private static Acceptance passing(PromptDraws prompt) {
    return new Acceptance(
        prompt.draws().size(),
        (int) Arrays.stream(prompt.ranks("r")).filter(r -> r >= THRESHOLD).count());
  }

  /// The first half of nine or ten draws sets a threshold, the second judges it.
  @Test
  void aLearnedThresholdIsJudgedByTheOtherHalf() {
    PilotQuestion question = question(NONE);
    List<PromptDraws> prompts = prompts(2, 6, 9);
    MeasuredPrompts measured = measured(question, prompts);
    List<MeasuredSetting> stops = settings(question, measured, 1, 9);
    assertThat(stops).extracting(MeasuredSetting::n).containsExactly(2, 3, 4);
    for (MeasuredSetting stop : stops) {
      int cap = stop.n();
      double share = ((Setting.EarlyStop) stop.setting()).passRate();
      assertColumn(stop.winRates(), each(prompts, p -> clipped(p, share).winRate(cap)), 30);
      assertColumn(stop.kls(), each(prompts, p -> clipped(p, share).klUpper(cap)), 30);
      assertColumn(
          stop.rewards(),
          each(prompts, p -> clipped(p, share).at(cap).mean(second(p).ranks("r"))),
          30);
      assertColumn(
          stop.draws(),
          each(
              prompts,
              p -> second(p).pool("r").acceptance(threshold(p, share)).earlyStopDraws(cap)),
          30);
      assertColumn(
          stop.passRates(),
          each(prompts, p -> second(p).pool("r").acceptance(threshold(p, share)).passRate()),
          30);
    }
  }

  private static double threshold(PromptDraws prompt, double share) {
    double[] first = Arrays.copyOf(prompt.ranks("r"), prompt.draws().size() / 2);
    Arrays.sort(first);
    // The least of them such that no more than a share of 1 - z lies at or below it, or the least.
    int below = (int) Math.ceil((1 - share) * first.length);
    return below == 0 ? first[0] : first[below - 1];
  }

  private static PromptDraws second(PromptDraws prompt) {
    return new PromptDraws(
        prompt.key(),
        prompt.prompt(),
        prompt.draws().subList(prompt.draws().size() / 2, prompt.draws().size()));
  }

  private static Pool clipped(PromptDraws prompt, double share) {
    return second(prompt).pool("r").clippedAt(threshold(prompt, share));
  }

  private static int least(List<MeasuredSetting> tested, IntPredicate passes) {
    int least = tested.size();
    for (int i = tested.size() - 1; i >= 0 && passes.test(i); i--) {
      least = i;
    }
    return least;
  }

  private static int largest(List<MeasuredSetting> tested, IntPredicate keeps) {
    int largest = -1;
    for (int i = 0; i < tested.size() && keeps.test(i); i++) {
      largest = i;
    }
    return largest;
  }

  private static double mean(Column column) {
    return Arrays.stream(column.values()).average().orElseThrow();
  }

  private static double textbook(int n) {
    return Math.log(n) - (n - 1.0) / n;
  }

  private static Optional<Finding> told(PilotPlan.Step step, Quantity quantity, Role role) {
    return step.findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .findFirst();
  }

  private static OptionalDouble some(Random random, double low, double high) {
    return random.nextInt(3) == 0 ? NONE : OptionalDouble.of(random.nextDouble(low, high));
  }

  /// Targets of all kinds, for both methods: floors from the dearest setting down, ceilings from
  /// the cheapest up, each up to the first that fails.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void targetsPutAMethodBetweenFloorsAndCeilings(long seed) {
    PilotQuestion question = question(OptionalDouble.of(THRESHOLD));
    MeasuredPrompts measured = measured(question, prompts(seed, 60, 8));
    var random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      var targets =
          new Targets(
              some(random, 0.5, 0.75),
              some(random, 2, 3.6),
              some(random, 0.05, 1.2),
              OptionalDouble.of(random.nextInt(3) == 0 ? 99 : random.nextDouble(1, 8)));
      for (int which = 0; which < 2; which++) {
        assertSequence(settings(question, measured, which, 8), targets);
      }
    }
  }

  private static void assertSequence(List<MeasuredSetting> tested, Targets targets) {
    FixedSequence found = FixedSequence.of(tested, targets, CERTIFICATE);
    int size = tested.size();
    int byWins =
        targets.winRate().isEmpty()
            ? 0
            : least(
                tested,
                i -> CERTIFICATE.winRate(tested.get(i)).value() >= targets.winRate().orElseThrow());
    int byReward =
        targets.reward().isEmpty()
            ? 0
            : least(
                tested,
                i -> CERTIFICATE.reward(tested.get(i)).value() >= targets.reward().orElseThrow());
    int byKl =
        largest(
            tested,
            i ->
                targets.kl().isEmpty()
                    || textbook(tested.get(i).n()) <= targets.kl().orElseThrow()
                    || CERTIFICATE.kl(tested.get(i)).value() <= targets.kl().orElseThrow());
    int byDraws =
        largest(
            tested,
            i ->
                tested.get(i).n() <= targets.draws().orElseThrow()
                    || CERTIFICATE.draws(tested.get(i)).value() <= targets.draws().orElseThrow());
    int most = Math.min(byKl, byDraws);
    assertThat(found.leastWinRate()).isEqualTo(byWins);
    assertThat(found.leastReward()).isEqualTo(byReward);
    assertThat(found.largest()).isEqualTo(most);
    int floor = Math.max(byWins, byReward);
    boolean met = floor <= most && floor < size;
    assertThat(found.met()).isEqualTo(met);
    boolean floors = targets.winRate().isPresent() || targets.reward().isPresent();
    int chosen = Math.max(0, Math.min(size - 1, floors ? floor : most));
    assertThat(found.chosen()).isEqualTo(chosen);
    assertThat(found.estimated(chosen).setting()).isEqualTo(tested.get(chosen).setting());
    assertUnmet(found, tested, targets, most, floor);
    assertGuess(found, tested, targets);
    if (met) {
      assertCertified(found.certified(chosen), tested.get(chosen), targets);
    }
    double gain = mean(tested.getLast().winRates()) - mean(tested.get(chosen).winRates());
    assertThat(found.saturation().isPresent()).isEqualTo(chosen < size - 1 && gain <= 0.002);
    found.saturation().ifPresent(s -> assertThat(s.gain()).isCloseTo(gain, within(1e-12)));
  }

  private static void assertUnmet(
      FixedSequence found, List<MeasuredSetting> tested, Targets targets, int most, int floor) {
    List<Unmet> unmet = found.unmet();
    int size = tested.size();
    int expected = 0;
    for (Quantity quantity : List.of(Quantity.WIN_RATE, Quantity.REWARD)) {
      boolean wins = quantity == Quantity.WIN_RATE;
      if ((wins ? found.leastWinRate() : found.leastReward()) == size) {
        var missed = (Unmet.Floor) unmet.get(expected++);
        MeasuredSetting top = tested.getLast();
        assertThat(missed.quantity()).isEqualTo(quantity);
        assertThat(missed.dearest()).isEqualTo(top.setting());
        assertThat(missed.wanted())
            .isEqualTo((wins ? targets.winRate() : targets.reward()).orElseThrow());
        assertThat(missed.reached())
            .isCloseTo(mean(wins ? top.winRates() : top.rewards()), within(1e-12));
        assertThat(missed.bound())
            .isEqualTo((wins ? CERTIFICATE.winRate(top) : CERTIFICATE.reward(top)).value());
      }
    }
    if (most < 0) {
      assertThat(unmet.get(expected++)).isEqualTo(new Unmet.Ceilings());
    }
    if (expected == 0 && floor > most) {
      assertThat(unmet.get(expected++))
          .isEqualTo(new Unmet.Torn(tested.get(floor).setting(), tested.get(most).setting()));
    }
    assertThat(unmet).hasSize(expected);
  }

  private static void assertGuess(
      FixedSequence found, List<MeasuredSetting> tested, Targets targets) {
    Optional<Setting> seems =
        tested.stream()
            .filter(
                one ->
                    mean(one.winRates()) >= targets.winRate().orElse(0)
                        && mean(one.rewards()) >= targets.reward().orElse(-9)
                        && Math.min(textbook(one.n()), CERTIFICATE.kl(one).value())
                            <= targets.kl().orElse(99)
                        && (one.stops() ? mean(one.draws()) : one.n())
                            <= targets.draws().orElseThrow())
            .map(MeasuredSetting::setting)
            .findFirst();
    assertThat(found.guess().map(PilotPlan.Step::setting)).isEqualTo(seems);
  }

  private static void assertCertified(PilotPlan.Step step, MeasuredSetting here, Targets targets) {
    assertThat(step.setting()).isEqualTo(here.setting());
    targets
        .winRate()
        .ifPresent(
            w ->
                assertThat(told(step, Quantity.WIN_RATE, Role.LOWER_BOUND).orElseThrow().value())
                    .isGreaterThanOrEqualTo(w));
    targets
        .reward()
        .ifPresent(
            r ->
                assertThat(told(step, Quantity.REWARD, Role.LOWER_BOUND).orElseThrow().value())
                    .isGreaterThanOrEqualTo(r));
    Finding kl = told(step, Quantity.KL, Role.UPPER_BOUND).orElseThrow();
    boolean certain = targets.kl().isEmpty() || textbook(here.n()) <= targets.kl().orElseThrow();
    assertThat(kl.confidence().isEmpty()).isEqualTo(certain);
    assertThat(kl.value())
        .isCloseTo(certain ? textbook(here.n()) : CERTIFICATE.kl(here).value(), within(1e-12));
    Role role = here.stops() ? Role.UPPER_BOUND : Role.VALUE;
    assertThat(told(step, Quantity.DRAWS, role).orElseThrow().value())
        .isEqualTo(CERTIFICATE.draws(here).value());
    for (Finding estimate : here.estimates(Confidence.DEFAULT, true, Optional.of(RANGE))) {
      boolean contradicted =
          step.findings().stream()
              .filter(f -> f.quantity() == estimate.quantity() && f.confidence().isPresent())
              .filter(f -> f.interval().isEmpty())
              .anyMatch(
                  f ->
                      f.role() == Role.UPPER_BOUND
                          ? estimate.value() > f.value()
                          : estimate.value() < f.value());
      boolean above = estimate.quantity() == Quantity.KL && estimate.value() > kl.value();
      assertThat(step.findings().contains(estimate)).isEqualTo(!contradicted && !above);
    }
  }
}
