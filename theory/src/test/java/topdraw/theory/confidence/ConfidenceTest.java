package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Interval;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.Collisions;
import topdraw.theory.pool.OveroptimizationFit;
import topdraw.theory.pool.PassAtK;
import topdraw.theory.pool.Pool;

/// What is said with a confidence fails no more often than it says.
class ConfidenceTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Every sequence of six values of a two-point law: the chance of failing, summed.
  @ParameterizedTest(name = "p = {0}")
  @ValueSource(doubles = {0.02, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99})
  void bettingFailsNoMoreOftenThanItSays(double p) {
    double alpha = 0.2;
    double above = 0;
    double below = 0;
    double everAbove = 0;
    int length = 10;
    for (int bits = 0; bits < 1 << length; bits++) {
      int sequence = bits;
      double[] values =
          IntStream.range(0, length)
              .mapToDouble(i -> (sequence >> i & 1) == 1 ? 1 : 0.25)
              .toArray();
      double probability =
          Math.pow(p, Integer.bitCount(bits)) * Math.pow(1 - p, length - Integer.bitCount(bits));
      double mean = p + 0.25 * (1 - p);
      above += Betting.lower(values, alpha) > mean ? probability : 0;
      below += Betting.upper(values, alpha) < mean ? probability : 0;
      boolean ever =
          IntStream.rangeClosed(1, length)
              .anyMatch(t -> Betting.lowerAnytime(Arrays.copyOf(values, t), alpha) > mean);
      everAbove += ever ? probability : 0;
    }
    assertThat(above).isLessThanOrEqualTo(alpha);
    assertThat(below).isLessThanOrEqualTo(alpha);
    assertThat(everAbove).isLessThanOrEqualTo(alpha);
  }

  /// Rare low-entropy prompts, where a bootstrap fails: 400 samples of 50 prompts.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void bettingCoversTheHardCaseAndIsNarrowerThanTheClassicalIntervals(long seed) {
    RandomGenerator random = Tables.random(seed);
    double mean = 0.98 + 0.02 * 0.45;
    int covered = 0;
    double betting = 0;
    double hoeffding = 0;
    double bernstein = 0;
    for (int sample = 0; sample < 400; sample++) {
      double[] values =
          IntStream.range(0, 50)
              .mapToDouble(_ -> random.nextDouble() < 0.02 ? random.nextDouble(0.2, 0.7) : 1)
              .toArray();
      Interval interval = Betting.interval(values, 0.05);
      covered += interval.lower() <= mean && mean <= interval.upper() ? 1 : 0;
      betting += width(interval);
      hoeffding += width(ReferenceIntervals.hoeffding(values, 0.05));
      bernstein += width(ReferenceIntervals.empiricalBernstein(values, 0.05));
    }
    assertThat(covered).isGreaterThanOrEqualTo(380);
    assertThat(betting).isLessThan(hoeffding).isLessThan(bernstein);
  }

  private static double width(Interval interval) {
    return interval.upper() - interval.lower();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void boundsStandOnTheirSideOfTheMeanAndMirrorEachOther(long seed) {
    RandomGenerator random = Tables.random(seed);
    double[] values = random.doubles(random.nextInt(1, 60)).toArray();
    double alpha = random.nextDouble(0.001, 0.5);
    double mean = Arrays.stream(values).average().orElseThrow();

    assertThat(Betting.lower(values, alpha)).isBetween(0.0, mean);
    assertThat(Betting.upper(values, alpha)).isBetween(mean, 1.0);
    assertThat(Betting.lowerAnytime(values, alpha)).isBetween(0.0, mean);
    assertThat(Betting.upperAnytime(values, alpha)).isBetween(mean, 1.0);
    Near.assertAtMost(Betting.lower(values, alpha / 2), Betting.lower(values, alpha));
    double[] mirrored = Arrays.stream(values).map(x -> 1 - x).toArray();
    Near.assertEqual(Betting.upper(mirrored, alpha), 1 - Betting.lower(values, alpha));
  }

  /// Summed over the binomial law.
  @ParameterizedTest(name = "p = {0}")
  @ValueSource(doubles = {1e-6, 0.01, 0.2, 0.5, 0.9, 0.999})
  void theExactBoundsOnAProbabilityFailNoMoreOftenThanTheySay(double p) {
    int total = 40;
    double above = 0;
    double below = 0;
    double probability = Math.pow(1 - p, total);
    for (int c = 0; c <= total; c++) {
      above += ReferenceIntervals.clopperPearsonLower(c, total, 0.05) > p ? probability : 0;
      below += ReferenceIntervals.clopperPearsonUpper(c, total, 0.05) < p ? probability : 0;
      probability *= p / (1 - p) * (total - c) / (c + 1);
    }
    assertThat(above).isLessThanOrEqualTo(0.05 + 1e-12);
    assertThat(below).isLessThanOrEqualTo(0.05 + 1e-12);
  }

  /// 200 ledgers of 100 requests, `n` chosen from what was returned before; each read throughout.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theDriftLedgerHoldsAtEveryRequest(long seed) {
    RandomGenerator random = Tables.random(seed);
    OutcomeTable table = OutcomeTable.ofProbabilities(0.7, 0.2, 0.05, 0.05);
    int failed = 0;
    for (int ledgers = 0; ledgers < 200; ledgers++) {
      var ledger = DriftLedger.empty(KlBounds.analytical(16), 0.05);
      double spent = 0;
      int n = 16;
      boolean holds = true;
      for (int request = 0; request < 100; request++) {
        Law law = LAWS[n];
        int winner = draw(law.probabilities(), random);
        ledger = ledger.plus(KlBounds.sharpBound(n, table.probabilities()[winner]));
        spent += law.kl();
        holds &= spent <= ledger.upper();
        n = winner == 3 ? 4 : 16;
      }
      failed += holds ? 0 : 1;
      assertThat(ledger.requests()).isEqualTo(100);
      assertThat(ledger.upper()).isGreaterThan(ledger.sum());
    }
    assertThat(failed).isLessThanOrEqualTo(10);
  }

  private static final Law[] LAWS = new Law[17];

  static {
    for (int n = 1; n < LAWS.length; n++) {
      LAWS[n] =
          Law.of(new Selection.BestOfN(n), OutcomeTable.ofProbabilities(0.7, 0.2, 0.05, 0.05));
    }
  }

  private static int draw(double[] p, RandomGenerator random) {
    double u = random.nextDouble();
    int i = 0;
    while (i < p.length - 1 && u >= p[i]) {
      u -= p[i++];
    }
    return i;
  }

  /// The evidence is a martingale from 1: its mean over every pair of pools is 1.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void theEvidenceHasMeanOneWhenTheLogProbabilitiesAreTrue(long seed) {
    Tables tables = Tables.small(seed);
    double[] logP = Arrays.stream(tables.logP()).map(x -> Math.min(0, x)).toArray();
    var mean = new double[1];
    Tables.forEachTuple(
        logP.length,
        4,
        t -> {
          double[] logs = Arrays.stream(t).mapToDouble(i -> logP[i]).toArray();
          LogProbabilityEvidence evidence = LogProbabilityEvidence.none().after(t, logs);
          mean[0] += tables.probability(t) * Math.exp(evidence.logValue());
        });
    Near.assertWithin(1e-9, mean[0], 1);
  }

  @Test
  void probabilitiesAboveOneAndDroppedRepeatsAreRefuted() {
    var none = LogProbabilityEvidence.none();
    double half = Math.log(0.6);

    assertThat(none.logValue()).isBetween(-1e-15, 1e-15);
    assertThat(none.after(new int[] {0, 1}, new double[] {half, half}).logValue())
        .isEqualTo(Double.POSITIVE_INFINITY);
    // 40 outcomes of probability 1/50 each, never one twice.
    var logs = new double[40];
    Arrays.fill(logs, -Math.log(50));
    assertThat(none.after(IntStream.range(0, 40).toArray(), logs).logValue())
        .isGreaterThan(Math.log(20));
    assertThat(none).isEqualTo(LogProbabilityEvidence.none());
    assertThatThrownBy(() -> none.after(new int[] {0}, new double[] {Double.NEGATIVE_INFINITY}))
        .hasMessageContaining("logProbabilities[0]");
  }

  /// Both, over every pool of three draws.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCollisionEstimatesAreUnbiased(long seed) {
    Tables tables = Tables.small(seed);
    int size = tables.logP().length;
    double exact = Arrays.stream(tables.logP()).map(x -> Math.exp(2 * x)).sum();
    var fromCounts = new double[1];
    var fromProbabilities = new double[1];
    Tables.forEachTuple(
        size,
        3,
        t -> {
          var counts = new long[size];
          Arrays.stream(t).forEach(i -> counts[i]++);
          fromCounts[0] += tables.probability(t) * Collisions.probability(counts);
          double[] logs =
              Arrays.stream(t).mapToDouble(i -> Math.min(0, tables.logP()[i])).toArray();
          fromProbabilities[0] += tables.probability(t) * Collisions.meanProbability(logs);
        });
    Near.assertEqual(fromCounts[0], exact);
    Near.assertEqual(fromProbabilities[0], exact);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theFitRecoversItsOwnCurve(long seed) {
    RandomGenerator random = Tables.random(seed);
    double alpha = random.nextDouble(-2, 2);
    double beta = random.nextDouble(0.01, 1);
    double[] kls = random.doubles(random.nextInt(2, 20), 0.01, 6).toArray();
    double[] gains =
        Arrays.stream(kls).map(k -> Math.sqrt(k) * (alpha - beta * Math.sqrt(k))).toArray();
    OveroptimizationFit fit = OveroptimizationFit.of(kls, gains);

    assertThat(fit.alpha()).isBetween(alpha - 1e-6, alpha + 1e-6);
    assertThat(fit.beta()).isBetween(beta - 1e-6, beta + 1e-6);
    assertThat(fit.gain(fit.peakKl())).isGreaterThanOrEqualTo(fit.gain(fit.peakKl() * 1.1 + 0.01));
    assertThat(fit.peakIsMeasured())
        .isEqualTo(fit.peakKl() <= Arrays.stream(kls).max().orElseThrow());
  }

  @Test
  void whatDeterminesNothingIsRefused() {
    assertThatThrownBy(() -> OveroptimizationFit.of(new double[] {1, 1}, new double[] {1, 2}))
        .hasMessageContaining("two different drifts");
    assertThatThrownBy(() -> Betting.lower(new double[] {0.5, 1.5}, 0.05))
        .hasMessage("values[1] must be in [0, 1], was 1.5; divide by its range");
    assertThatThrownBy(() -> Betting.lower(new double[0], 0.05)).hasMessageContaining("none");
    assertThatThrownBy(() -> DriftLedger.empty(1, 0.05).plus(2)).hasMessageContaining("[0, 1.0]");
  }

  @Test
  void passAtKIsThePoolOfZerosAndOnes() {
    double[] rewards = {0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    for (int k = 1; k <= 10; k++) {
      Near.assertEqual(PassAtK.of(10, 3, k), Pool.ofRewards(rewards).reward(k));
    }
    assertThatThrownBy(() -> PassAtK.of(10, 11, 1)).hasMessageContaining("correct 11");
  }
}
