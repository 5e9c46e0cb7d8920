package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Questions;
import topdraw.theory.confidence.MoreDraws;
import topdraw.theory.confidence.PassRateBounds;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.Settling;
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

  /// Seeds 0 to 19: five draws would do, four would not, and sixty prompts are sure of five, as the
  /// win rate of five draws is known to lie between 1/2 and 5/6.
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
      assertThat(n(option)).as("seed %d", seed).isEqualTo(5);
    }
  }

  @Test
  void aPilotAllowsMoreDrawsThanTheTextbookAtTheSameDrift() {
    var targets = new Targets(NONE, NONE, OptionalDouble.of(1.7), NONE);
    PilotPlan plan = plan(targets, Set.of(Method.BEST_OF_N), 7, 300);
    double textbook = ((Setting.BestOfN) TargetSetting.within(Method.BEST_OF_N, targets)).n();

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

  /// Where one draw is all that a ceiling allows, a dearer setting of a method that needs two is no
  /// way out, and is not named as one.
  @Test
  void whereTheCheapestIsTooDearNoDearerSettingIsNamed() {
    PilotPlan plan = plan(new Targets(NONE, NONE, OptionalDouble.of(0), NONE), BOTH, 1, 20);
    assertThat(plan.options().getFirst().dearer()).isPresent();
    PilotPlan.Option stop = plan.options().getLast();
    assertThat(stop.method()).isEqualTo(Method.EARLY_STOP);
    assertThat(stop.unmet()).containsExactly(new Unmet.Ceilings());
    assertThat(stop.dearer()).isEmpty();
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
    PilotPlan proven = plan(targets, Optional.of(new Interval(0, 9)), 200);
    assertThat(proven.options()).hasSize(2).allMatch(o -> o.step().isPresent());
    for (PilotPlan.Option option : proven.options()) {
      Finding bound = bound(option, Quantity.REWARD, Role.LOWER_BOUND);
      assertThat(bound.value()).isBetween(3.5, 5.0);
      assertThat(bound.evidence()).isEqualTo(Evidence.THEOREM);
    }
    PilotPlan guessed = plan(targets, Optional.empty(), 200);
    assertThat(guessed.choice()).isEmpty();
    for (PilotPlan.Option option : guessed.options()) {
      assertThat(option.step()).isEmpty();
      assertThat(option.guess()).isPresent();
      assertThat(((Unmet.Floor) option.unmet().getFirst()).help())
          .isEqualTo(new Unmet.Help.StatedRange());
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

  private static PromptDraws passes(String key, boolean... passed) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < passed.length; i++) {
      drafts.add(Draft.of("thing " + i).reward("r", passed[i] ? 1 : 0));
    }
    return Draft.prompt(key, drafts);
  }

  private static PilotQuestion asked(Set<Method> methods, Scope scope) {
    return new PilotQuestion("r", methods, Optional.empty(), NONE, scope);
  }

  /// 3 successes among 600 draws of one prompt: of others nothing follows, of this one ⌈log 1/2 /
  /// log(1 - p)⌉ draws at the exact bound p = 0.001364164…
  @Test
  void threeSuccessesPromiseNothingOfOtherPromptsAndBestOf508OfThisOne() {
    var passed = new boolean[600];
    passed[7] = true;
    passed[250] = true;
    passed[251] = true;
    var targets = new Targets(NONE, OptionalDouble.of(0.5), NONE, NONE);
    List<PromptDraws> one = List.of(passes("p", passed));

    PilotPlan sample = plan(asked(BOTH, Scope.PROMPTS), targets, one);
    assertThat(sample.choice()).isEmpty();
    PilotPlan.Guess guess = sample.options().getFirst().guess().orElseThrow();
    assertThat(guess.step().setting()).isEqualTo(new Setting.BestOfN(139));
    assertThat(guess.n()).contains(new Interval(48, 672));
    assertThat(guess.step().findings()).allMatch(f -> f.evidence() == Evidence.ESTIMATE);
    assertThat(sample.alone().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(508));

    PilotPlan fixed = plan(asked(BOTH, Scope.DRAWS), targets, one);
    Finding reward = bound(fixed.options().getFirst(), Quantity.REWARD, Role.LOWER_BOUND);
    assertThat(n(fixed.options().getFirst())).isEqualTo(508);
    assertThat(reward.evidence()).isEqualTo(Evidence.THEOREM);
    assertThat(reward.value()).isCloseTo(1 - Math.pow(1 - 0.001364164443725209, 508), within(1e-9));
    assertThat(fixed.choice().orElseThrow().step().orElseThrow().setting())
        .isEqualTo(new Setting.StopAt(508, 1));
    Finding draws = bound(fixed.choice().orElseThrow(), Quantity.DRAWS, Role.UPPER_BOUND);
    assertThat(draws.value()).isCloseTo(reward.value() / 0.001364164443725209, within(1e-6));
  }

  @Test
  void whatIsMissingToAGuaranteeIsSaidInDraws() {
    var passed = new boolean[100];
    passed[3] = true;
    passed[4] = true;
    List<PromptDraws> one = List.of(passes("p", passed));
    var within40 = new Targets(NONE, OptionalDouble.of(0.5), NONE, OptionalDouble.of(40));
    PilotPlan plan = plan(asked(Set.of(Method.BEST_OF_N), Scope.DRAWS), within40, one);
    long more =
        ((Settling.More) MoreDraws.forPasses(2, 100, 0.5, 40, Confidence.DEFAULT.alpha())).more();
    assertThat(help(plan)).isEqualTo(new Unmet.Help.MoreDraws(more));
    assertThat(more).isPositive();

    var within20 = new Targets(NONE, OptionalDouble.of(0.5), NONE, OptionalDouble.of(20));
    assertThat(help(plan(asked(Set.of(Method.BEST_OF_N), Scope.DRAWS), within20, one)))
        .isEqualTo(new Unmet.Help.Above(OptionalDouble.of(35)));
    assertThat(
            help(
                plan(
                    asked(Set.of(Method.BEST_OF_N), Scope.DRAWS),
                    within20,
                    List.of(passes("p", new boolean[100])))))
        .isEqualTo(new Unmet.Help.FirstSuccess(0.03));
    var reward = new Targets(NONE, OptionalDouble.of(0.5), NONE, NONE);
    assertThat(help(plan(asked(Set.of(Method.BEST_OF_N), Scope.PROMPTS), reward, one)))
        .isEqualTo(new Unmet.Help.OtherPrompts());
  }

  /// 2 successes among 8 prompts of 32 draws: what a plan over prompts says of these alone, the
  /// plan of these alone says too.
  @Test
  void whatIsSaidOfThesePromptsAloneIsWhatTheirPlanFinds() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 8; j++) {
      var passed = new boolean[32];
      passed[5] = j < 2;
      prompts.add(passes("p" + j, passed));
    }
    var targets = new Targets(NONE, OptionalDouble.of(0.05), NONE, NONE);
    Set<Method> bestOfN = Set.of(Method.BEST_OF_N);
    PilotPlan sample = plan(asked(bestOfN, Scope.PROMPTS), targets, prompts);
    PilotPlan fixed = plan(asked(bestOfN, Scope.DRAWS), targets, prompts);
    assertThat(sample.alone().orElseThrow().setting())
        .isEqualTo(fixed.options().getFirst().step().orElseThrow().setting())
        .isEqualTo(new Setting.BestOfN(2282));
  }

  /// 60 of 200 draws passed: Clopper and Pearson's interval at 95 %, through 1 - (1-p)³, whatever
  /// was certified beside it.
  @Test
  void anEstimateKeepsItsIntervalBesideABound() {
    var passed = new boolean[200];
    Arrays.fill(passed, 0, 60, true);
    var targets = new Targets(NONE, OptionalDouble.of(0.5), NONE, NONE);
    PilotPlan plan =
        plan(asked(Set.of(Method.BEST_OF_N), Scope.DRAWS), targets, List.of(passes("p", passed)));
    Finding reward = bound(plan.options().getFirst(), Quantity.REWARD, Role.VALUE);
    assertThat(n(plan.options().getFirst())).isEqualTo(3);
    Interval interval = reward.interval().orElseThrow();
    assertThat(interval.lower()).isCloseTo(0.5564, within(1e-4));
    assertThat(interval.upper()).isCloseTo(0.7484, within(1e-4));
  }

  private static Unmet.Help help(PilotPlan plan) {
    return ((Unmet.Floor) plan.options().getFirst().unmet().getFirst()).help();
  }

  /// Best-of-3 drifts by log 3 - 2/3 = 0.432 nats at most, whatever is drawn, and wins 0.75, 0.729
  /// and 0.679 of the time; the certainty of the first leaves the whole chance to the second.
  @ParameterizedTest
  @ValueSource(strings = {"unique", "stars", "passes"})
  void aCeilingThatIsCertainCostsNothing(String law) {
    var targets = new Targets(OptionalDouble.of(0.65), NONE, OptionalDouble.of(0.5), NONE);
    for (long seed = 0; seed < 10; seed++) {
      var random = new Random(seed);
      List<PromptDraws> prompts = new ArrayList<>();
      for (int j = 0; j < 60; j++) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          double reward =
              switch (law) {
                case "unique" -> random.nextDouble() + 2;
                case "stars" -> random.nextInt(5) + 1;
                default -> random.nextDouble() < 0.3 ? 1 : 0;
              };
          drafts.add(Draft.of("d" + i + " " + random.nextLong()).reward("r", reward));
        }
        prompts.add(Draft.prompt("p" + j, drafts));
      }
      PilotPlan plan = plan(asked(Set.of(Method.BEST_OF_N), Scope.PROMPTS), targets, prompts);
      assertThat(plan.choice()).as("%s, seed %d", law, seed).isPresent();
      assertThat(n(plan.choice().orElseThrow())).isBetween(2.0, 3.0);
      assertThat(bound(plan.choice().orElseThrow(), Quantity.KL, Role.UPPER_BOUND).confidence())
          .isEmpty();
    }
  }

  /// Early stop at the first pass is best-of-n for fewer draws, so it is what is chosen.
  @Test
  void earlyStopAtAPassHasEveryCapAndTheBoundsOfBestOfN() {
    var random = new Random(5);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 80; j++) {
      var passed = new boolean[24];
      for (int i = 0; i < passed.length; i++) {
        passed[i] = random.nextDouble() < 0.4;
      }
      prompts.add(passes("p" + j, passed));
    }
    var targets = new Targets(NONE, OptionalDouble.of(0.8), NONE, NONE);
    PilotPlan plan = plan(asked(BOTH, Scope.PROMPTS), targets, prompts);
    PilotPlan.Option best = plan.options().getFirst();
    PilotPlan.Option stop = plan.options().getLast();
    assertThat(stop.step().orElseThrow().setting())
        .isEqualTo(new Setting.StopAt((long) n(best), 1));
    assertThat(bound(stop, Quantity.REWARD, Role.LOWER_BOUND))
        .isEqualTo(bound(best, Quantity.REWARD, Role.LOWER_BOUND));
    assertThat(plan.choice()).contains(stop);
    double draws = bound(stop, Quantity.DRAWS, Role.VALUE).value();
    double n = n(best);
    assertThat(draws).isCloseTo((1 - Math.pow(0.6, n)) / 0.4, within(0.15));

    var given = new PilotQuestion("r", BOTH, Optional.empty(), OptionalDouble.of(1), Scope.PROMPTS);
    PilotPlan.Option givenStop = plan(given, targets, prompts).options().getLast();
    assertThat(givenStop.step().orElseThrow().setting()).isInstanceOf(Setting.StopAt.class);
    assertThat(bound(givenStop, Quantity.DRAWS, Role.VALUE).samples()).hasValue(80 * 24);
  }

  /// T1 for blocks: 40 prompts that pass half of the time, 20 draws each.
  @Test
  void manyGivenPromptsAreProvenByBlocksOfTheirDraws() {
    var random = new Random(11);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 40; j++) {
      var passed = new boolean[20];
      for (int i = 0; i < passed.length; i++) {
        passed[i] = random.nextBoolean();
      }
      prompts.add(passes("p" + j, passed));
    }
    var targets = new Targets(NONE, OptionalDouble.of(0.7), NONE, NONE);
    PilotPlan plan = plan(asked(Set.of(Method.BEST_OF_N), Scope.DRAWS), targets, prompts);
    // By each prompt's own rate at 0.025/40 seven draws or so would be needed; the truth is 2.
    assertThat(n(plan.choice().orElseThrow())).isBetween(2.0, 3.0);
    assertThat(bound(plan.choice().orElseThrow(), Quantity.REWARD, Role.LOWER_BOUND).source().id())
        .isEqualTo("blocks_fixed_sequence");
  }

  /// Every second draw of 40 prompts passes, so all 400 blocks of two draws do: at half the chance
  /// of failing they prove 0.025^(1/400) = 0.9908, at all of it they would prove 0.9925. Beyond
  /// that the rate of each prompt counts, 0.1675 at least at 0.05/80: of 26 draws one passes.
  @Test
  void blocksHaveHalfTheChanceOfFailing() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 40; j++) {
      var passed = new boolean[20];
      for (int i = 0; i < passed.length; i += 2) {
        passed[i] = true;
      }
      prompts.add(passes("p" + j, passed));
    }
    PilotQuestion question = asked(Set.of(Method.BEST_OF_N), Scope.DRAWS);
    var within = new Targets(NONE, OptionalDouble.of(0.99), NONE, NONE);
    assertThat(n(plan(question, within, prompts).choice().orElseThrow())).isEqualTo(2);
    // Half of the draws pass, of two 0.75: no estimate below what is proven stands beside it.
    assertThat(
            bound(
                    plan(question, within, prompts).choice().orElseThrow(),
                    Quantity.REWARD,
                    Role.VALUE)
                .value())
        .isEqualTo(0.99);
    var beyond = new Targets(NONE, OptionalDouble.of(0.9915), NONE, NONE);
    assertThat(n(plan(question, beyond, prompts).choice().orElseThrow())).isEqualTo(26);
  }

  @Test
  void ofGivenPromptsRewardsInAStatedRangeAreProvenByBlocks() {
    var random = new Random(2);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 12; j++) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        drafts.add(Draft.of("d" + i).reward("r", random.nextDouble()));
      }
      prompts.add(Draft.prompt("p" + j, drafts));
    }
    var targets = new Targets(OptionalDouble.of(0.7), OptionalDouble.of(0.7), NONE, NONE);
    var question = new PilotQuestion("r", BOTH, Optional.of(new Interval(0, 1)), NONE, Scope.DRAWS);
    PilotPlan plan = plan(question, targets, prompts);
    PilotPlan.Option option = plan.choice().orElseThrow();
    // Best of 3 wins 0.75 of the time with a mean of 0.75.
    assertThat(n(option)).isBetween(3.0, 4.0);
    assertThat(bound(option, Quantity.REWARD, Role.LOWER_BOUND).value()).isBetween(0.7, 0.8);
    assertThat(bound(option, Quantity.WIN_RATE, Role.LOWER_BOUND).value()).isBetween(0.7, 0.8);
    assertThat(plan.options().getLast().unmet()).containsExactly(new Unmet.OverPromptsOnly());
    // Two targets share the chance of failing; one has it alone.
    for (Quantity target : List.of(Quantity.REWARD, Quantity.WIN_RATE)) {
      assertThat(bound(option, target, Role.LOWER_BOUND).confidence()).hasValue(0.975);
    }
    var reward = new Targets(NONE, OptionalDouble.of(0.7), NONE, NONE);
    PilotPlan.Option alone = plan(question, reward, prompts).choice().orElseThrow();
    assertThat(bound(alone, Quantity.REWARD, Role.LOWER_BOUND).confidence()).hasValue(0.95);
  }

  /// Where 7 of 8 draws pass, best-of-4 wins hardly less often than best-of-7.
  @Test
  void moreDrawsThatCannotHelpAreSaid() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 14; j++) {
      var passed = new boolean[8];
      Arrays.fill(passed, true);
      passed[j % 8] = false;
      prompts.add(passes("p" + j, passed));
    }
    var targets = new Targets(NONE, NONE, OptionalDouble.of(0.7), NONE);
    PilotPlan plan = plan(asked(Set.of(Method.BEST_OF_N), Scope.PROMPTS), targets, prompts);
    PilotPlan.Option option = plan.choice().orElseThrow();
    assertThat(n(option)).isEqualTo(4);
    assertThat(option.saturation().orElseThrow().gain()).isBetween(-1e-12, 0.002);
  }

  /// Four given prompts of 120 draws, each reward a whole number of a formula: what is proven of
  /// them alone, at half the chance of failing for each of the two targets. By another way, in
  /// Python: blocks of n + 1 draws in a row tell the win rate, of n the best reward, and the least
  /// mean on which one of ten constant bets has not won 1/0.025 in the mean is found with mpmath.
  @Test
  void constantBetsOnBlocksOfGivenPromptsAtTheirOwnLevel() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      List<Draft> drafts = new ArrayList<>();
      for (long i = 0; i < 120; i++) {
        drafts.add(
            Draft.of("o" + i).reward("r", (i * i * i * 7 + 13 * j + 31 * i) % 101).tokens(20));
      }
      prompts.add(Draft.prompt("p" + j, drafts));
    }
    var question =
        new PilotQuestion(
            "r", Set.of(Method.BEST_OF_N), Optional.of(new Interval(0, 100)), NONE, Scope.DRAWS);
    var targets = new Targets(OptionalDouble.of(0.7), OptionalDouble.of(50), NONE, NONE);
    PilotPlan.Option option = plan(question, targets, prompts).choice().orElseThrow();
    assertThat(n(option)).isEqualTo(3);
    assertThat(bound(option, Quantity.WIN_RATE, Role.LOWER_BOUND).value())
        .isCloseTo(0.7374602410285928, within(1e-12));
    assertThat(bound(option, Quantity.REWARD, Role.LOWER_BOUND).value())
        .isCloseTo(70.893106317200557, within(1e-10));
    assertThat(bound(option, Quantity.REWARD, Role.LOWER_BOUND).confidence()).hasValue(0.975);

    // At 40 draws three blocks of each prompt prove less than 60; as many again would prove it.
    var more = new Targets(OptionalDouble.of(0.7), OptionalDouble.of(60), NONE, NONE);
    PilotPlan.Option unmet = plan(question, more, prompts).options().getFirst();
    assertThat(unmet.step()).isEmpty();
    var floor = (Unmet.Floor) unmet.unmet().getFirst();
    assertThat(floor.bound()).isCloseTo(58.735228823766453, within(1e-10));
    assertThat(floor.help()).isEqualTo(new Unmet.Help.MoreDraws(480));
  }

  /// Every second of 20 draws passes. Five prompts have no blocks: their rates, 0.2386 at least at
  /// 0.05/5, need nine draws for 0.9. Six have some: of 60 all pass, which proves 0.025^(1/60) =
  /// 0.94 and no more at two draws.
  @Test
  void blocksAreForMoreThanFivePrompts() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 6; j++) {
      var passed = new boolean[20];
      for (int i = 0; i < passed.length; i += 2) {
        passed[i] = true;
      }
      prompts.add(passes("p" + j, passed));
    }
    PilotQuestion question = asked(Set.of(Method.BEST_OF_N), Scope.DRAWS);
    var reward = new Targets(NONE, OptionalDouble.of(0.9), NONE, NONE);
    PilotPlan.Option five = plan(question, reward, prompts.subList(0, 5)).choice().orElseThrow();
    assertThat(n(five)).isEqualTo(9);
    PilotPlan.Option six = plan(question, reward, prompts).choice().orElseThrow();
    assertThat(n(six)).isEqualTo(2);
    // Just what the blocks prove.
    double just = PassRateBounds.meanLower(60, 60, 0.025);
    var most = new Targets(NONE, OptionalDouble.of(just), NONE, NONE);
    assertThat(n(plan(question, most, prompts).choice().orElseThrow())).isEqualTo(2);
    var beyond = new Targets(NONE, OptionalDouble.of(Math.nextUp(just)), NONE, NONE);
    assertThat(n(plan(question, beyond, prompts).choice().orElseThrow())).isGreaterThan(2);
    // Blocks say nothing of win rates, nor of what needs no proof or has none.
    var wins = new Targets(OptionalDouble.of(0.55), NONE, NONE, NONE);
    assertThat(plan(question, wins, prompts).choice()).isPresent();
    for (double wanted : new double[] {-1, 0}) {
      var nothing = new Targets(NONE, OptionalDouble.of(wanted), NONE, NONE);
      assertThat(n(plan(question, nothing, prompts).choice().orElseThrow())).isEqualTo(1);
    }
    for (double wanted : new double[] {1.5, 2}) {
      var toomuch = new Targets(NONE, OptionalDouble.of(wanted), NONE, NONE);
      assertThat(plan(question, toomuch, prompts).choice()).isEmpty();
    }
    // Where the chance of failing is more than a half, they are not asked.
    PilotPlan rash =
        PilotPlanner.plan(
            Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
            new PilotSettings(question, reward, new Confidence(0.4)));
    assertThat(bound(rash.choice().orElseThrow(), Quantity.REWARD, Role.LOWER_BOUND).source().id())
        .isEqualTo("pass_rates_of_given_prompts");
  }

  private static void assertShared(double parts, Targets targets, Set<Method> methods) {
    var random = new Random(4);
    List<PromptDraws> all = new ArrayList<>();
    for (int j = 0; j < 120; j++) {
      all.add(prompt(j, 64, random));
    }
    PilotPlan plan =
        plan(new PilotQuestion("r", methods, Optional.of(new Interval(0, 9))), targets, all);
    PilotPlan.Option last = plan.options().getLast();
    assertThat(bound(last, Quantity.WIN_RATE, Role.LOWER_BOUND).confidence().orElseThrow())
        .as("%s of %s", targets, methods)
        .isCloseTo(1 - 0.05 / parts, within(1e-12));
    assertThat(plan.prompts()).isEqualTo(120);
    assertThat(plan.unscored()).isZero();
    assertThat(plan.samples()).isEqualTo(120 * 64);
    assertThat(plan.tokensPerDraw().orElseThrow().value()).isEqualTo(20);
  }

  /// The chance of failing is shared by methods and by what draws must prove: a floor each, a
  /// ceiling of drift below log 63 - 62/63 = 3.16 that some setting's textbook exceeds, and a
  /// ceiling of draws below the 31 that early stop may make of the second half.
  @Test
  void theChanceOfFailingIsSharedByWhatDrawsMustProve() {
    OptionalDouble wins = OptionalDouble.of(0.55);
    Set<Method> best = Set.of(Method.BEST_OF_N);
    Set<Method> stop = Set.of(Method.EARLY_STOP);
    assertShared(1, new Targets(wins, NONE, NONE, NONE), best);
    assertShared(2, new Targets(wins, NONE, NONE, NONE), BOTH);
    assertShared(2, new Targets(wins, OptionalDouble.of(1), NONE, NONE), best);
    assertShared(1, new Targets(wins, NONE, OptionalDouble.of(3.2), NONE), best);
    assertShared(2, new Targets(wins, NONE, OptionalDouble.of(3.1), NONE), best);
    assertShared(1, new Targets(wins, NONE, NONE, OptionalDouble.of(20)), best);
    assertShared(1, new Targets(wins, NONE, NONE, OptionalDouble.of(31)), stop);
    assertShared(2, new Targets(wins, NONE, NONE, OptionalDouble.of(30)), stop);
    assertShared(
        8,
        new Targets(wins, OptionalDouble.of(1), OptionalDouble.of(2.4), OptionalDouble.of(20)),
        BOTH);
  }

  /// Lengths are counted draw by draw where they are known: (3·10 + 2·40)/5; a prompt without a
  /// score is left out of the plan, but not of what a draw costs.
  @Test
  void aDrawCostsTheMeanOfAllWhoseLengthIsKnown() {
    List<PromptDraws> prompts = new ArrayList<>();
    prompts.add(
        Draft.prompt(
            "a",
            Draft.of("x").reward("r", 1).tokens(10),
            Draft.of("y").reward("r", 2).tokens(10),
            Draft.of("z").reward("r", 3).tokens(10)));
    prompts.add(
        Draft.prompt("b", Draft.of("x").reward("r", 1).tokens(40), Draft.of("y").reward("r", 2)));
    prompts.add(Draft.prompt("c", Draft.of("x").tokens(40), Draft.of("y")));
    PilotQuestion question = asked(Set.of(Method.BEST_OF_N), Scope.PROMPTS);
    var measured = Questions.of(question).measure(prompts::forEach, Runnable::run, 0);
    assertThat(PilotPlanner.tokensPerDraw(measured, question)).hasValue(22);
    PilotPlan plan =
        PilotPlanner.plan(
            measured,
            new PilotSettings(
                question, new Targets(NONE, NONE, OptionalDouble.of(1), NONE), Confidence.DEFAULT));
    assertThat(plan.prompts()).isEqualTo(2);
    assertThat(plan.unscored()).isEqualTo(1);
    assertThat(plan.samples()).isEqualTo(5);
    // Over the prompts of which all lengths are known.
    assertThat(plan.tokensPerDraw().orElseThrow().value()).isEqualTo(10);
    assertThat(plan.tokensPerDraw().orElseThrow().prompts()).hasValue(1);
    List<PromptDraws> unknown =
        List.of(Draft.prompt("a", Draft.of("x").reward("r", 1), Draft.of("y").reward("r", 2)));
    var none = Questions.of(question).measure(unknown::forEach, Runnable::run, 0);
    assertThat(PilotPlanner.tokensPerDraw(none, question)).isEmpty();
    assertThat(
            plan(question, new Targets(NONE, NONE, OptionalDouble.of(1), NONE), unknown)
                .tokensPerDraw())
        .isEmpty();
  }
}
