package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static Tokens.Ids of(int[] ids, double... logProbabilities) {
    return new Tokens.Ids(ids, logProbabilities);
  }

  @Test
  void theLogProbabilityIsTheSumOverTheTokensInOrder() {
    Tokens.Ids tokens = of(new int[] {5, 6, 7}, -0.25, -100, -1e-9);
    assertThat(tokens.logProbability(0)).isEqualTo((-0.25 - 100) - 1e-9);
    assertThat(tokens.logProbability(1)).isEqualTo(-100 - 1e-9);
    assertThat(tokens.logProbability(3)).isZero();
  }

  @Test
  void withoutTheLogProbabilitiesOfTokensThereIsNoSum() {
    assertThatThrownBy(() -> of(new int[] {5}).logProbability(0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCallerCannotReachTheArraysInside() {
    int[] ids = {1, 2};
    double[] logProbabilities = {-1, -2};
    Tokens.Ids tokens = of(ids, logProbabilities);
    ids[0] = 9;
    logProbabilities[0] = -9;
    tokens.ids()[1] = 9;
    tokens.logProbabilities()[1] = -9;
    assertThat(tokens).isEqualTo(of(new int[] {1, 2}, -1, -2));
    assertThat(tokens).isNotEqualTo(of(new int[] {1, 2}, -1, -3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void aDrawnTokenHasAFiniteLogProbabilityOfAtMostZero(double logProbability) {
    assertThatThrownBy(() -> of(new int[] {1}, logProbability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 0 nats");
  }

  @Test
  void logProbabilitiesAreOneForEachOrNoneAtAll() {
    assertThatThrownBy(() -> of(new int[] {1, 2}, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tokens.Texts(List.of("a", "b"), new double[] {-1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Tokens.Texts(List.of("a", "b"), new double[0]).length()).hasValue(2);
  }

  @Test
  void theLengthIsKnownAsFarAsItIs() {
    assertThat(of(new int[] {1, 2}).length()).hasValue(2);
    assertThat(new Tokens.Count(12.5).length()).hasValue(12.5);
    assertThat(Tokens.unknown().length()).isEmpty();
    assertThat(Tokens.count(OptionalDouble.of(3))).isEqualTo(new Tokens.Count(3));
    assertThat(Tokens.count(OptionalDouble.empty())).isEqualTo(Tokens.unknown());
  }
}
