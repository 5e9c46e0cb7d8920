package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Quantity;

/// The numbers of the two protocols that are there to match published ones, by going through what
/// each of them draws.
class ProtocolTest {
  private static final double[] REWARDS = {1, 4, 0, 4, 2};
  private static final double[] GOLD = {3, -1, 7, 2, 0.5};

  private static double[] told(Protocol protocol, int n) {
    return told(protocol, n, REWARDS);
  }

  private static double[] told(Protocol protocol, int n, double... rewards) {
    PromptDraws prompt =
        Draft.prompt(
            "q",
            IntStream.range(0, rewards.length)
                .mapToObj(i -> Draft.of("o" + i).reward("r", rewards[i]).reward("gold", GOLD[i]))
                .toList());
    var question =
        new AnalysisQuestion(
            "r", Optional.of("gold"), OptionalDouble.empty(), List.of(n), protocol);
    AtN at =
        Analysis.of(
                Questions.of(question).measure(List.of(prompt)::forEach, Runnable::run, 0),
                question,
                Confidence.DEFAULT)
            .curve()
            .getFirst();
    return new double[] {
      value(at, Quantity.REWARD, Quantity.PASS_AT_K), value(at, Quantity.GOLD_REWARD)
    };
  }

  private static double value(AtN at, Quantity... any) {
    return at.findings().stream()
        .filter(f -> List.of(any).contains(f.quantity()))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void theFirstDrawsAreAllThatCounts() {
    assertThat(told(Protocol.FIRST_N, 1)).containsExactly(1, 3);
    assertThat(told(Protocol.FIRST_N, 2)).containsExactly(4, -1);
    // Of equals the first is returned.
    assertThat(told(Protocol.FIRST_N, 5)).containsExactly(4, -1);
    assertThat(told(Protocol.FIRST_N, 1, 0, 0, 1, 0, 1)).containsExactly(0, 3);
    assertThat(told(Protocol.FIRST_N, 3, 0, 0, 1, 0, 1)).containsExactly(1, 7);
  }

  /// Each of the 5^n rows of n draws once; draws that are best in one alike share it.
  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {1, 2, 3, 4})
  void withReplacementEveryRowIsAsLikely(int n) {
    assertRows(n, REWARDS);
    assertRows(n, 0, 0, 1, 0, 1);
  }

  private static void assertRows(int n, double... rewards) {
    int rows = (int) Math.round(Math.pow(5, n));
    double reward = 0;
    double gold = 0;
    for (int row = 0; row < rows; row++) {
      int left = row;
      var drawn = new int[n];
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        drawn[i] = left % 5;
        left /= 5;
        best = Math.max(best, rewards[drawn[i]]);
      }
      double top = best;
      reward += top / rows;
      gold +=
          IntStream.of(drawn)
                  .filter(i -> rewards[i] == top)
                  .mapToDouble(i -> GOLD[i])
                  .average()
                  .orElseThrow()
              / rows;
    }
    assertThat(told(Protocol.BOOTSTRAP, n, rewards))
        .containsExactly(new double[] {reward, gold}, within(1e-12));
  }

  @Test
  void eachHasAWord() {
    assertThat(Protocol.SUBSETS.word()).isEqualTo("subsets");
    assertThat(Protocol.FIRST_N.word()).isEqualTo("first-n");
    for (Protocol protocol : Protocol.values()) {
      assertThat(Protocol.of(protocol.word())).isEqualTo(protocol);
    }
    assertThatThrownBy(() -> Protocol.of("all"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("subsets, first-n or bootstrap, was all");
  }
}
