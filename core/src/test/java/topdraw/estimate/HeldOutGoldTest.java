package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.RatioInterval;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;

/// The numbers of a gold study against those worked out prompt by prompt: of the two halves, every
/// split that there can be is gone through, and one of them gives all that is told.
class HeldOutGoldTest {
  private static final int[] GRID = {1, 2, 3, 4, 6};
  private static final Interval RANGE = new Interval(-1, 2);

  /// What one prompt's draws are.
  private record Numbers(String key, double[] proxy, double[] gold, double[] tokens) {
    private static Numbers random(String key, Random random, boolean lengths) {
      return new Numbers(
          key,
          random.doubles(6).toArray(),
          random.doubles(6, -1, 2).toArray(),
          lengths ? random.doubles(6, 10, 30).toArray() : new double[0]);
    }

    private PromptDraws draws() {
      return Draft.prompt(
          key,
          IntStream.range(0, proxy.length)
              .mapToObj(
                  i -> {
                    Draft draft =
                        Draft.of("o" + i).reward("proxy", proxy[i]).reward("gold", gold[i]);
                    return tokens.length == 0 ? draft : draft.tokens(tokens[i]);
                  })
              .toList());
    }

    /// The mean over every subset of n draws of what the best by some reward has.
    private static double best(double[] by, double[] worth, int n) {
      double[] weights = Pool.ofRewards(by).weights(n);
      return IntStream.range(0, by.length).mapToDouble(i -> weights[i] * worth[i]).sum();
    }

    private double gold(int n) {
      return best(proxy, gold, n);
    }

    private double gain(int n) {
      return gold(n) - gold(1);
    }

    private double longer(int n) {
      return best(proxy, tokens, n) - best(proxy, tokens, 1);
    }
  }

  private static List<Numbers> numbers(long seed, int prompts, boolean lengths) {
    var random = new Random(seed);
    return IntStream.range(0, prompts)
        .mapToObj(j -> Numbers.random("p" + j, random, lengths))
        .toList();
  }

  private static Overoptimization study(
      Optional<Interval> range, long seed, List<PromptDraws> prompts) {
    var question = new GoldQuestion("proxy", "gold", range);
    Measurements measured = Questions.of(question).measure(prompts::forEach, Runnable::run, 0);
    return GoldStudy.possible(measured, question, seed, new Confidence(0.9)).orElseThrow();
  }

  private static List<PromptDraws> draws(List<Numbers> numbers) {
    return numbers.stream().map(Numbers::draws).toList();
  }

  private static OptionalDouble value(List<Finding> findings, Quantity quantity, Role role) {
    return findings.stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .mapToDouble(Finding::value)
        .findFirst();
  }

  private static boolean near(double one, OptionalDouble other) {
    return other.isPresent() && Math.abs(one - other.getAsDouble()) < 1e-9;
  }

  /// Two of five prompts choose the n, three judge it: the gain, how much longer answers are, and
  /// bets on gains as shares of `[-3, 3]`, in the order of the prompts' hashes, at 0.05 an end.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5})
  void oneHalfChoosesAndTheOtherJudges(long seed) {
    List<Numbers> numbers = numbers(seed, 5, true);
    Overoptimization.HoldOut held =
        study(Optional.of(RANGE), seed, draws(numbers)).holdOut().orElseThrow();
    assertThat(held.chosenOn()).isEqualTo(2);
    assertThat(held.judgedOn()).isEqualTo(3);
    int matches = 0;
    for (int mask = 0; mask < 32; mask++) {
      if (Integer.bitCount(mask) == 2) {
        matches += matches(numbers, mask, held) ? 1 : 0;
      }
    }
    assertThat(matches).isEqualTo(1);
  }

  private static boolean matches(List<Numbers> numbers, int mask, Overoptimization.HoldOut held) {
    List<Numbers> choose = new ArrayList<>();
    List<Numbers> judge = new ArrayList<>();
    for (int j = 0; j < numbers.size(); j++) {
      ((mask >> j & 1) == 1 ? choose : judge).add(numbers.get(j));
    }
    int best = 1;
    for (int n : GRID) {
      if (mean(choose, n) > mean(choose, best)) {
        best = n;
      }
    }
    int n = best;
    judge.sort(Comparator.comparingLong(one -> one.draws().order()));
    double[] gains = judge.stream().mapToDouble(one -> one.gain(n)).toArray();
    double[] scaled = Arrays.stream(gains).map(gain -> (gain + 3) / 6).toArray();
    List<Finding> told = held.findings();
    return held.n() == n
        && near(
            Arrays.stream(gains).average().orElseThrow(),
            value(told, Quantity.GOLD_GAIN, Role.VALUE))
        && near(
            judge.stream().mapToDouble(one -> one.longer(n)).average().orElseThrow(),
            value(told, Quantity.LENGTH_DRIFT, Role.VALUE))
        && near(
            6 * Betting.lower(scaled, 0.05) - 3, value(told, Quantity.GOLD_GAIN, Role.LOWER_BOUND))
        && near(
            6 * Betting.upper(scaled, 0.05) - 3, value(told, Quantity.GOLD_GAIN, Role.UPPER_BOUND))
        && told.stream().allMatch(f -> f.samples().orElseThrow() == 18)
        && told.stream().allMatch(f -> f.prompts().orElseThrow() == 3);
  }

  private static double mean(List<Numbers> some, int n) {
    return some.stream().mapToDouble(one -> one.gold(n)).average().orElseThrow();
  }

  @Test
  void fewerThanFourPromptsAreNotSplitAndFewerThanTwoTellNothing() {
    for (int prompts = 2; prompts < 6; prompts++) {
      List<Numbers> numbers = numbers(8, prompts, false);
      Overoptimization study = study(Optional.empty(), 8, draws(numbers));
      assertThat(study.holdOut().isPresent()).isEqualTo(prompts >= 4);
      study
          .holdOut()
          .ifPresent(
              held ->
                  assertThat(held.findings())
                      .singleElement()
                      .satisfies(f -> assertThat(f.quantity()).isEqualTo(Quantity.GOLD_GAIN)));
    }
    var question = new GoldQuestion("proxy", "gold", Optional.empty());
    List<PromptDraws> one = draws(numbers(8, 1, false));
    assertThat(
            GoldStudy.possible(
                Questions.of(question).measure(one::forEach, Runnable::run, 0),
                question,
                8,
                Confidence.DEFAULT))
        .isEmpty();
  }

  /// At each n the means over prompts, the share of the oracle's gain with Fieller's interval, and
  /// how many prompts and draws say so; one that has a single draw is left out.
  @Test
  void thePointsAreMeansOverPrompts() {
    List<Numbers> numbers = numbers(12, 12, true);
    List<PromptDraws> all = new ArrayList<>(draws(numbers));
    all.add(Draft.prompt("single", Draft.of("a").reward("proxy", 1).reward("gold", 1).tokens(3)));
    Overoptimization study = study(Optional.empty(), 1, all);
    assertThat(study.prompts()).isEqualTo(12);
    assertThat(study.leftOut()).isEqualTo(1);
    assertThat(study.points()).extracting(Overoptimization.Point::n).containsExactly(1, 2, 3, 4, 6);
    for (Overoptimization.Point point : study.points()) {
      int n = point.n();
      List<Finding> told = point.findings();
      assertThat(value(told, Quantity.GOLD_REWARD, Role.VALUE).orElseThrow())
          .isCloseTo(mean(numbers, n), within(1e-12));
      assertThat(value(told, Quantity.PROXY_REWARD, Role.VALUE).orElseThrow())
          .isCloseTo(
              numbers.stream()
                  .mapToDouble(one -> Numbers.best(one.proxy(), one.proxy(), n))
                  .average()
                  .orElseThrow(),
              within(1e-12));
      assertThat(value(told, Quantity.WINNER_TOKENS, Role.VALUE).orElseThrow())
          .isCloseTo(
              numbers.stream()
                  .mapToDouble(one -> Numbers.best(one.proxy(), one.tokens(), n))
                  .average()
                  .orElseThrow(),
              within(1e-12));
      // A prompt with a draw to spare is asked of all of them.
      assertThat(told).allSatisfy(f -> assertThat(f.prompts()).hasValue(12));
      assertThat(told).allSatisfy(f -> assertThat(f.samples()).hasValue(72));
      assertRecovered(numbers, n, told);
    }
  }

  private static void assertRecovered(List<Numbers> numbers, int n, List<Finding> told) {
    Optional<Finding> recovered =
        told.stream().filter(f -> f.quantity() == Quantity.RECOVERED_GAIN).findFirst();
    if (n == 1) {
      assertThat(recovered).isEmpty();
      assertThat(value(told, Quantity.TOP_AGREEMENT, Role.VALUE)).isEmpty();
      return;
    }
    var ratio =
        (RatioInterval.Found)
            RatioInterval.overPrompts(
                numbers.stream().mapToDouble(one -> one.gain(n)).toArray(),
                numbers.stream()
                    .mapToDouble(
                        one ->
                            Numbers.best(one.gold(), one.gold(), n)
                                - Numbers.best(one.gold(), one.gold(), 1))
                    .toArray(),
                0.1);
    assertThat(recovered.orElseThrow().value()).isCloseTo(ratio.ratio(), within(1e-12));
    Interval ends = recovered.orElseThrow().interval().orElseThrow();
    assertThat(ends.lower()).isCloseTo(ratio.interval().lower(), within(1e-12));
    assertThat(ends.upper()).isCloseTo(ratio.interval().upper(), within(1e-12));
    assertThat(value(told, Quantity.TOP_AGREEMENT_BY_CHANCE, Role.VALUE).orElseThrow())
        .isCloseTo(1.0 / n, within(1e-12));
  }

  /// Where gold is the same in every draw of a prompt there are no pairs to tell apart, and the
  /// mean is over the others.
  @Test
  void pairsAreThoseOfPromptsWithSomethingToTell() {
    var random = new Random(4);
    List<Numbers> numbers = new ArrayList<>(numbers(4, 3, false));
    numbers.add(new Numbers("flat", random.doubles(6).toArray(), new double[6], new double[0]));
    Overoptimization study = study(Optional.empty(), 1, draws(numbers));
    double accuracy = 0;
    for (Numbers one : numbers.subList(0, 3)) {
      for (int i = 0; i < 6; i++) {
        for (int k = 0; k < i; k++) {
          boolean right = one.proxy()[i] > one.proxy()[k] == one.gold()[i] > one.gold()[k];
          accuracy += right ? 1 / 45.0 : 0;
        }
      }
    }
    Finding told =
        study.pairs().stream()
            .filter(f -> f.quantity() == Quantity.PAIR_ACCURACY)
            .findFirst()
            .orElseThrow();
    assertThat(told.value()).isCloseTo(accuracy, within(1e-12));
    assertThat(told.samples()).hasValue(18);
    assertThat(told.prompts()).hasValue(3);
    assertThat(value(study.pairs(), Quantity.PAIR_TIES, Role.VALUE)).hasValue(0);
  }

  /// Drift is told from log-probabilities where there are some, else from equal rewards alone; of
  /// few prompts how often the proxy is right varies with their draws. Where no n is better the
  /// least is taken.
  @Test
  void driftIsToldFromWhatIsKnown() {
    for (boolean known : new boolean[] {true, false}) {
      List<PromptDraws> prompts = new ArrayList<>();
      var random = new Random(6);
      for (int j = 0; j < 5; j++) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Draft draft = Draft.of("o" + i).reward("proxy", random.nextInt(6)).reward("gold", j);
          drafts.add(known ? draft.logP(-200, Draft.EXACT) : draft);
        }
        prompts.add(Draft.prompt("p" + j, drafts));
      }
      Overoptimization study = study(Optional.empty(), 2, prompts);
      Finding kl =
          study.points().get(1).findings().stream()
              .filter(f -> f.quantity() == Quantity.KL)
              .findFirst()
              .orElseThrow();
      assertThat(kl.source()).isEqualTo(known ? Measures.POOL_KL : Measures.POOL_KL_FROM_LEVELS);
      assertThat(kl.value()).isBetween(0.01, Math.log(2) - 0.5);
      Finding right =
          study.points().get(1).findings().stream()
              .filter(f -> f.quantity() == Quantity.TOP_AGREEMENT)
              .findFirst()
              .orElseThrow();
      assertThat(right.value()).isEqualTo(1);
      assertThat(right.assumptions()).contains(Scope.DRAWS.assumption(5));
      assertThat(study.holdOut().orElseThrow().n()).isEqualTo(1);
    }
    List<PromptDraws> two = draws(numbers(8, 2, false));
    var question = new GoldQuestion("proxy", "gold", Optional.empty());
    assertThat(
            GoldStudy.of(
                    Questions.of(question).measure(two::forEach, Runnable::run, 0),
                    question,
                    8,
                    Confidence.DEFAULT)
                .prompts())
        .isEqualTo(2);
  }
}
