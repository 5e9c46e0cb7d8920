package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;

/// Which interval a mean over prompts has, and from which numbers of its draws.
class MeanIntervalsOfPromptsTest {
  private static final double[][] REWARDS = {
    {2, 3, 5, 12}, {1, 4, 4.5, 9, 2}, {0.5, 7, 3, 3.5, 8, 1.5}
  };

  private static PromptDraws prompt(int j, double... rewards) {
    return Draft.prompt(
        "q" + j,
        Arrays.stream(rewards)
            .mapToObj(r -> Draft.of("o" + r).reward("r", r).tokens(10 * r + j))
            .toList());
  }

  private static PromptDraws passes(String key, int draws, int passing) {
    return Draft.prompt(
        key,
        IntStream.range(0, draws)
            .mapToObj(i -> Draft.of("o" + i).reward("r", i < passing ? 1 : 0))
            .toList());
  }

  private static Analysis analysis(
      Optional<Scope> scope, OptionalDouble threshold, List<PromptDraws> prompts, Integer... grid) {
    var question =
        new AnalysisQuestion(
            "r", Optional.empty(), threshold, List.of(grid), Protocol.SUBSETS, scope);
    return Analysis.of(
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
        question,
        Confidence.DEFAULT);
  }

  private static List<Finding> all(Analysis analysis, int n, Quantity quantity) {
    return analysis.curve().stream()
        .filter(at -> at.n() == n)
        .flatMap(at -> at.findings().stream())
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .toList();
  }

  private static Finding find(Analysis analysis, int n, Quantity quantity) {
    return all(analysis, n, quantity).getFirst();
  }

  /// The variance by leaving out each value in turn, `(N-1)/N` of the sum of squares.
  private static double jackknife(double[] values, int n) {
    double[] without =
        IntStream.range(0, values.length)
            .mapToDouble(
                gone ->
                    Pool.ofRewards(
                            IntStream.range(0, values.length)
                                .filter(i -> i != gone)
                                .mapToDouble(i -> values[i])
                                .toArray())
                        .reward(n))
            .toArray();
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
    return squares * (values.length - 1) / values.length;
  }

  private static double[] withOneMore(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = 2 * sorted[last] - (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
    return more;
  }

  private static void assertOverDraws(Finding found, List<DrawnValue> prompts) {
    Interval expected =
        ((MeanInterval.Found)
                new MeanIntervals(Scope.DRAWS, 0.05).overDraws(prompts, Optional.empty()))
            .interval();
    assertThat(found.interval().orElseThrow().lower()).isCloseTo(expected.lower(), within(1e-9));
    assertThat(found.interval().orElseThrow().upper()).isCloseTo(expected.upper(), within(1e-9));
  }

  /// Of three prompts the interval is over their draws: the best of two and what two draws cost, by
  /// leaving out each in turn, and with the draw that did not come. A mean length needs one draw,
  /// the best of two needs two.
  @Test
  void fewPromptsSpeakOfThemselvesByTheirDraws() {
    List<PromptDraws> prompts = new ArrayList<>();
    List<DrawnValue> best = new ArrayList<>();
    List<DrawnValue> cost = new ArrayList<>();
    for (int j = 0; j < REWARDS.length; j++) {
      int of = j;
      prompts.add(prompt(j, REWARDS[j]));
      double[] rewards = REWARDS[j];
      double[] lengths = Arrays.stream(rewards).map(r -> 10 * r + of).toArray();
      best.add(
          new DrawnValue(
              Pool.ofRewards(rewards).reward(2),
              jackknife(rewards, 2),
              Pool.ofRewards(withOneMore(rewards)).reward(2),
              rewards.length / 2.0));
      cost.add(
          new DrawnValue(
              2 * Pool.ofRewards(lengths).reward(1),
              4 * jackknife(lengths, 1),
              2 * Pool.ofRewards(withOneMore(lengths)).reward(1),
              rewards.length));
    }
    Analysis analysis = analysis(Optional.empty(), OptionalDouble.empty(), prompts, 1, 2);
    assertOverDraws(find(analysis, 2, Quantity.REWARD), best);
    assertOverDraws(find(analysis, 2, Quantity.TOKENS), cost);

    // Asked of others, the same values say how prompts differ.
    Finding others =
        find(
            analysis(Optional.of(Scope.PROMPTS), OptionalDouble.empty(), prompts, 2),
            2,
            Quantity.REWARD);
    Interval over =
        ((MeanInterval.Found)
                new MeanIntervals(Scope.PROMPTS, 0.05)
                    .ofValues(
                        Arrays.stream(REWARDS)
                            .mapToDouble(r -> Pool.ofRewards(r).reward(2))
                            .toArray(),
                        Optional.empty()))
            .interval();
    assertThat(others.value()).isCloseTo(find(analysis, 2, Quantity.REWARD).value(), within(1e-12));
    assertThat(others.interval().orElseThrow().upper() - others.interval().orElseThrow().lower())
        .isCloseTo(over.upper() - over.lower(), within(1e-9));
  }

  /// One draw wins half of the time, of binary rewards and of others, without an interval.
  @Test
  void oneDrawWinsHalfOfTheTimeExactly() {
    for (PromptDraws prompt : List.of(prompt(0, REWARDS[0]), passes("q", 6, 2))) {
      Finding coin =
          find(
              analysis(Optional.of(Scope.DRAWS), OptionalDouble.empty(), List.of(prompt), 1),
              1,
              Quantity.WIN_RATE);
      assertThat(coin.value()).isEqualTo(0.5);
      assertThat(coin.evidence()).isEqualTo(Evidence.EXACT);
      assertThat(coin.interval()).isEmpty();
    }
  }

  /// One prompt says nothing of others: its rates have no interval where others are asked for, and
  /// one where it speaks of itself.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"PROMPTS", "DRAWS"})
  void onePromptHasAnIntervalOfItsOwnAlone(String scope) {
    boolean own = scope.equals("DRAWS");
    Analysis analysis =
        analysis(
            Optional.of(Scope.valueOf(scope)),
            OptionalDouble.of(1),
            List.of(passes("q", 8, 3)),
            1,
            2);
    Finding rate =
        analysis.rewind().stream()
            .filter(f -> f.quantity() == Quantity.PASS_RATE && f.role() == Role.VALUE)
            .findFirst()
            .orElseThrow();
    Finding pass = find(analysis, 2, Quantity.PASS_AT_K);
    assertThat(rate.value()).isEqualTo(0.375);
    assertThat(rate.interval().isPresent()).isEqualTo(own);
    assertThat(pass.interval().isPresent()).isEqualTo(own);
    if (!own) {
      assertThat(pass.assumptions())
          .containsExactly("no interval: one prompt says nothing of others");
    }
    // The rate of passes of this prompt alone bounds its win rate and drift.
    String words = "Clopper and Pearson's of the pass rate";
    assertThat(
            find(analysis, 2, Quantity.WIN_RATE).assumptions().stream()
                .anyMatch(a -> a.contains(words)))
        .isEqualTo(own);
  }

  /// Of two prompts no single rate tells the win rate.
  @Test
  void twoPromptsHaveNoOneRate() {
    Analysis analysis =
        analysis(
            Optional.of(Scope.DRAWS),
            OptionalDouble.empty(),
            List.of(passes("a", 8, 3), passes("b", 8, 5)),
            2);
    assertThat(find(analysis, 2, Quantity.WIN_RATE).assumptions())
        .noneMatch(words -> words.contains("Clopper and Pearson"));
  }

  /// An attempt of four counts where there are four draws: `1 - C(N-c, 4)/C(N, 4)`, over two of the
  /// three prompts.
  @Test
  void anAttemptNeedsAsManyDraws() {
    Analysis analysis =
        analysis(
            Optional.of(Scope.DRAWS),
            OptionalDouble.empty(),
            List.of(passes("a", 2, 1), passes("b", 5, 1), passes("c", 8, 2)),
            1,
            4);
    Finding pass = find(analysis, 4, Quantity.PASS_AT_K);
    assertThat(pass.value()).isCloseTo((4 / 5.0 + 1 - 15 / 70.0) / 2, within(1e-12));
    assertThat(pass.prompts()).hasValue(2);
    assertThat(pass.samples()).hasValue(13);
    assertThat(find(analysis, 1, Quantity.PASS_AT_K).prompts()).hasValue(3);
    // Half of one draw is one draw.
    assertThat(all(analysis, 1, Quantity.G_PASS_AT_K)).isEmpty();
    assertThat(all(analysis, 4, Quantity.G_PASS_AT_K)).hasSize(2);
  }

  /// A range with one end that nobody knows is none.
  @Test
  void aRangeNeedsBothEnds() {
    double[] values = {1, 2, 3, 4, 5};
    double infinity = Double.POSITIVE_INFINITY;
    Interval free = mean(new Interval(-infinity, infinity), values).interval().orElseThrow();
    assertThat(mean(new Interval(0, infinity), values).interval()).contains(free);
    assertThat(mean(new Interval(-infinity, 9), values).interval()).contains(free);
    Finding bet = mean(new Interval(0, 9), values);
    assertThat(bet.interval().orElseThrow()).isNotEqualTo(free);
    assertThat(bet.assumptions())
        .hasSize(4)
        .containsAll(Means.OF_BETTING)
        .anyMatch(words -> words.endsWith(", its ends are proven"));
    assertThat(mean(new Interval(0, infinity), values).assumptions())
        .hasSize(2)
        .noneMatch(words -> words.contains("proven"));
  }

  private static Finding mean(Interval range, double... values) {
    return new Column(values, 10)
        .mean(Quantity.REWARD, Role.VALUE, range, new Estimator("a", "a"), Confidence.DEFAULT);
  }

  /// A bound that cannot vary is an estimate still, a value is exact.
  @Test
  void whatCannotDifferIsExactOnlyWhereItIsTheValue() {
    var means = new Means(Confidence.DEFAULT);
    var from = new Means.From(9, 3);
    var source = new Estimator("a", "a");
    assertThat(means.certain(Quantity.KL, Role.VALUE, source, 0, from).evidence())
        .isEqualTo(Evidence.EXACT);
    Finding bound = means.certain(Quantity.KL, Role.UPPER_BOUND, source, 0, from);
    assertThat(bound.evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(bound.samples()).hasValue(9);
    assertThat(bound.prompts()).hasValue(3);
  }

  /// What was estimated of one prompt's drift keeps its value where the rate of passes allows it;
  /// where it was withheld, the share of passes tells it.
  @Test
  void theDriftOfOnePromptKeepsWhatWasEstimated() {
    var passes =
        new PassFindings(
            new int[] {5},
            new int[] {16},
            new MeanFindings(Confidence.DEFAULT, Optional.of(Scope.DRAWS)));
    Finding told =
        Finding.estimate(
            Quantity.KL,
            Role.VALUE,
            1.2,
            new Interval(0, 3),
            Confidence.DEFAULT,
            16,
            new Estimator("elsewhere", "elsewhere"),
            List.of());
    var proven = new Interval(0, 2);
    assertThat(passes.driftOfOne(16, Optional.of(told), proven).orElseThrow().value())
        .isEqualTo(1.2);
    double none = Math.pow(11 / 16.0, 16);
    assertThat(passes.driftOfOne(16, Optional.empty(), proven).orElseThrow().value())
        .isCloseTo(
            (1 - none) * Math.log((1 - none) * 16 / 5) + none * Math.log(none * 16 / 11),
            within(1e-12));
  }
}
