package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.theory.Tables;
import topdraw.theory.confidence.HeldOutGain;
import topdraw.theory.confidence.Range;
import topdraw.theory.finding.Evidence;

/// When to stop drawing, and which setting to trust.
class StoppingTest {
  private static final double[] LAW = {0, 1, 1, 3, 7, 7.5};

  @Test
  void theIndexIsWhereADrawIsWorthItsPrice() {
    var index = new PandoraIndex(LAW);
    for (double price : new double[] {.01, .2, 1, 3, 5}) {
      assertThat(index.gain(index.at(price))).isCloseTo(price, within(1e-14));
    }
    assertThat(index.at(4)).isCloseTo(19.5 / 6 - 4, within(1e-14));
    assertThat(index.gain(8)).isZero();
    assertThat(PandoraIndex.mostFailures(.5, 2, .05)).isEqualTo(8);
    assertThat(PandoraIndex.mostFailures(.5, 2, .5)).isZero();
    assertThatThrownBy(() -> new PandoraIndex(1, Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> index.at(0)).hasMessageContaining("price");
  }

  /// Against the best of all rules, found backwards from forty draws.
  @Test
  void noRuleIsBetterThanTheIndex() {
    var index = new PandoraIndex(LAW);
    for (double price : new double[] {.1, .4, 1.1}) {
      double[] best = LAW.clone(); // what is got from each best so far
      for (int left = 0; left < 400; left++) {
        double[] now = best.clone();
        for (int i = 0; i < LAW.length; i++) {
          double more = -price;
          for (int j = 0; j < LAW.length; j++) {
            more += best[Math.max(i, j)] / LAW.length;
          }
          now[i] = Math.max(LAW[i], more);
        }
        best = now;
      }
      for (int i = 0; i < LAW.length; i++) {
        boolean draws = best[i] > LAW[i] + 1e-9;
        assertThat(draws).isEqualTo(LAW[i] < index.at(price) - 1e-9);
      }
    }
  }

  @Test
  void bestOfPoissonIsAMixture() {
    double[] gold = IntStream.range(0, 40).mapToDouble(k -> 1 - Math.pow(.8, k + 1)).toArray();
    // E (1 - 0.8^(1+M)) = 1 - 0.8 exp(-0.2 μ).
    assertThat(PoissonGold.of(7, gold)).isCloseTo(1 - .8 * Math.exp(-1.4), within(1e-9));
    assertThat(PoissonGold.of(0, gold)).isCloseTo(.2, within(1e-15));
    assertThatThrownBy(() -> PoissonGold.of(30, gold)).hasMessageContaining("larger pool");
  }

  @Test
  void softBestOfNLiesBetweenTheMeanAndTheBest() {
    double[] rewards = {0, 1, 2, 3, 4, 5, 6, 7};
    double[] gold = {3, 1, 4, 1, 5, 9, 2, 6};
    var soft = new SoftGold(rewards, gold, 3, 4);
    VoteValue hot = soft.at(1e9);
    assertThat(hot.value()).isBetween(31 / 8.0 - 4 * hot.error(), 31 / 8.0 + 4 * hot.error());
    // Subsets of three have a mean of variance 6.609/3 · 5/7; two thousand give it within 5 %.
    assertThat(hot.error()).isCloseTo(.02805, within(.0014));
    VoteValue cold = soft.at(1e-9);
    double best = Pool.ofRewards(rewards).mean(gold, 3);
    assertThat(cold.value()).isBetween(best - 4 * cold.error(), best + 4 * cold.error());
    VoteValue warm = soft.at(4);
    double exact = overSubsets(rewards, gold);
    assertThat(warm.value()).isBetween(exact - 4 * warm.error(), exact + 4 * warm.error());
    assertThat(Math.abs(warm.value() - cold.value())).isGreaterThan(4 * warm.error());
    assertThatThrownBy(() -> soft.at(0)).hasMessageContaining("temperature");
  }

  /// Soft best of three at temperature 4, over all 56 subsets.
  private static double overSubsets(double[] rewards, double[] gold) {
    double sum = 0;
    for (int subset = 0; subset < 256; subset++) {
      if (Integer.bitCount(subset) == 3) {
        double total = 0;
        double mean = 0;
        for (int i = 0; i < 8; i++) {
          double weight = (subset >> i & 1) * Math.exp(rewards[i] / 4);
          total += weight;
          mean += weight * gold[i];
        }
        sum += mean / total;
      }
    }
    return sum / 56;
  }

  @Test
  void aProxyThatHarmsAtItsTopIsSeen() {
    double[] proxy = IntStream.range(0, 40).asDoubleStream().toArray();
    double[] gold = Arrays.stream(proxy).map(r -> r < 36 ? r : 80 - 2 * r).toArray();
    assertThat(ProxyTail.slope(proxy, gold).orElseThrow()).isCloseTo(-2, within(1e-12));
    assertThat(ProxyTail.slope(new double[40], gold)).isEmpty();
    assertThat(ProxyTail.slope(new double[20], new double[20])).isEmpty();
    assertThat(ProxyTail.falls(new double[] {-1, -1.1, -.9, -1.05, -.8}, .05)).isTrue();
    assertThat(ProxyTail.falls(new double[] {-1, 1.1, -.9, 1.05, -.8}, .05)).isFalse();
    assertThat(ProxyTail.falls(new double[0], .05)).isFalse();
  }

  /// What lies beyond the pool counts as its last: 7.8e-4 of the chance here.
  @Test
  void theRestOfAMixtureIsTakenFromTheLargestPool() {
    double few = Math.exp(-.04);
    assertThat(PoissonGold.of(.04, new double[] {1, 3})).isCloseTo(3 - 2 * few, within(1e-15));
    assertThatThrownBy(() -> PoissonGold.of(.05, new double[] {1, 3}))
        .hasMessageContaining("larger pool than 2 draws");
  }

  /// Three of 21 draws are a tenth, two of 20 are; equal proxies at the edge all count.
  @Test
  void aTailHasThreeDrawsOrMore() {
    double[] proxy = IntStream.range(0, 21).asDoubleStream().toArray();
    double[] gold = Arrays.stream(proxy).map(r -> 5 - .5 * r).toArray();
    assertThat(ProxyTail.slope(proxy, gold).orElseThrow()).isCloseTo(-.5, within(1e-13));
    assertThat(ProxyTail.slope(Arrays.copyOf(proxy, 20), Arrays.copyOf(gold, 20))).isEmpty();
    // Tops 18, 18, 19, 20 with gold 1, 3, 4, 2: products 0.5 of squares 2.75.
    proxy[17] = 18;
    gold[17] = 1;
    gold[18] = 3;
    gold[19] = 4;
    gold[20] = 2;
    assertThat(ProxyTail.slope(proxy, gold).orElseThrow()).isCloseTo(.5 / 2.75, within(1e-14));
  }

  /// Four of 40 less their median, 19.5, over 15.5; and of two pools each less its own, at 30
  /// digits.
  @Test
  void theHillIndexHasItsValue() {
    double[] even = IntStream.range(0, 40).asDoubleStream().toArray();
    assertThat(ProxyTail.hillIndex(List.of(even)).orElseThrow())
        .isCloseTo(6.77522423507117, within(1e-12));
    double[] squares = IntStream.range(0, 15).mapToDouble(i -> i * i).toArray();
    double[] sixteen = Arrays.copyOf(even, 16);
    assertThat(ProxyTail.hillIndex(List.of(squares, sixteen)).orElseThrow())
        .isCloseTo(1.99759906688656, within(1e-12));
    assertThat(ProxyTail.hillIndex(List.of(Arrays.copyOf(even, 30)))).isPresent();
    assertThat(ProxyTail.hillIndex(List.of(Arrays.copyOf(even, 29)))).isEmpty();
  }

  /// The index of a Pareto tail is its exponent; that of a normal one is far above 3.
  @Test
  void heavyTailsAreTold() {
    var random = Tables.random(12);
    double[] pareto = random.doubles(20_000).map(u -> Math.pow(u, -1 / 2.0)).toArray();
    // Less its median, 2^(1/2), a tail of exponent 2 looks lighter near its beginning.
    assertThat(ProxyTail.hillIndex(List.of(pareto)).orElseThrow()).isBetween(1.2, 2.1);
    double[] normal = IntStream.range(0, 20_000).mapToDouble(_ -> random.nextGaussian()).toArray();
    assertThat(ProxyTail.hillIndex(List.of(normal)).orElseThrow()).isGreaterThan(3);
    assertThat(ProxyTail.hillIndex(List.of(new double[100]))).isEmpty();
    assertThat(ProxyTail.hillIndex(List.of(new double[] {1, 2, 3}))).isEmpty();
  }

  @Test
  void whatOneHalfChoosesTheOtherJudges() {
    double[][] gold = {{1, 2}, {3, 3}, {3, 3}};
    assertThat(HeldOutGain.best(gold)).isEqualTo(1);
    double[] better = {.2, .3, .25, .4, .1, .3, .35, .2, .3, .25};
    var estimated = HeldOutGain.of(better, Optional.empty(), .05);
    assertThat(estimated.evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(estimated.shown()).isTrue();
    // 0.265 less 1.833 standard errors of 0.02636.
    assertThat(estimated.lower()).isBetween(.205, .2175);
    var proven = HeldOutGain.of(better, Optional.of(new Range(-1, 1)), .05);
    assertThat(proven.evidence()).isEqualTo(Evidence.THEOREM);
    assertThat(proven.lower()).isLessThan(estimated.lower());
    assertThat(proven.shown()).isFalse();
    assertThat(HeldOutGain.of(new double[4], Optional.empty(), .05).shown()).isFalse();
    assertThatThrownBy(() -> HeldOutGain.best(new double[][] {{}}))
        .hasMessageContaining("setting 0");
  }
}
