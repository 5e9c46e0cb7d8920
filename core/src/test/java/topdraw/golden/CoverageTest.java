package topdraw.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.estimate.Bands;
import topdraw.theory.finding.Confidence;

/// Intervals and certificates fail as often as they must, neither more nor less. Where everything
/// that can happen can be listed, all of it is; elsewhere seeds are named. Each test also shows
/// that it would refuse the interval with half the chance of failing, and with twice the chance.
class CoverageTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

  private static JsonNode entry(String name) {
    return Golden.read("coverage").values().stream()
        .filter(e -> e.get("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double[] numbers(JsonNode json) {
    return json.values().stream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  // ---- certificates over prompts: every sequence of prompts of two kinds

  private static boolean[] sequence(int bits, int prompts) {
    var kinds = new boolean[prompts];
    for (int j = 0; j < prompts; j++) {
      kinds[j] = (bits >> j & 1) == 1;
    }
    return kinds;
  }

  /// The chance of failing for each share of prompts of the first kind.
  ///
  /// @param first the number that such a prompt gives
  /// @param second what the others give
  private static double[] failures(
      JsonNode entry,
      boolean lower,
      double first,
      double second,
      ToDoubleFunction<boolean[]> bound) {
    int prompts = entry.get("prompts").intValue();
    double[] shares = numbers(entry.get("shares"));
    var chances = new double[shares.length];
    for (int bits = 0; bits < 1 << prompts; bits++) {
      double at = bound.applyAsDouble(sequence(bits, prompts));
      int ones = Integer.bitCount(bits);
      for (int i = 0; i < shares.length; i++) {
        double truth = shares[i] * first + (1 - shares[i]) * second;
        if (lower ? at > truth : at < truth) {
          chances[i] += Math.pow(shares[i], ones) * Math.pow(1 - shares[i], prompts - ones);
        }
      }
    }
    return chances;
  }

  private static void assertFails(JsonNode entry, String as, double[] chances) {
    assertThat(chances).containsExactly(numbers(entry.get("failures").get(as)), ROUNDING);
  }

  /// At the confidence whose chance of failing the entry names, and at half and twice that chance.
  private static void assertFailsAsAlphaAsks(
      JsonNode entry, DoubleFunction<double[]> chancesAtConfidence) {
    double alpha = entry.get("alpha").doubleValue();
    double[] chances = chancesAtConfidence.apply(1 - alpha);
    assertFails(entry, "alpha", chances);
    assertFails(entry, "half", chancesAtConfidence.apply(1 - alpha / 2));
    assertFails(entry, "double", chancesAtConfidence.apply(1 - 2 * alpha));
    assertAlphaMatters(entry, chances);
  }

  private static void assertAlphaMatters(JsonNode entry, double[] chances) {
    for (String other : List.of("half", "double")) {
      double[] others = numbers(entry.get("failures").get(other));
      assertThat(IntStream.range(0, others.length).mapToDouble(i -> others[i] - chances[i]))
          .as("what %s alpha changes", other)
          .anyMatch(change -> Math.abs(change) > 1e-3);
    }
  }

  @Test
  void thePassRateIsCertified() {
    JsonNode entry = entry("pass rate, lower");
    assertFailsAsAlphaAsks(
        entry,
        confidence ->
            failures(entry, true, 1, 0, kinds -> CoreIntervals.passRateLower(kinds, confidence)));
  }

  @Test
  void theDriftIsCertifiedFromProbabilities() {
    JsonNode entry = entry("kl, upper");
    assertFailsAsAlphaAsks(
        entry,
        confidence ->
            failures(
                entry,
                false,
                entry.get("small").doubleValue(),
                entry.get("large").doubleValue(),
                kinds -> CoreIntervals.klUpper(kinds, confidence)));
  }

  @Test
  void theDriftIsCertifiedFromEqualRewards() {
    JsonNode entry = entry("equal rewards, upper");
    assertFailsAsAlphaAsks(
        entry,
        confidence ->
            failures(
                entry,
                false,
                entry.get("small").doubleValue(),
                entry.get("large").doubleValue(),
                kinds -> CoreIntervals.levelsUpper(kinds, confidence)));
  }

  /// Of two draws the drift is log 2 - 1/2 where no two rewards are equal, and 0 where all are.
  @Test
  void theDriftIsCertifiedFromBelowBySeldomEqualRewards() {
    JsonNode entry = entry("equal rewards, lower");
    assertFailsAsAlphaAsks(
        entry,
        confidence ->
            failures(
                entry,
                true,
                entry.get("large").doubleValue(),
                entry.get("small").doubleValue(),
                distinct -> {
                  var flat = new boolean[distinct.length];
                  for (int j = 0; j < flat.length; j++) {
                    flat[j] = !distinct[j];
                  }
                  return CoreIntervals.levelsLower(flat, confidence);
                }));
  }

  /// A plan's chance of failing is shared by its targets and methods; what each bound gets follows
  /// the confidence asked.
  @ParameterizedTest
  @CsvSource({
    "1, 'reward, lower'",
    "2, 'reward, lower, shared by two'",
    "4, 'reward, lower, shared by four'"
  })
  void thePlansRewardIsCertified(int shares, String name) {
    JsonNode entry = entry(name);
    double[] chances = rewardFailures(entry, 0.95, shares);
    assertFails(entry, "alpha", chances);
    assertAlphaMatters(entry, chances);
    if (shares == 1) {
      assertFails(entry, "half", rewardFailures(entry, 0.975, 1));
      assertFails(entry, "double", rewardFailures(entry, 0.9, 1));
    }
  }

  private static double[] rewardFailures(JsonNode entry, double confidence, int shares) {
    return failures(
        entry,
        true,
        1,
        0,
        ones ->
            CoreIntervals.rewardLower(
                    IntStream.range(0, ones.length).mapToDouble(j -> ones[j] ? 1 : 0).toArray(),
                    true,
                    confidence,
                    shares)
                .orElseThrow());
  }

  /// Where all prompts gain, whichever half of them judges: the lower bound, and the chance of so
  /// lucky a half at the share of gaining prompts where the bound is no longer true.
  @Test
  void theGainInGoldRewardIsCertifiedOnTheOtherHalf() {
    JsonNode entry = entry("gold hold-out");
    int prompts = entry.get("prompts").intValue();
    double alpha = entry.get("alpha").doubleValue();
    double bound = gainAtLeast(prompts, alpha);
    JsonNode bounds = entry.get("bounds");
    assertThat(bound).isCloseTo(bounds.get("alpha").doubleValue(), ROUNDING);
    assertThat(gainAtLeast(prompts, alpha / 2))
        .isCloseTo(bounds.get("half").doubleValue(), ROUNDING);
    assertThat(gainAtLeast(prompts, 2 * alpha))
        .isCloseTo(bounds.get("double").doubleValue(), ROUNDING);
    double share = (bound * 16 / 15 + 1) / 2;
    double chance = Math.pow(share, prompts / 2.0);
    JsonNode failures = entry.get("failures");
    assertThat(chance).isCloseTo(failures.get("alpha").doubleValue(), ROUNDING);
    assertThat(chance).isLessThan(alpha);
    assertThat(chance).isGreaterThan(1.5 * failures.get("half").doubleValue());
    assertThat(chance).isLessThan(failures.get("double").doubleValue() / 1.5);
  }

  /// The lower end is one of two that share the chance of failing.
  private static double gainAtLeast(int prompts, double alpha) {
    return CoreIntervals.goldGainLower(prompts, 1, 1 - 2 * alpha);
  }

  // ---- numbers of prompts whose range is not known

  /// Six prompts, normal: nearly as often as Student's, which is a part of it.
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.3})
  void intervalsOverPromptsMissNearlyAsOftenAsTheySay(double alpha) {
    int runs = 20_000;
    double expected = alpha * runs;
    assertThat((double) missed(alpha, runs)).isBetween(0.7 * expected, 1.02 * expected);
    assertThat((double) missed(alpha / 2, runs)).isLessThan(0.7 * expected);
    assertThat((double) missed(1.5 * alpha, runs)).isGreaterThan(1.02 * expected);
  }

  private static long missed(double alpha, int runs) {
    var random = new Random(20261124);
    long missed = 0;
    for (int run = 0; run < runs; run++) {
      Line.Ends ends =
          CoreIntervals.overPrompts(
              IntStream.range(0, 6).mapToDouble(_ -> random.nextGaussian()).toArray(), 1 - alpha);
      missed += ends.lower() <= 0 && 0 <= ends.upper() ? 0 : 1;
    }
    return missed;
  }

  /// Where no range of rewards is stated, nothing is certified, whatever the rewards are.
  @Test
  void noRewardOfUnknownRangeIsCertified() {
    double[] rewards = IntStream.range(0, 20).mapToDouble(j -> 5 + j).toArray();
    assertThat(CoreIntervals.rewardLower(rewards, false, 0.5, 1)).isEmpty();
    assertThat(CoreIntervals.rewardLower(new double[] {1, 1, 0.5, 1}, true, 0.5, 1)).isPresent();
  }

  // ---- error bars of one prompt: every pool

  @Test
  void errorBarsByLeavingOutDrawsMissAsOftenAsTheyMust() {
    JsonNode entry = entry("jackknife");
    double[] p = numbers(entry.get("p"));
    int draws = entry.get("draws").intValue();
    List<JsonNode> estimates =
        List.of("win_rate", "eq. (25)", "d*").stream()
            .map(name -> entry.get("estimates").get(name))
            .toList();
    double alpha = entry.get("alpha").doubleValue();
    int n = entry.get("n").intValue();
    var missed = new double[estimates.size()];
    var means = new double[estimates.size()];
    for (int[] counts : pools(p.length, draws)) {
      List<Line> found = CoreIntervals.ofPool(outcomes(counts), p, n, 1 - alpha);
      for (int i = 0; i < missed.length; i++) {
        double truth = estimates.get(i).get("truth").doubleValue();
        Line.Ends ends = found.get(i).interval().orElseThrow();
        means[i] += found.get(i).value() * chance(counts, p);
        missed[i] += ends.lower() <= truth && truth <= ends.upper() ? 0 : chance(counts, p);
      }
    }
    for (int i = 0; i < missed.length; i++) {
      JsonNode failures = estimates.get(i).get("failures");
      assertThat(means[i]).isCloseTo(estimates.get(i).get("truth").doubleValue(), ROUNDING);
      assertThat(missed[i]).isCloseTo(failures.get("alpha").doubleValue(), ROUNDING);
      assertThat(missed[i]).isGreaterThan(failures.get("half").doubleValue() + 0.005);
      assertThat(missed[i]).isLessThan(failures.get("double").doubleValue() - 0.005);
    }
  }

  private static List<int[]> pools(int outcomes, int draws) {
    if (outcomes == 1) {
      return List.of(new int[] {draws});
    }
    List<int[]> pools = new ArrayList<>();
    for (int first = 0; first <= draws; first++) {
      for (int[] rest : pools(outcomes - 1, draws - first)) {
        pools.add(IntStream.concat(IntStream.of(first), Arrays.stream(rest)).toArray());
      }
    }
    return pools;
  }

  private static int[] outcomes(int[] counts) {
    return IntStream.range(0, counts.length)
        .flatMap(o -> IntStream.range(0, counts[o]).map(_ -> o))
        .toArray();
  }

  /// Multinomial.
  private static double chance(int[] counts, double[] p) {
    double chance = 1;
    int drawn = 0;
    for (int o = 0; o < counts.length; o++) {
      for (int i = 1; i <= counts[o]; i++) {
        chance *= p[o] * ++drawn / i;
      }
    }
    return chance;
  }

  // ---- one run of rewind-and-repeat: every number of draws

  /// At the pass rate where the bound of m draws turns true, all smaller numbers of draws fail: the
  /// chance is just what is allowed there, and less elsewhere.
  @ParameterizedTest
  @CsvSource({"1, 0.05", "2, 0.05", "5, 0.05", "20, 0.05", "100, 0.05", "20, 0.01", "20, 0.5"})
  void oneRunOfRewindAndRepeatBoundsTheDrift(int draws, double alpha) {
    double kl = klUpper(draws, alpha);
    double pass = Math.exp(-kl);
    assertThat(failure(pass * (1 - 1e-9), alpha)).isCloseTo(alpha, Offset.offset(1e-6));
    assertThat(failure(pass * (1 + 1e-9), alpha)).isLessThan(alpha - 1e-4);
  }

  private static double klUpper(int draws, double alpha) {
    return find(CoreRounds.rewind(draws, new Confidence(1 - alpha)), "geometric").value();
  }

  /// The chance that the bound is below the drift, over draws that matter.
  private static double failure(double pass, double alpha) {
    double chance = 0;
    for (int m = 1; m <= 200; m++) {
      if (klUpper(m, alpha) < -Math.log(pass)) {
        chance += pass * Math.pow(1 - pass, m - 1);
      }
    }
    return chance;
  }

  private static Line find(List<Line> lines, String estimator) {
    return lines.stream().filter(l -> l.estimator().equals(estimator)).findFirst().orElseThrow();
  }

  // ---- bootstrap

  /// Seed 3, 200,000 resamples: the ends are those of the exact law of a resample's mean, within
  /// what so many resamples leave open.
  @Test
  void bootstrapEndsAreThoseOfTheExactLaw() {
    JsonNode entry = entry("bootstrap ends");
    double[] values = numbers(entry.get("values"));
    CoreIntervals.Resampled resampled = CoreIntervals.resampled(values, 200_000, 3);
    for (JsonNode ends : entry.get("ends").values()) {
      double alpha = ends.get("alpha").doubleValue();
      assertNear(resampled.percentile(alpha), numbers(ends.get("percentile")));
      assertNear(resampled.bca(alpha).orElseThrow(), numbers(ends.get("bca")));
      for (JsonNode other : entry.get("ends").values()) {
        if (other != ends) {
          assertThat(near(resampled.percentile(alpha), numbers(other.get("percentile")))).isFalse();
          assertThat(near(resampled.bca(alpha).orElseThrow(), numbers(other.get("bca")))).isFalse();
        }
      }
    }
  }

  private static void assertNear(Line.Ends ends, double[] expected) {
    assertThat(near(ends, expected)).as("%s, not %s", ends, Arrays.toString(expected)).isTrue();
  }

  private static boolean near(Line.Ends ends, double[] expected) {
    return Math.abs(ends.lower() - expected[0]) < 0.17
        && Math.abs(ends.upper() - expected[1]) < 0.17;
  }

  /// Forty values of 0 or 1, seed 5: which counts' intervals hold the share does not depend on
  /// luck.
  @ParameterizedTest
  @ValueSource(strings = {"percentile", "bca"})
  void bootstrapIntervalsMissAsOftenAsTheyMust(String method) {
    JsonNode entry = entry("bootstrap coverage");
    JsonNode failures = entry.get("failures").get(method);
    double alpha = entry.get("alpha").doubleValue();
    double[] alphas = {alpha / 2, alpha, 2 * alpha};
    double[][] missed = missed(entry, method, alphas);
    assertThat(missed[0]).containsExactly(numbers(failures.get("half")), ROUNDING);
    assertThat(missed[1]).containsExactly(numbers(failures.get("alpha")), ROUNDING);
    assertThat(missed[2]).containsExactly(numbers(failures.get("double")), ROUNDING);
    for (int i = 0; i < missed[1].length; i++) {
      assertThat(missed[1][i]).isBetween(missed[0][i] + 0.01, missed[2][i] - 0.01);
    }
  }

  private static double[][] missed(JsonNode entry, String method, double[] alphas) {
    int size = entry.get("size").intValue();
    double[] shares = numbers(entry.get("shares"));
    var missed = new double[alphas.length][shares.length];
    for (JsonNode count : entry.get("counts").values()) {
      int ones = count.intValue();
      double[] values = IntStream.range(0, size).mapToDouble(i -> i < ones ? 1 : 0).toArray();
      CoreIntervals.Resampled resampled = CoreIntervals.resampled(values, 50_000, 5);
      for (int a = 0; a < alphas.length; a++) {
        Line.Ends ends =
            method.equals("bca")
                ? resampled.bca(alphas[a]).orElseThrow()
                : resampled.percentile(alphas[a]);
        for (int i = 0; i < shares.length; i++) {
          if (shares[i] < ends.lower() || shares[i] > ends.upper()) {
            missed[a][i] +=
                chance(new int[] {ones, size - ones}, new double[] {shares[i], 1 - shares[i]});
          }
        }
      }
    }
    return missed;
  }

  // ---- band

  /// Seed 20260801: all points at once.
  @Test
  void theJointBandMissesAsOftenAsItMust() {
    JsonNode entry = entry("joint band");
    int runs = 700;
    double alpha = entry.get("alpha").doubleValue();
    var criterion =
        new Criterion(
            entry.get("failures").get("alpha").doubleValue(),
            runs,
            entry.get("runs").doubleValue());
    assertThat(criterion.accepts(missedBands(entry, alpha, runs))).isTrue();
    assertThat(criterion.accepts(missedBands(entry, alpha / 2, runs))).isFalse();
    assertThat(criterion.accepts(missedBands(entry, 2 * alpha, runs))).isFalse();
  }

  private static long missedBands(JsonNode entry, double alpha, int runs) {
    var random = new Random(20260801);
    int points = entry.get("points").intValue();
    var curves = new double[entry.get("prompts").intValue()][points];
    long missed = 0;
    for (int run = 0; run < runs; run++) {
      for (double[] curve : curves) {
        Arrays.setAll(curve, _ -> random.nextGaussian());
      }
      missed += Bands.holds(curves, new double[points], 1 - alpha, random) ? 0 : 1;
    }
    return missed;
  }
}
