package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Questions;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

class PilotPlannerTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final Set<Method> BOTH = EnumSet.of(Method.BEST_OF_N, Method.EARLY_STOP);

  /// Two kinds of prompt: one that answers from ten outcomes, one that never repeats itself.
  private static PromptDraws prompt(int j, int draws, Random random) {
    boolean few = j % 2 == 0;
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      int outcome = few ? random.nextInt(10) : 1_000_000 + i;
      double reward = few ? outcome : random.nextDouble();
      drafts.add(
          Draft.of("o" + outcome)
              .logP(few ? -Math.log(10) : -200, Draft.EXACT)
              .reward("r", reward)
              .tokens(20));
    }
    return Draft.prompt("p" + j, drafts);
  }

  private static PilotPlan plan(Targets targets, Set<Method> methods, long seed, int prompts) {
    var random = new Random(seed);
    List<PromptDraws> all = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      all.add(prompt(j, 64, random));
    }
    return plan(new PilotQuestion("r", methods, Optional.empty()), targets, all);
  }

  private static PilotPlan plan(
      PilotQuestion question, Targets targets, List<PromptDraws> prompts) {
    return PilotPlanner.plan(
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
        new PilotSettings(question, targets, Confidence.DEFAULT));
  }

  private static Finding bound(PilotPlan.Option option, Quantity quantity, Role role) {
    return option.step().orElseThrow().findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .findFirst()
        .orElseThrow();
  }

  private static double n(PilotPlan.Option option) {
    return ((Setting.BestOfN) option.step().orElseThrow().setting()).n();
  }

  /// The exact mean over the two kinds.
  private static double winRate(double n) {
    var table =
        OutcomeTable.of(
            new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    return (Law.of(new Selection.BestOfN(n), table).winRate() + n / (n + 1)) / 2;
  }

  /// Seeds 0 to 19: five draws would do, four would not, and sixty prompts are sure of six.
  @Test
  void theCertifiedWinRateIsReachedByTheTruth() {
    var targets = new Targets(OptionalDouble.of(0.8), NONE, NONE, NONE);
    assertThat(winRate(4)).isLessThan(0.8);
    assertThat(winRate(5)).isGreaterThan(0.8);
    for (long seed = 0; seed < 20; seed++) {
      PilotPlan plan = plan(targets, Set.of(Method.BEST_OF_N), seed, 60);
      PilotPlan.Option option = plan.choice().orElseThrow();
      assertThat(bound(option, Quantity.WIN_RATE, Role.LOWER_BOUND).value())
          .isGreaterThanOrEqualTo(0.8);
      assertThat(n(option)).as("seed %d", seed).isEqualTo(6);
    }
  }

  @Test
  void aPilotAllowsMoreDrawsThanTheTextbookAtTheSameDrift() {
    var targets = new Targets(NONE, NONE, OptionalDouble.of(1.7), NONE);
    PilotPlan plan = plan(targets, Set.of(Method.BEST_OF_N), 7, 300);
    double textbook = ((Setting.BestOfN) Family.of(Method.BEST_OF_N).within(targets)).n();

    assertThat(n(plan.choice().orElseThrow())).isGreaterThan(textbook);
    assertThat(bound(plan.choice().orElseThrow(), Quantity.KL, Role.UPPER_BOUND).value())
        .isLessThanOrEqualTo(1.7);
  }

  @Test
  void earlyStopKeepsTheWinRateWithFewerDraws() {
    var targets = new Targets(OptionalDouble.of(0.8), NONE, NONE, NONE);
    PilotPlan plan = plan(targets, BOTH, 3, 120);

    assertThat(plan.options()).hasSize(2).allMatch(o -> o.step().isPresent());
    assertThat(bound(plan.options().getLast(), Quantity.DRAWS, Role.VALUE).value())
        .isLessThan(n(plan.options().getFirst()));
    Finding draws = bound(plan.options().getLast(), Quantity.DRAWS, Role.VALUE);
    Finding winRate = bound(plan.options().getFirst(), Quantity.WIN_RATE, Role.VALUE);
    assertThat(draws.source().title()).startsWith("pilot, second half of the draws");
    assertThat(draws.samples().orElseThrow()).isEqualTo(winRate.samples().orElseThrow() / 2);
  }

  @Test
  void aTargetOutOfReachIsUnmetWithAReason() {
    PilotPlan plan = plan(new Targets(OptionalDouble.of(0.98), NONE, NONE, NONE), BOTH, 1, 20);
    assertThat(plan.choice()).isEmpty();
    assertThat(plan.options()).allMatch(o -> !o.unmet().isEmpty());

    PilotPlan torn =
        plan(
            new Targets(OptionalDouble.of(0.85), NONE, OptionalDouble.of(0.2), NONE),
            Set.of(Method.BEST_OF_N),
            1,
            60);
    assertThat(torn.choice()).isEmpty();
    assertThat(torn.options().getFirst().unmet().getFirst()).isInstanceOf(Unmet.Torn.class);
  }

  /// Half of the prompts have rewards 0 to 9, the others below 1: best-of-n tends to about 5.
  @Test
  void aMeanRewardIsEstimatedOrProvenForBothMethods() {
    var targets = new Targets(NONE, OptionalDouble.of(3.5), NONE, NONE);
    for (Optional<Interval> range :
        List.of(Optional.<Interval>empty(), Optional.of(new Interval(0, 9)))) {
      PilotPlan plan = plan(targets, range, 200);
      assertThat(plan.options()).hasSize(2).allMatch(o -> o.step().isPresent());
      for (PilotPlan.Option option : plan.options()) {
        Finding bound = bound(option, Quantity.REWARD, Role.LOWER_BOUND);
        assertThat(bound.value()).isBetween(3.5, 5.0);
        assertThat(bound.evidence())
            .isEqualTo(range.isPresent() ? Evidence.THEOREM : Evidence.ESTIMATE);
      }
    }
    assertThatThrownBy(() -> plan(targets, Optional.of(new Interval(0, 1)), 200))
        .hasMessageContaining("outside the stated range [0.0, 1.0]");
  }

  private static PilotPlan plan(Targets targets, Optional<Interval> range, int prompts) {
    var random = new Random(9);
    List<PromptDraws> all = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      all.add(prompt(j, 64, random));
    }
    return plan(new PilotQuestion("r", BOTH, range), targets, all);
  }

  @Test
  void nothingScoredAndMethodsThatSamplesCannotCertifyAreRefused() {
    var targets = new Targets(OptionalDouble.of(0.8), NONE, NONE, NONE);
    var other = new PilotQuestion("other", BOTH, Optional.empty());
    List<PromptDraws> one = List.of(prompt(0, 8, new Random(0)));

    assertThatThrownBy(() -> plan(other, targets, one)).hasMessageContaining("'other'");
    assertThatThrownBy(
            () -> new PilotQuestion("r", Set.of(Method.BEST_OF_POISSON), Optional.empty()))
        .hasMessageContaining("without run");
  }

  @Test
  void theThresholdIsAnObservedRewardThatEnoughReach() {
    double[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Quantiles.threshold(sorted, 0.1)).isEqualTo(9);
    assertThat(Quantiles.threshold(sorted, 1)).isEqualTo(1);
    assertThat(Quantiles.threshold(sorted, 0)).isEqualTo(10);
  }
}
