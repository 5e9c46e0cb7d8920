package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.numeric.LogSpace;

class SoftBestOfNLawTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  static LongStream fewSeeds() {
    return Tables.seeds(60);
  }

  /// The integral against the weights of every tuple.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLawOfSoftBestOfNIsThatOfEveryTuple(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 5);
    double temperature = Math.exp(tables.random().nextDouble(-2, 3));
    var pmf = new double[tables.logP().length];
    Tables.forEachTuple(
        pmf.length,
        n,
        t -> {
          double[] weights =
              Arrays.stream(t)
                  .mapToDouble(i -> Math.exp(tables.rewards()[i] / temperature))
                  .toArray();
          double total = Arrays.stream(weights).sum();
          for (int i = 0; i < n; i++) {
            pmf[t[i]] += tables.probability(t) * weights[i] / total;
          }
        });
    Law law = Law.of(new Selection.SoftBestOfN(n, temperature), tables.table());

    for (int i = 0; i < pmf.length; i++) {
      Near.assertEqual(law.probabilities()[i], pmf[i]);
    }
    assertThat(law.expectedDraws()).isEqualTo(n);
  }

  /// 1.6, and the bound from the range of rewards; between the reference and best-of-n.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void softBestOfNStaysWithinItsBoundsAndTendsToItsLimits(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = 1 + (int) Math.exp(tables.random().nextDouble(0, 6));
    double temperature = Math.exp(tables.random().nextDouble(-3, 5));
    Law law = Law.of(new Selection.SoftBestOfN(n, temperature), table);
    double[] rewards = table.levelRewards();
    double range = rewards[rewards.length - 1] - rewards[0];

    Near.assertEqual(Arrays.stream(law.probabilities()).sum(), 1);
    Near.assertAtMost(law.kl(), KlBounds.analytical(n));
    Near.assertAtMost(law.winRate(), WinRateBounds.analytical(n));
    Near.assertAtMost(law.kl(), SoftBestOfNLaw.klUpper(n, range, temperature));
    Law best = Law.of(new Selection.BestOfN(n), table);
    Law cold = Law.of(new Selection.SoftBestOfN(n, 1e-3), table);
    Near.assertWithin(1e-9, cold.kl(), best.kl());
    Near.assertWithin(1e-9, cold.winRate(), best.winRate());
    assertThat(Law.of(new Selection.SoftBestOfN(n, 1e12), table).kl()).isBetween(0.0, 1e-15);
    Near.assertAtMost(law.winRate(), best.winRate());
  }

  /// Of two draws `π(y)/p(y) = Σ_j p_j 2 w_y / (w_y + w_j)`, also where a level is returned only
  /// because something beyond any double's reach was drawn with it.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void ofTwoDrawsTheLawIsASumOverTheOther(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int size = random.nextInt(2, 9);
    double[] logP = random.doubles(size, seed > 6 ? -3000 : -500, 0).toArray();
    logP[random.nextInt(size)] = 0;
    double widest = seed % 2 == 0 ? 5 : seed > 6 ? 5000 : 500;
    double[] rewards = random.doubles(size, 0, widest).sorted().toArray();
    OutcomeTable table = OutcomeTable.of(logP, rewards);
    double[] found = SoftBestOfNLaw.logRatios(table.levels(), rewards, 2, 1);
    for (int y = 0; y < size; y++) {
      double[] terms = new double[size];
      for (int j = 0; j < size; j++) {
        double apart = rewards[j] - rewards[y];
        double odds =
            apart > 0 ? -apart - Math.log1p(Math.exp(-apart)) : -Math.log1p(Math.exp(apart));
        terms[j] = table.levels().logMass(j) + Math.log(2) + odds;
      }
      double expected = LogSpace.logSumExp(terms);
      assertThat(found[y])
          .as("level %d of %s at %s", y, Arrays.toString(logP), Arrays.toString(rewards))
          .isCloseTo(expected, within(1e-13 * Math.max(1, Math.abs(expected))));
    }
  }

  /// Of rewards that are all but the same every draw is as likely to be returned, however many
  /// there are.
  @Test
  void ofVeryManyDrawsTheLawIsThatOfItsLimits() {
    for (int n : new int[] {1_000, 1_000_000, Integer.MAX_VALUE}) {
      OutcomeTable even = OutcomeTable.ofProbabilities(0.3, 0.5, 0.2);
      assertThat(SoftBestOfNLaw.logRatios(even.levels(), new double[] {0, 1, 2}, n, 1e15))
          .containsExactly(new double[] {0, 0, 0}, within(1e-13));
      for (double apart : new double[] {100, 2048, 0x1p40}) {
        // One draw in n is better: where there is one, it is returned.
        assertThat(worse(n, 1.0 / n, apart))
            .isCloseTo((n - 1) * Math.log1p(-1.0 / n), within(1e-12));
        // Half of them are: each of the others has its odds against these, or all are of it.
        double odds = LogSpace.logSumExp((n - 1) * Math.log(0.5), Math.log(2) - apart);
        assertThat(worse(n, 0.5, apart)).isCloseTo(odds, within(1e-12 + 4.0 / n + 1e-15 * apart));
      }
    }
  }

  /// `log(π/p)` of the lower of two levels.
  private static double worse(int n, double better, double apart) {
    OutcomeTable table = OutcomeTable.ofProbabilities(1 - better, better);
    return SoftBestOfNLaw.logRatios(table.levels(), new double[] {0, apart}, n, 1)[0];
  }

  @Test
  void whatIsHardlyEverDrawnIsNoNumberLess() {
    OutcomeTable table = OutcomeTable.of(new double[] {-1e308, 0}, new double[] {0, 1e6});
    double[] ratios = SoftBestOfNLaw.logRatios(table.levels(), new double[] {0, 1e6}, 3, 1);
    // Of three draws one is it, in any of three places, against two.
    assertThat(ratios[0]).isCloseTo(-1e6 + Math.log(1.5), within(1e-8));
    assertThat(ratios[1]).isCloseTo(0, within(1e-12));
  }

  @Test
  void ofOneDrawOrOneLevelNothingIsChosen() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.3, 0.7);
    assertThat(SoftBestOfNLaw.logRatios(table.levels(), new double[] {1, 2}, 1, 0.5))
        .containsExactly(0, 0);
    OutcomeTable single = OutcomeTable.of(new double[] {-1, -2}, new double[] {4, 4});
    assertThat(SoftBestOfNLaw.logRatios(single.levels(), new double[] {4}, 9, 0.5))
        .containsExactly(0);
  }

  @Test
  void aTemperatureBelowWhatADoubleTellsIsRefused() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.3, 0.7);
    assertThatThrownBy(
            () -> SoftBestOfNLaw.logRatios(table.levels(), new double[] {-1e300, 1}, 3, 1e-300))
        .hasMessage(
            "the temperature 1.0E-300 is too small for these rewards; best-of-n is the limit");
    // Where numbers have no neighbours, no grid ends.
    assertThatThrownBy(
            () -> SoftBestOfNLaw.logRatios(table.levels(), new double[] {0, 20}, 4, 1e-15))
        .hasMessage(
            "the temperature 1.0E-15 is too small for these rewards; best-of-n is the limit");
    assertThat(SoftBestOfNLaw.logRatios(table.levels(), new double[] {0, 1}, 4, 1e-15)[0])
        .isCloseTo(3 * Math.log(0.3), within(1e-9));
    // Without a score it is returned when all draws are without.
    assertThat(
            SoftBestOfNLaw.logRatios(
                table.levels(), new double[] {Double.NEGATIVE_INFINITY, 1}, 3, 1e-300))
        .containsExactly(
            new double[] {2 * Math.log(0.3), Math.log((1 - 0.027) / 0.7)}, within(1e-14));
  }
}
