package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;

/// The grid of beta laws, and chances of counts under one. What it makes of counts is in
/// [MeanIntervalsTest].
class BetaBinomialPosteriorTest {
  /// From `1/(1 + e¹¹)` over 1/2 to its complement, and from 0.1 to 3000.
  @Test
  void theGridReachesFromEndToEnd() {
    assertThat(BetaBinomialPosterior.logTable(2)).hasNumberOfRows(61 * 25);
    Near.assertWithin(1e-14, BetaBinomialPosterior.meanAt(0), 1 / (1 + Math.exp(11)));
    Near.assertWithin(1e-14, BetaBinomialPosterior.meanAt(24), 1 / (1 + Math.exp(11)));
    Near.assertWithin(1e-14, BetaBinomialPosterior.meanAt(25), 1 / (1 + Math.exp(11 - 11 / 30.0)));
    assertThat(BetaBinomialPosterior.meanAt(30 * 25)).isEqualTo(.5);
    Near.assertWithin(1e-14, BetaBinomialPosterior.meanAt(60 * 25), 1 / (1 + Math.exp(-11)));
    assertThat(BetaBinomialPosterior.concentrationAt(0)).isEqualTo(.1);
    assertThat(BetaBinomialPosterior.concentrationAt(25)).isEqualTo(.1);
    Near.assertWithin(1e-14, BetaBinomialPosterior.concentrationAt(12), .1 * Math.sqrt(30_000));
    Near.assertWithin(1e-14, BetaBinomialPosterior.concentrationAt(24), 3000);
  }

  /// `C(N, c) Π (a+i) Π (b+i) / Π (a+b+i)`, factor by factor.
  @ParameterizedTest
  @CsvSource({"1, .5, .5", "12, .01, 30", "12, 2.5, 1e-3", "40, 700, 2300"})
  void chancesOfCountsAreProductsOfTheirFactors(int draws, double a, double b) {
    double[] logs = BetaBinomialPosterior.logChances(draws, a, b);
    assertThat(logs).hasSize(draws + 1);
    for (int c = 0; c <= draws; c++) {
      double log = 0;
      for (int i = 0; i < draws; i++) {
        log += Math.log((i < c ? a + i : b + i - c) / (a + b + i));
      }
      for (int i = 0; i < c; i++) {
        log += Math.log((draws - i) / (i + 1.0));
      }
      Near.assertWithin(1e-11, Math.exp(logs[c]), Math.exp(log));
    }
  }

  /// What a process has made once it keeps, so each time this runs it asks for another number.
  private static final AtomicInteger DRAWS = new AtomicInteger(70);

  @Test
  void aTableHasTheChancesAtEveryPointAndIsMadeOnce() {
    int draws = DRAWS.getAndIncrement();
    double[][] table = BetaBinomialPosterior.logTable(draws);
    for (int g = 0; g < table.length; g++) {
      double mean = BetaBinomialPosterior.meanAt(g);
      double kappa = BetaBinomialPosterior.concentrationAt(g);
      double[] logs = BetaBinomialPosterior.logChances(draws, mean * kappa, kappa - mean * kappa);
      assertThat(table[g]).containsExactly(logs, within(1e-9));
    }
    assertThat(BetaBinomialPosterior.logTable(draws)).isSameAs(table);
  }

  /// The likeliest point has a likelihood of `e^-1399`: by mpmath over the same grid, 30 digits.
  @Test
  void manyPromptsHaveWeightsThatNoLikelihoodUnderflows() {
    int[] correct = IntStream.range(0, 400).map(j -> 7 * j % 33).toArray();
    int[] draws = IntStream.generate(() -> 32).limit(400).toArray();
    double[] parameters = BetaBinomialPosterior.of(correct, draws).parameters();
    Near.assertWithin(1e-10, parameters[0], 1.0111067987143089);
    Near.assertWithin(1e-10, parameters[1], 1.0111068003561917);
  }

  /// Of one success and one failure the grid is as likely as mirrored.
  @Test
  void oneDrawOfAPromptIsEnough() {
    double[] parameters = BetaBinomialPosterior.of(new int[] {1, 0}, new int[] {1, 1}).parameters();
    assertThat(parameters[0]).isGreaterThan(1);
    Near.assertWithin(1e-12, parameters[0], parameters[1]);
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    assertRefused("found 0 and 0", new int[0]);
    assertRefused("found 1 and 2", new int[] {1}, 2, 2);
    assertRefused("prompt 1, found correct 0 and draws 0", new int[] {0}, 0);
    assertRefused("prompt 2, found correct -1 and draws 3", new int[] {1, -1}, 3, 3);
    assertRefused("prompt 2, found correct 4 and draws 3", new int[] {0, 4}, 3, 3);
  }

  private static void assertRefused(String words, int[] correct, int... draws) {
    assertThatThrownBy(() -> BetaBinomialPosterior.of(correct, draws)).hasMessageContaining(words);
  }
}
