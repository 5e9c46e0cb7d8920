package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// The analysis against exact laws. Where every pool of four tickets is a prompt, the mean over
/// prompts is the expectation of the estimator.
class AnalyzerTest {
  /// Outcomes by ticket: p = 1/2, 1/4, 1/4.
  private static final int[] TICKETS = {0, 0, 1, 2};

  private static final double[] P = {0.5, 0.25, 0.25};
  private static final double[] GOLD = {0.5, 3, 1};

  private static AnalysisSettings settings(Optional<String> gold, OptionalDouble threshold) {
    return new AnalysisSettings("r", gold, threshold, List.of(), Protocol.SUBSETS);
  }

  private static Analysis everyPool(double[] rewards, boolean logP, OptionalDouble threshold) {
    var analyzer = new Analyzer(settings(Optional.of("gold"), threshold));
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
      analyzer.add(Draft.prompt("q" + pool, drafts));
    }
    return analyzer.result();
  }

  private static Law law(Selection selection, double... rewards) {
    return Law.of(selection, OutcomeTable.of(Arrays.stream(P).map(Math::log).toArray(), rewards));
  }

  private static Optional<Finding> find(Analysis analysis, int n, String quantity, String source) {
    return analysis.curve().stream()
        .filter(at -> at.n() == n)
        .flatMap(at -> at.findings().stream())
        .filter(f -> f.quantity().equals(quantity) && f.source().startsWith(source))
        .findFirst();
  }

  private static double value(Analysis analysis, int n, String quantity, String source) {
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
      assertThat(value(analysis, n, "reward", "every"))
          .isCloseTo(law.expectedReward(), within(1e-12));
      assertThat(value(analysis, n, "gold_reward", "every")).isCloseTo(gold, within(1e-12));
      assertThat(value(analysis, n, "win_rate", "pool")).isCloseTo(law.winRate(), within(1e-12));
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
              .filter(f -> f.quantity().equals("kl") && f.role() == Role.UPPER_BOUND)
              .toList();
      assertThat(bounds)
          .extracting(f -> f.source().replaceAll(",? (mean over )?256 prompts|, Theorem 3.1", ""))
          .containsExactly(
              "textbook: log n - (n-1)/n",
              "seen-mass bound of each prompt",
              "pool_kl_upper",
              "betting on pool_kl_upper",
              "eq. (25), pooled",
              "d*, pooled");
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
    assertThat(value(analysis, 3, "early_stop_draws", "every"))
        .isCloseTo(stop.expectedDraws(), within(1e-12));
    assertThat(value(analysis, 3, "early_stop_win_rate", "pool"))
        .isCloseTo(stop.winRate(), within(1e-12));
    assertThat(analysis.rewind().getFirst().quantity()).isEqualTo("pass_rate");
    assertThat(analysis.rewind().getFirst().value()).isCloseTo(0.5, within(1e-12));
    // A pool in which nobody reaches the threshold may never end.
    assertThat(Withheld.sentences(analysis.withheld()))
        .anyMatch(line -> line.contains("reaches the threshold"));
  }

  @ParameterizedTest(name = "log-probabilities: {0}")
  @ValueSource(booleans = {true, false})
  void whereEverythingTiesSelectionChangesNothing(boolean logP) {
    Analysis analysis = everyPool(new double[] {1, 1, 1}, logP, OptionalDouble.empty());
    assertThat(value(analysis, 4, "pass_at_k", "every")).isEqualTo(1);
    assertThat(value(analysis, 3, "win_rate", "pool")).isCloseTo(0.5, within(1e-12));
    if (!logP) {
      assertThat(value(analysis, 3, "kl", "pool_kl")).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void oneCompletionAgainAndAgainDoesNotDriftEither() {
    var analyzer = new Analyzer(settings(Optional.empty(), OptionalDouble.empty()));
    Draft yes = Draft.of("yes").reward("r", 1);
    analyzer.add(Draft.prompt("a", yes, yes, yes, yes));
    analyzer.add(Draft.prompt("b", yes, yes, yes, yes));
    assertThat(value(analyzer.result(), 3, "kl", "pool_kl")).isZero();
  }

  @Test
  void withoutLogProbabilitiesWhatNeedsThemIsWithheldOnceWithTheReason() {
    Analysis analysis = everyPool(new double[] {0, 1, 2}, false, OptionalDouble.empty());
    assertThat(find(analysis, 2, "kl", "pool_kl_upper")).isEmpty();
    assertThat(find(analysis, 2, "kl", "seen-mass")).isEmpty();
    assertThat(Withheld.sentences(analysis.withheld()))
        .filteredOn(line -> line.contains("no log-probabilities"))
        .singleElement()
        .asString()
        .contains("seen-mass", "pool_kl_upper", "eq. (25)");
  }

  @Test
  void oneDrawOfEachPromptGivesItsMeanRewardAndNothingElse() {
    var analyzer = new Analyzer(settings(Optional.empty(), OptionalDouble.empty()));
    for (int i = 0; i < 5; i++) {
      analyzer.add(Draft.prompt("q" + i, Draft.of("a").reward("r", i)));
    }
    Analysis analysis = analyzer.result();
    assertThat(analysis.curve()).hasSize(1);
    assertThat(analysis.curve().getFirst().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.quantity()).isEqualTo("reward"));
    assertThat(value(analysis, 1, "reward", "every")).isEqualTo(2);
  }

  @Test
  void logProbabilitiesRefusedLateAskForThePromptsOnceMoreAndThenLevelsAloneSpeak() {
    PromptDraws sound = tied("sound", -1);
    PromptDraws impossible = tied("impossible", 0.5);
    var late = new Analyzer(settings(Optional.empty(), OptionalDouble.of(2)));
    List.of(sound, impossible).forEach(late::add);
    assertThatThrownBy(late::result).isInstanceOf(IllegalStateException.class);
    assertThat(late.again()).isTrue();
    List.of(sound, impossible).forEach(late::add);
    assertThat(late.again()).isFalse();

    var early = new Analyzer(settings(Optional.empty(), OptionalDouble.of(2)));
    List.of(impossible, sound).forEach(early::add);
    assertThat(early.again()).isFalse();

    assertThat(late.result().prompts()).isEqualTo(2);
    assertThat(value(late.result(), 2, "kl", "pool_kl from equal rewards alone"))
        .isEqualTo(value(early.result(), 2, "kl", "pool_kl from equal rewards alone"))
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
    var analyzer = new Analyzer(settings(Optional.empty(), OptionalDouble.empty()));
    for (int i = 0; i < 2; i++) {
      analyzer.add(
          Draft.prompt(
              "q" + i, Draft.of("a"), Draft.of("b").reward("r", 3), Draft.of("c").reward("r", 5)));
    }
    analyzer.add(Draft.prompt("unscored", Draft.of("a"), Draft.of("b")));
    Analysis analysis = analyzer.result();
    assertThat(analysis.unscored()).isEqualTo(1);
    assertThat(analysis.prompts()).isEqualTo(2);
    assertThat(find(analysis, 1, "reward", "every")).isEmpty();
    assertThat(Withheld.sentences(analysis.withheld()))
        .contains(
            "reward (every subset of n draws, unbiased) at n = 1: in 2 prompts a sample without"
                + " score can win");
    assertThat(value(analysis, 2, "reward", "every")).isCloseTo((5 + 5 + 3) / 3.0, within(1e-12));
  }

  @Test
  void noScoreAtAllAndTooLargeAnNAreErrorsThatSayWhatToDo() {
    var unscored = new Analyzer(settings(Optional.empty(), OptionalDouble.empty()));
    unscored.add(Draft.prompt("q", Draft.of("a"), Draft.of("b")));
    assertThatThrownBy(unscored::result)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sample has a score of the reward 'r'")
        .hasMessageContaining("map reward=COLUMN");
    var large =
        new Analyzer(
            new AnalysisSettings(
                "r", Optional.empty(), OptionalDouble.empty(), List.of(64), Protocol.SUBSETS));
    large.add(Draft.prompt("q", Draft.of("a").reward("r", 1)));
    assertThatThrownBy(large::result)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no prompt has 64 draws");
  }

  @Test
  void tokensAndTheSlowestAreCounted() {
    var analyzer = new Analyzer(settings(Optional.empty(), OptionalDouble.empty()));
    analyzer.add(
        Draft.prompt(
            "q",
            Draft.of("a").reward("r", 0).tokens(10).seconds(1),
            Draft.of("b").reward("r", 1).tokens(30).seconds(2)));
    Analysis analysis = analyzer.result();
    assertThat(value(analysis, 2, "tokens", "n times")).isEqualTo(40);
    assertThat(value(analysis, 2, "winner_tokens", "every")).isEqualTo(30);
    assertThat(value(analysis, 1, "seconds_slowest", "slowest")).isEqualTo(1.5);
    assertThat(value(analysis, 2, "seconds_slowest", "slowest")).isEqualTo(2);
  }

  /// 0/1 rewards, 30 % pass: for n = 16 the drift is 1.18 where the textbook says 1.84.
  @Test
  void equalRewardsCertifyTheDriftFromBothSidesWithoutALogProbability() {
    var random = new Random(20260301);
    var analyzer = new Analyzer(settings(Optional.empty(), OptionalDouble.empty()));
    for (int q = 0; q < 200; q++) {
      Draft[] drafts = new Draft[128];
      Arrays.setAll(drafts, i -> Draft.of("a" + i).reward("r", random.nextDouble() < 0.3 ? 1 : 0));
      analyzer.add(Draft.prompt("q" + q, drafts));
    }
    Analysis analysis = analyzer.result();
    OutcomeTable table = OutcomeTable.ofProbabilities(0.7, 0.3);
    for (int n : new int[] {2, 4, 16}) {
      double exact = Law.of(new Selection.BestOfN(n), table).kl();
      Finding upper = find(analysis, n, "kl", "how often").orElseThrow();
      assertThat(upper.evidence()).isEqualTo(Evidence.THEOREM);
      assertThat(upper.confidence()).hasValue(0.95);
      assertThat(upper.value()).isBetween(exact, KlBounds.analytical(n));
      find(analysis, n, "kl", "how seldom")
          .ifPresent(lower -> assertThat(lower.value()).isBetween(0.0, exact));
    }
    assertThat(value(analysis, 16, "kl", "how often")).isLessThan(1.75);
    assertThat(find(analysis, 2, "kl", "how seldom")).isPresent();
  }
}
