package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Where weighted votes are counted and where subsets are drawn, and what is no vote; their values
/// are in [MajorityVoteTest].
class WeightedVoteTest {
  private static final double[] RIGHT_OR_WRONG = {1, 0};

  /// A vote of so many draws, every second right, each of a weight of its own.
  private static WeightedVote vote(int draws) {
    int[] answers = IntStream.range(0, draws).map(i -> i % 2).toArray();
    double[] weights = IntStream.range(0, draws).mapToDouble(i -> 1 + i % 7 / 10.).toArray();
    return new WeightedVote(answers, weights, RIGHT_OR_WRONG);
  }

  /// 15,504 subsets of 5 out of 20 and 20,000 of one draw are counted, 38,760 of 6 and 20,001 not.
  @Test
  void upTo20000SubsetsAreCounted() {
    assertThat(vote(20).at(5, 0).error()).isZero();
    assertThat(vote(20).at(6, 0).error()).isPositive();
    assertThat(vote(20).at(15, 0).error()).isZero();
    assertThat(vote(20).at(14, 0).error()).isPositive();
    VoteValue edge = vote(20_000).at(1, 0);
    assertThat(edge.error()).isZero();
    assertThat(edge.value()).isCloseTo(.5, within(1e-15));
    assertThat(vote(20_001).at(1, 0).error()).isPositive();
  }

  /// A weight of 0 is a vote that loses to any other, and ties with its like.
  @Test
  void aWeightMayBeZero() {
    var vote = new WeightedVote(new int[] {0, 1, 1}, new double[] {0, 0, 2}, RIGHT_OR_WRONG);
    assertThat(vote.at(1, 0).value()).isCloseTo(1 / 3., within(1e-15));
    // {0, 1} tie, and {0, 2} and {1, 2} go to the wrong answer.
    assertThat(vote.at(2, 0).value()).isCloseTo(.5 / 3, within(1e-15));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    int[] answers = {0, 1};
    double[] weights = {1, 2};
    var vote = new WeightedVote(answers, weights, RIGHT_OR_WRONG);
    assertThatThrownBy(() -> vote.at(3, 0)).hasMessageContaining("from 1 to 2");
    assertThatThrownBy(() -> vote.at(0, 0)).hasMessageContaining("from 1 to 2");
    assertThatThrownBy(() -> new WeightedVote(answers, new double[] {1}, RIGHT_OR_WRONG))
        .hasMessageContaining("2 draws needs one weight, found 1");
    assertThatThrownBy(() -> new WeightedVote(answers, new double[] {1, 2, 3}, RIGHT_OR_WRONG))
        .hasMessageContaining("2 draws needs one weight, found 3");
    for (double weight : new double[] {-1, Double.POSITIVE_INFINITY, Double.NaN}) {
      assertThatThrownBy(() -> new WeightedVote(answers, new double[] {1, weight}, RIGHT_OR_WRONG))
          .hasMessageContaining("weights[1]")
          .hasMessageContaining("exp(r/T)");
    }
    for (int answer : new int[] {-1, 2}) {
      assertThatThrownBy(() -> new WeightedVote(new int[] {0, answer}, weights, RIGHT_OR_WRONG))
          .hasMessage("answers[1] must be from 0 to 1");
    }
    assertThatThrownBy(() -> new WeightedVote(answers, weights, new double[] {1, 2}))
        .hasMessageContaining("correctness[1]");
    assertThatThrownBy(() -> new WeightedVote(new int[0], new double[0], RIGHT_OR_WRONG))
        .hasMessageContaining("number of draws");
  }
}
