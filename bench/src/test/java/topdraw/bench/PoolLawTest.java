package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The simulated pools follow the laws that are stated of them. Seed 5.
class PoolLawTest {
  private static final int PROMPTS = 400;
  private static final int DRAWS = 80;

  private static List<ScoredBeginnings> prompts(PoolLaw law) {
    return law.drawn(PROMPTS, DRAWS, 5).prompts();
  }

  private static double share(int checkpoint, int length) {
    return Math.min(1, checkpoint / (double) length);
  }

  private static void assertMean(List<Double> values, double expected) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(variance) / values.size();
    assertThat(mean).isCloseTo(expected, within(4.5 * error));
  }

  /// Of a Brownian motion the covariance of the score at a share t with its end is t.
  @Test
  void scoresOfBeginningsCorrelateWithEndsAsStated() {
    for (int checkpoint : PoolLaw.SCORES.checkpoints()) {
      List<Double> excess = new ArrayList<>();
      for (ScoredBeginnings one : prompts(PoolLaw.SCORES)) {
        double[] scores = one.beginnings().getOrDefault(checkpoint, new double[0]);
        double mean = Arrays.stream(one.rewards()).average().orElseThrow();
        double covariance = 0;
        double shares = 0;
        for (int i = 0; i < DRAWS; i++) {
          covariance += (one.rewards()[i] - mean) * scores[i] / (DRAWS - 1.0);
          shares += share(checkpoint, one.lengths()[i]) / DRAWS;
        }
        excess.add(covariance - shares);
      }
      assertMean(excess, 0);
    }
  }

  @Test
  void problemsAreSolvedAsOftenAndBeginningsTellAsMuchAsStated() {
    List<Double> rates = new ArrayList<>();
    List<Double> squares = new ArrayList<>();
    List<Double> excess = new ArrayList<>();
    int checkpoint = PoolLaw.MATH.checkpoints().getLast();
    for (ScoredBeginnings one : prompts(PoolLaw.MATH)) {
      double passes = Arrays.stream(one.rewards()).sum();
      rates.add(passes / DRAWS);
      squares.add(passes * (passes - 1) / (DRAWS * (DRAWS - 1.0)));
      double[] scores = one.beginnings().getOrDefault(checkpoint, new double[0]);
      for (int i = 0; i < DRAWS; i++) {
        if (one.lengths()[i] > checkpoint) {
          double hidden = Math.log(scores[i] / (1 - scores[i])) / 2;
          double side = 2 * one.rewards()[i] - 1;
          excess.add(side * hidden - share(checkpoint, one.lengths()[i]));
        } else {
          assertThat(scores[i]).isEqualTo(one.rewards()[i]);
        }
      }
    }
    assertMean(rates, 1 / 3.0);
    assertMean(squares, 0.4 * 1.4 / (1.2 * 2.2)); // the second moment of Beta(0.4, 0.8)
    assertMean(excess, 0);
  }

  /// A score is above 2 where a normal variable of variance 1.49 is.
  @Test
  void ratingsAreCutAsStated() {
    List<Double> fives = new ArrayList<>();
    for (ScoredBeginnings one : prompts(PoolLaw.RATING)) {
      fives.add(Arrays.stream(one.rewards()).filter(r -> r == 5).count() / (double) DRAWS);
    }
    assertMean(fives, 0.050661);
    assertThat(PoolLaw.stars(-1.5)).isEqualTo(1);
    assertThat(PoolLaw.stars(-1)).isEqualTo(2);
    assertThat(PoolLaw.stars(1.99)).isEqualTo(4);
    assertThat(PoolLaw.stars(7)).isEqualTo(5);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(PoolLaw.SCORES.drawn(2, 8, 3).prompts().getLast().rewards())
        .isEqualTo(PoolLaw.SCORES.drawn(2, 8, 3).prompts().getLast().rewards())
        .isNotEqualTo(PoolLaw.SCORES.drawn(2, 8, 4).prompts().getLast().rewards());
  }
}
