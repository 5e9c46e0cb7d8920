package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;

/// The law of a vote, against every sequence of draws.
class MajorityLawTest {
  static LongStream seeds() {
    return Tables.seeds(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aVoteIsTheMeanOverEverySequence(long seed) {
    RandomGenerator random = Tables.random(seed);
    double[] p = random.doubles(random.nextInt(2, 5), .01, 1).toArray();
    double sum = Arrays.stream(p).sum();
    for (int a = 0; a < p.length; a++) p[a] /= sum;
    double silent = seed % 2 == 0 ? 0 : p[p.length - 1];
    double[] answers = seed % 2 == 0 ? p : Arrays.copyOf(p, p.length - 1);
    for (int n = 1; n <= 6; n++) {
      double[] expected = enumerated(n, answers, silent);
      MajorityLaw law = new MajorityLaw(n, answers, silent);
      assertThat(law.probabilities()).containsExactly(expected, within(1e-13));
      assertThat(law.kl()).isCloseTo(kl(expected, answers, silent), within(1e-12));
      assertThat(law.kl()).isLessThanOrEqualTo(KlBounds.analytical(n) + 1e-12);
    }
  }

  /// Two equal answers decide by a coin; three to one of three draws is C(3,2) p² q + p³.
  @Test
  void smallVotesHaveTheirValues() {
    Near.assertWithin(1e-14, new MajorityLaw(3, new double[] {.6, .4}, 0).probabilities()[0], .648);
    Near.assertWithin(1e-14, new MajorityLaw(2, new double[] {.6, .4}, 0).probabilities()[0], .6);
    assertThat(new MajorityLaw(2, new double[] {.5}, .5).probabilities())
        .containsExactly(new double[] {.75, .25}, within(1e-15));
    assertThat(new MajorityLaw(2, new double[] {.6, .4}, 0).kl()).isCloseTo(0, within(1e-15));
  }

  @Test
  void aLawSaysWhatItIsOf() {
    assertThat(new MajorityLaw(3, new double[] {.6, .4}, 0))
        .hasToString("MajorityLaw[n=3, answers=[0.6, 0.4]]");
  }

  /// So many that no draws at all are less likely than any double but 0 tells.
  @Test
  void hundredsOfDrawsDoNotOverflow() {
    double[] law = new MajorityLaw(401, new double[] {.51, .49}, 0).probabilities();
    assertThat(law[0]).isCloseTo(tail(401, .51, 201), within(1e-12));
    assertThat(law[1]).isCloseTo(tail(401, .49, 201), within(1e-12));
  }

  /// Binomial tail, by another way: P(Bin(101, 0.6) > 50).
  @Test
  void manyDrawsKeepTheirDigits() {
    double[] law = new MajorityLaw(101, new double[] {.6, .4}, 0).probabilities();
    assertThat(law[0]).isCloseTo(tail(101, .6, 51), within(1e-13));
    assertThat(law[1]).isCloseTo(tail(101, .4, 51), within(1e-13));
    assertThat(
            Arrays.stream(new MajorityLaw(64, new double[] {.3, .3, .2, .1}, .1).probabilities())
                .sum())
        .isCloseTo(1, within(1e-12));
  }

  private static double tail(int n, double p, int from) {
    double sum = 0;
    double term = Math.pow(1 - p, n);
    for (int j = 0; j <= n; j++) {
      if (j >= from) sum += term;
      term *= (double) (n - j) / (j + 1) * p / (1 - p);
    }
    return sum;
  }

  @Test
  void whatIsNoVoteIsRefused() {
    assertThatThrownBy(() -> new MajorityLaw(3, new double[] {.6, .6}, 0))
        .hasMessageContaining("sum to 1");
    assertThatThrownBy(() -> new MajorityLaw(0, new double[] {1}, 0))
        .hasMessageContaining("n must");
    assertThatThrownBy(() -> new MajorityLaw(2, new double[] {1}, -.1))
        .hasMessageContaining("silent");
    double[] many = new double[400];
    Arrays.fill(many, 1 / 400.);
    assertThatThrownBy(() -> new MajorityLaw(400, many, 0)).hasMessageContaining("too long");
  }

  private static double kl(double[] law, double[] answers, double silent) {
    double kl = silent > 0 ? law[answers.length] * Math.log(law[answers.length] / silent) : 0;
    for (int a = 0; a < answers.length; a++) kl += law[a] * Math.log(law[a] / answers[a]);
    return kl;
  }

  private static double[] enumerated(int n, double[] answers, double silent) {
    int kinds = answers.length + 1;
    var law = new double[kinds];
    for (int sequence = 0; sequence < Math.round(Math.pow(kinds, n)); sequence++) {
      var votes = new int[kinds];
      double chance = 1;
      for (int i = 0, rest = sequence; i < n; i++, rest /= kinds) {
        votes[rest % kinds]++;
        chance *= rest % kinds == answers.length ? silent : answers[rest % kinds];
      }
      votes[answers.length] = 0;
      int most = Arrays.stream(votes).max().orElseThrow();
      if (most == 0) {
        law[answers.length] += chance;
      } else {
        long first = Arrays.stream(votes).filter(v -> v == most).count();
        for (int a = 0; a < answers.length; a++) if (votes[a] == most) law[a] += chance / first;
      }
    }
    return law;
  }
}
