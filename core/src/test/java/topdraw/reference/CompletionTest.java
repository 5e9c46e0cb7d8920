package topdraw.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  private static Completion of(int[] tokens, double... logProbabilities) {
    return new Completion(0, "", tokens, logProbabilities, FinishReason.STOP);
  }

  @Test
  void theLogProbabilityIsTheSumOverTheTokensInOrder() {
    assertThat(of(new int[] {5, 6, 7}, -0.25, -100, -1e-9).logProbability())
        .isEqualTo((-0.25 - 100) - 1e-9);
  }

  @Test
  void aCallerCannotReachTheArraysInside() {
    int[] tokens = {1, 2};
    double[] logProbabilities = {-1, -2};
    Completion completion = of(tokens, logProbabilities);
    tokens[0] = 9;
    logProbabilities[0] = -9;
    completion.tokens()[1] = 9;
    completion.tokenLogProbabilities()[1] = -9;
    assertThat(completion).isEqualTo(of(new int[] {1, 2}, -1, -2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void aDrawnTokenHasAFiniteLogProbabilityOfAtMostZero(double logProbability) {
    assertThatThrownBy(() -> of(new int[] {1}, logProbability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 0 nats");
  }

  @Test
  void equalTokensAreTheSameOutcomeWhateverTheIndex() {
    Completion first = of(new int[] {1, 2}, -1, -2);
    Completion second =
        new Completion(4, "", new int[] {1, 2}, new double[] {-1, -2}, FinishReason.STOP);
    assertThat(first.sameOutcome(second)).isTrue();
    assertThat(first).isNotEqualTo(second);
    assertThat(first.sameOutcome(of(new int[] {1}, -1))).isFalse();
  }
}
