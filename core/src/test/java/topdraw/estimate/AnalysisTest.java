package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// The analysis against exact laws. Where every pool of four tickets is a prompt, the mean over
/// prompts is the expectation of the estimator.
class AnalysisTest {
  /// Outcomes by ticket: p = 1/2, 1/4, 1/4.
  private static final int[] TICKETS = {0, 0, 1, 2};

  private static final double[] P = {0.5, 0.25, 0.25};
  private static final double[] GOLD = {0.5, 3, 1};

  private static AnalysisQuestion question(Optional<String> gold, OptionalDouble threshold) {
    return new AnalysisQuestion("r", gold, threshold, List.of(), Protocol.SUBSETS);
  }

  private static Analysis analysis(AnalysisQuestion question, List<PromptDraws> prompts) {
    return Analysis.of(
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
        question,
        Confidence.DEFAULT);
  }

  private static Analysis everyPool(double[] rewards, boolean logP, OptionalDouble threshold) {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int pool = 0; pool < 256; pool++) {
      Draft[] drafts = new Draft[4];
      for (int i = 0; i < 4; i++) {
        int outcome = TICKETS[pool >> 2 * i & 3];
        drafts[i] =
            Draft.of("o" + outcome).reward("r", rewards[outcome]).reward("gold", GOLD[outcome]);
        if (logP) {
          drafts[i].logP(Math.log(P[outcome]), Draft.EXACT);
        }
      }
      prompts.add(Draft.prompt("q" + pool, drafts));
    }
    return analysis(question(Optional.of("gold"), threshold), prompts);
  }

  private static Law law(Selection selection, double... rewards) {
    return Law.of(selection, OutcomeTable.of(Arrays.stream(P).map(Math::log).toArray(), rewards));
  }

  private static Optional<Finding> find(
      Analysis analysis, int n, Quantity quantity, String source) {
    return analysis.curve().stream()
        .filter(at -> at.n() == n)
        .flatMap(at -> at.findings().stream())
        .filter(f -> f.quantity() == quantity && f.source().title().startsWith(source))
        .findFirst();
  }

  private static double value(Analysis analysis, int n, Quantity quantity, String source) {
    return find(analysis, n, quantity, source).orElseThrow().value();
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {1, 2, 3})
  void rewardsGoldAndWinRatesAreUnbiasedWithTiesToo(int n) {
    for (double[] rewards : List.of(new double[] {0, 1, 2}, new double[] {1, 0.5, 1})) {
      Analysis analysis = everyPool(rewards, true, OptionalDouble.empty());
      Law law = law(new Selection.BestOfN(n), rewards);
      double[] returned = law.probabilities();
      double gold = 0;
      for (int i = 0; i < P.length; i++) {
        gold += returned[i] * GOLD[i];
      }
      assertThat(value(analysis, n, Quantity.REWARD, "every"))
          .isCloseTo(law.expectedReward(), within(1e-12));
      assertThat(value(analysis, n, Quantity.GOLD_REWARD, "every")).isCloseTo(gold, within(1e-12));
      assertThat(value(analysis, n, Quantity.WIN_RATE, "pool"))
          .isCloseTo(law.winRate(), within(1e-12));
    }
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {2, 3, 4})
  void everyUpperBoundOnTheDriftIsOneOnAverage(int n) {
    for (double[] rewards : List.of(new double[] {0, 1, 2}, new double[] {1, 0, 1})) {
      Analysis analysis = everyPool(rewards, true, OptionalDouble.empty());
      double exact = law(new Selection.BestOfN(n), rewards).kl();
      List<Finding> bounds =
          analysis.curve().stream()
              .filter(at -> at.n() == n)
              .flatMap(at -> at.findings().stream())
              .filter(f -> f.quantity() == Quantity.KL && f.role() == Role.UPPER_BOUND)
              .toList();
      assertThat(bounds)
          .extracting(f -> f.source().title())
          .containsExactly(
              "textbook: log n - (n-1)/n, Theorem 3.1",
              "seen-mass bound of each prompt",
              "pool_kl_upper",
              "betting on pool_kl_upper",
              "eq. (25), pooled",
              "d*, pooled",
              "betting on probabilities and equal rewards, bias-corrected");
      assertThat(bounds)
          .allSatisfy(
              f -> assertThat(f.value()).isBetween(exact - 1e-12, KlBounds.analytical(n) + 1e-12));
    }
  }

  @Test
  void earlyStopAndRewindFollowTheirLaws() {
    double[] rewards = {0, 1, 2};
    Analysis analysis = everyPool(rewards, true, OptionalDouble.of(1));
    Law stop = law(new Selection.EarlyStop(3, 1), rewards);
    assertThat(value(analysis, 3, Quantity.EARLY_STOP_DRAWS, "every"))
        .isCloseTo(stop.expectedDraws(), within(1e-12));
    assertThat(value(analysis, 3, Quantity.EARLY_STOP_WIN_RATE, "pool"))
        .isCloseTo(stop.winRate(), within(1e-12));
    assertThat(analysis.rewind().getFirst().quantity()).isEqualTo(Quantity.PASS_RATE);
    assertThat(analysis.rewind().getFirst().value()).isCloseTo(0.5, within(1e-12));
    // A pool in which nobody reaches the threshold may never end.
    assertThat(analysis.withheld()).anyMatch(one -> one.reason().contains("reaches the threshold"));
  }

  @ParameterizedTest(name = "log-probabilities: {0}")
  @ValueSource(booleans = {true, false})
  void whereEverythingTiesSelectionChangesNothing(boolean logP) {
    Analysis analysis = everyPool(new double[] {1, 1, 1}, logP, OptionalDouble.empty());
    assertThat(value(analysis, 4, Quantity.PASS_AT_K, "every")).isEqualTo(1);
    assertThat(value(analysis, 3, Quantity.WIN_RATE, "pool")).isCloseTo(0.5, within(1e-12));
    if (!logP) {
      assertThat(value(analysis, 3, Quantity.KL, "equal rewards")).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void oneCompletionAgainAndAgainDoesNotDriftEither() {
    List<PromptDraws> prompts = new ArrayList<>();
    Draft yes = Draft.of("yes").reward("r", 1);
    prompts.add(Draft.prompt("a", yes, yes, yes, yes));
    prompts.add(Draft.prompt("b", yes, yes, yes, yes));
    assertThat(
            value(
                analysis(question(Optional.empty(), OptionalDouble.empty()), prompts),
                3,
                Quantity.KL,
                "equal rewards"))
        .isZero();
  }

  @Test
  void withoutLogProbabilitiesWhatNeedsThemIsWithheldOnceWithTheReason() {
    Analysis analysis = everyPool(new double[] {0, 1, 2}, false, OptionalDouble.empty());
    assertThat(find(analysis, 2, Quantity.KL, "pool_kl_upper")).isEmpty();
    assertThat(find(analysis, 2, Quantity.KL, "seen-mass")).isEmpty();
    assertThat(analysis.withheld())
        .filteredOn(one -> one.reason().contains("no log-probabilities"))
        .extracting(Withheld::source)
        .contains(Measures.SEEN_MASS, Measures.POOL_KL_UPPER, Measures.MEAN_OF_25)
        .doesNotHaveDuplicates();
  }

  @Test
  void oneDrawOfEachPromptGivesItsMeanRewardAndNothingElse() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      prompts.add(Draft.prompt("q" + i, Draft.of("a").reward("r", i)));
    }
    Analysis analysis = analysis(question(Optional.empty(), OptionalDouble.empty()), prompts);
    assertThat(analysis.curve()).hasSize(1);
    assertThat(analysis.curve().getFirst().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.quantity()).isEqualTo(Quantity.REWARD));
    assertThat(value(analysis, 1, Quantity.REWARD, "every")).isEqualTo(2);
  }

  @Test
  void logProbabilitiesRefusedLateLetLevelsAloneSpeakOfAllPrompts() {
    PromptDraws sound = tied("sound", -1);
    PromptDraws impossible = tied("impossible", 0.5);
    AnalysisQuestion question = question(Optional.empty(), OptionalDouble.of(2));
    Analysis late = analysis(question, List.of(sound, impossible));
    Analysis early = analysis(question, List.of(impossible, sound));

    assertThat(late.prompts()).isEqualTo(2);
    assertThat(find(late, 2, Quantity.KL, "pool_kl_upper")).isEmpty();
    assertThat(value(late, 2, Quantity.KL, "equal rewards"))
        .isEqualTo(value(early, 2, Quantity.KL, "equal rewards"))
        .isPositive();
  }

  private static PromptDraws tied(String key, double logP) {
    return Draft.prompt(
        key,
        Draft.of("a").reward("r", 1).logP(logP, Draft.EXACT),
        Draft.of("b").reward("r", 1).logP(-2, Draft.EXACT),
        Draft.of("c").reward("r", 2).logP(-3, Draft.EXACT),
        Draft.of("d").reward("r", 3).logP(-3, Draft.EXACT));
  }

  @Test
  void aMissingRewardCannotWinUnlessAllOfASubsetAreMissing() {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      prompts.add(
          Draft.prompt(
              "q" + i, Draft.of("a"), Draft.of("b").reward("r", 3), Draft.of("c").reward("r", 5)));
    }
    prompts.add(Draft.prompt("unscored", Draft.of("a"), Draft.of("b")));
    Analysis analysis = analysis(question(Optional.empty(), OptionalDouble.empty()), prompts);
    assertThat(analysis.unscored()).isEqualTo(1);
    assertThat(analysis.prompts()).isEqualTo(2);
    assertThat(find(analysis, 1, Quantity.REWARD, "every")).isEmpty();
    assertThat(analysis.withheld())
        .filteredOn(one -> one.quantity() == Quantity.REWARD)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.n()).hasValue(1);
              assertThat(one.reason()).isEqualTo("in 2 prompts a sample without score can win");
            });
    assertThat(value(analysis, 2, Quantity.REWARD, "every"))
        .isCloseTo((5 + 5 + 3) / 3.0, within(1e-12));
  }

  @Test
  void noScoreAtAllAndTooLargeAnNAreErrorsThatSayWhatToDo() {
    List<PromptDraws> unscored = List.of(Draft.prompt("q", Draft.of("a"), Draft.of("b")));
    assertThatThrownBy(() -> analysis(AnalysisQuestion.of("r"), unscored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sample has a score of the reward 'r'")
        .hasMessageContaining("map reward=COLUMN");
    var large =
        new AnalysisQuestion(
            "r", Optional.empty(), OptionalDouble.empty(), List.of(64), Protocol.SUBSETS);
    List<PromptDraws> one = List.of(Draft.prompt("q", Draft.of("a").reward("r", 1)));
    assertThatThrownBy(() -> analysis(large, one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no prompt has 64 draws");
  }

  @Test
  void tokensAndTheSlowestAreCounted() {
    List<PromptDraws> prompts = new ArrayList<>();
    prompts.add(
        Draft.prompt(
            "q",
            Draft.of("a").reward("r", 0).tokens(10).seconds(1),
            Draft.of("b").reward("r", 1).tokens(30).seconds(2)));
    Analysis analysis = analysis(question(Optional.empty(), OptionalDouble.empty()), prompts);
    assertThat(value(analysis, 2, Quantity.TOKENS, "n times")).isEqualTo(40);
    assertThat(value(analysis, 2, Quantity.WINNER_TOKENS, "every")).isEqualTo(30);
    assertThat(value(analysis, 1, Quantity.SECONDS_SLOWEST, "slowest")).isEqualTo(1.5);
    assertThat(value(analysis, 2, Quantity.SECONDS_SLOWEST, "slowest")).isEqualTo(2);
  }

  /// 0/1 rewards, 30 % pass: for n = 16 the drift is 1.18 where the textbook says 1.84.
  @Test
  void equalRewardsCertifyTheDriftFromBothSidesWithoutALogProbability() {
    var random = new Random(20260301);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int q = 0; q < 200; q++) {
      Draft[] drafts = new Draft[128];
      Arrays.setAll(drafts, i -> Draft.of("a" + i).reward("r", random.nextDouble() < 0.3 ? 1 : 0));
      prompts.add(Draft.prompt("q" + q, drafts));
    }
    Analysis analysis = analysis(question(Optional.empty(), OptionalDouble.empty()), prompts);
    OutcomeTable table = OutcomeTable.ofProbabilities(0.7, 0.3);
    for (int n : new int[] {2, 4, 16}) {
      double exact = Law.of(new Selection.BestOfN(n), table).kl();
      Finding upper = certified(analysis, n, Role.UPPER_BOUND);
      Finding lower = certified(analysis, n, Role.LOWER_BOUND);
      assertThat(List.of(upper, lower))
          .allSatisfy(bound -> assertThat(bound.evidence()).isEqualTo(Evidence.THEOREM))
          .allSatisfy(bound -> assertThat(bound.confidence()).hasValue(0.95));
      assertThat(upper.value()).isBetween(exact, exact + 0.04);
      assertThat(lower.value()).isBetween(exact - 0.04, exact);
      assertThat(upper.assumptions()).anyMatch(words -> words.contains("(found numerically)"));
      Finding told = find(analysis, n, Quantity.KL, "equal rewards").orElseThrow();
      assertThat(told.interval().orElseThrow().upper()).isLessThanOrEqualTo(upper.value());
      assertThat(told.interval().orElseThrow().lower()).isGreaterThanOrEqualTo(lower.value());
    }
  }

  private static Finding certified(Analysis analysis, int n, Role role) {
    return analysis.curve().stream()
        .filter(at -> at.n() == n)
        .flatMap(at -> at.findings().stream())
        .filter(f -> f.quantity() == Quantity.KL && f.role() == role)
        .filter(f -> f.source().title().startsWith("betting on equal rewards"))
        .findFirst()
        .orElseThrow();
  }

  private static Draft[] bestOfProbabilityOneFifth() {
    Draft[] drafts = new Draft[64];
    Arrays.setAll(
        drafts,
        i ->
            i == 63
                ? Draft.of("best").reward("r", 64).logP(Math.log(0.2), Draft.EXACT)
                : Draft.of("a" + i).reward("r", i).logP(-60, Draft.EXACT));
    return drafts;
  }

  private static List<Finding> confident(Analysis analysis) {
    return analysis.curve().stream()
        .filter(at -> at.n() == 16)
        .flatMap(at -> at.findings().stream())
        .filter(f -> f.source().equals(Measures.SEEN_MASS_AT_CONFIDENCE))
        .toList();
  }

  /// One prompt, its best completion of probability 0.2: all of what was not seen may lie above it,
  /// but hardly where 64 draws saw none.
  @Test
  void ofGivenPromptsAChanceOfFailingSharpensWhatIsCertain() {
    Analysis analysis =
        analysis(
            question(Optional.empty(), OptionalDouble.empty()),
            List.of(Draft.prompt("q", bestOfProbabilityOneFifth())));
    double exact = KlBounds.analytical(16) - KlBounds.gap(16, 0.2);
    double certain = value(analysis, 16, Quantity.KL, "seen-mass bound of each prompt");
    List<Finding> confident = confident(analysis);
    assertThat(confident).hasSize(1);
    assertThat(confident.getFirst().value()).isBetween(1.6595, 1.6605);
    assertThat(exact).isBetween(1.4935, 1.4945);
    assertThat(certain).isBetween(1.834, 1.836);
    assertThat(confident.getFirst().confidence()).hasValue(0.95);
  }

  /// Of two prompts each bound may fail with half the chance: `K_16 - D_16(0.2/f) f^16` at `f =
  /// 0.025^(1/64)`, at 30 digits; at 0.05 it would be 1.6597.
  @Test
  void promptsShareTheChanceThatOneOfTheirBoundsFails() {
    Analysis analysis =
        analysis(
            question(Optional.empty(), OptionalDouble.empty()),
            List.of(
                Draft.prompt("q", bestOfProbabilityOneFifth()),
                Draft.prompt("p", bestOfProbabilityOneFifth())));
    List<Finding> confident = confident(analysis);
    assertThat(confident).hasSize(1);
    assertThat(confident.getFirst().value()).isCloseTo(1.684754405054083, within(1e-10));
    assertThat(confident.getFirst().confidence()).hasValue(0.95);
  }
}
