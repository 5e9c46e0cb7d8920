package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.estimate.Redrawn.Asked;
import topdraw.theory.finding.Quantity;

class RedrawnTest {
  private static final Measure REWARD = Measures.reward(Protocol.SUBSETS);

  private static Measure measure(Quantity quantity) {
    return Measures.of(AnalysisQuestion.of("r")).stream()
        .filter(one -> one.quantity() == quantity)
        .findFirst()
        .orElseThrow();
  }

  private static double[] spread(List<Draft> drafts, Measure measure, int n) {
    var view = new PromptView(Draft.prompt("p", drafts), 0);
    return Redrawn.of(view, "r").spread(List.of(new Asked(measure, n)))[0];
  }

  /// The first draw has no score of the reward that chooses. The draw that did not come has one, 2
  /// · 4 - 3 = 5, and the best of two of the five is worth (2 + 2·3 + 3·4 + 4·5)/10 on average.
  @Test
  void theDrawThatDidNotComeHasEveryRewardThatSomeDrawHas() {
    double[] spread =
        spread(
            List.of(
                Draft.of("a").reward("other", 1),
                Draft.of("b").reward("r", 2),
                Draft.of("c").reward("r", 3),
                Draft.of("d").reward("r", 4)),
            REWARD,
            2);
    assertThat(spread[1]).isCloseTo(4, within(1e-12));
  }

  private static List<Draft> drafts(double... rewards) {
    return Arrays.stream(rewards)
        .mapToObj(r -> Draft.of("o" + r).reward("r", r).tokens(r * r).seconds(3 * r))
        .toList();
  }

  /// Of a mean the jackknife's variance is that of the values over their number; the draw that did
  /// not come is worth `2 · 12 - (3 + 5) / 2 = 20`, as long as `2 · 144 - (9 + 25) / 2 = 271`
  /// tokens and `2 · 36 - (9 + 15) / 2 = 60` seconds.
  @Test
  void aMeanVariesAsItsValuesDoOverTheirNumber() {
    List<Draft> four = drafts(2, 3, 5, 12);
    double[] spread = spread(four, REWARD, 1);
    assertThat(spread).hasSize(Redrawn.WIDTH);
    assertThat(spread[0]).isCloseTo(61 / 3.0 / 4, within(1e-12));
    assertThat(spread[1]).isCloseTo((22 + 20) / 5.0, within(1e-12));

    // What three draws cost is three times what one does.
    double[] lengths = {4, 9, 25, 144};
    double mean = 182 / 4.0;
    double squares = Arrays.stream(lengths).map(l -> (l - mean) * (l - mean)).sum();
    double[] tokens = spread(four, measure(Quantity.TOKENS), 3);
    assertThat(tokens[0]).isCloseTo(9 * squares / 3 / 4, within(1e-9));
    assertThat(tokens[1]).isCloseTo(3 * (182 + 271) / 5.0, within(1e-9));

    double[] seconds = spread(four, measure(Quantity.SECONDS_SLOWEST), 1);
    assertThat(seconds[0]).isCloseTo(9 * 61 / 3.0 / 4, within(1e-9));
    assertThat(seconds[1]).isCloseTo((66 + 60) / 5.0, within(1e-9));
  }

  /// What n draws cost is asked of one draw, so that a single one that can be spared is enough; and
  /// draws in no order are sorted before their median is taken.
  @Test
  void costsNeedOneDrawToBeSparedAndNoOrder() {
    double[] tokens = spread(drafts(3, 12, 2, 5), measure(Quantity.TOKENS), 4);
    double squares = 0;
    for (double length : new double[] {4, 9, 25, 144}) {
      squares += (length - 45.5) * (length - 45.5);
    }
    assertThat(tokens[0]).isCloseTo(16 * squares / 3 / 4, within(1e-9));
    assertThat(tokens[1]).isCloseTo(4 * (182 + 271) / 5.0, within(1e-9));
    assertThat(spread(drafts(3, 12, 2, 5), REWARD, 1)[1]).isCloseTo((22 + 20) / 5.0, within(1e-12));
  }

  /// A reward that no draw has, since the only one was not scored, is missing in the draw that did
  /// not come too; nothing asked is nothing told.
  @Test
  void whatNoDrawHasTheNextOneHasNotEither() {
    List<Draft> drafts =
        List.of(
            Draft.of("a").reward("r", 1).unscored("other"),
            Draft.of("b").reward("r", 2).unscored("other"));
    assertThat(spread(drafts, REWARD, 1)[1]).isCloseTo((1 + 2 + 2.5) / 3, within(1e-12));
    assertThat(Redrawn.of(new PromptView(Draft.prompt("p", drafts), 0), "r").spread(List.of()))
        .isEmpty();
  }

  /// Of 0 and 1 the draw that did not come is a 1; of an odd number of rewards the median is the
  /// middle one.
  @Test
  void theDrawThatDidNotComeIsBeyondTheBest() {
    assertThat(spread(drafts(0, 0, 1), REWARD, 1)[1]).isEqualTo(0.5);
    assertThat(spread(drafts(0, 0, 0), REWARD, 1)[1]).isCloseTo(0.25, within(1e-12));
    assertThat(spread(drafts(2, 3, 10), REWARD, 1)[1]).isCloseTo((15 + 17) / 4.0, within(1e-12));
  }

  /// Each draw left out in turn: the best of two of the three others, then `(N-1)/N` of the sum of
  /// squares.
  @Test
  void theBestOfTwoVariesAsWithoutEachDraw() {
    double[] rewards = {2, 3, 5, 12};
    double[] without = new double[4];
    for (int gone = 0; gone < 4; gone++) {
      int left = gone;
      double[] rest =
          IntStream.range(0, 4).filter(i -> i != left).mapToDouble(i -> rewards[i]).toArray();
      without[gone] = (rest[1] + 2 * rest[2]) / 3;
    }
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
    assertThat(spread(drafts(rewards), REWARD, 2)[0]).isCloseTo(0.75 * squares, within(1e-12));
  }

  /// Where all draws are needed, none can be spared; a win needs one more.
  @Test
  void whereNoDrawCanBeSparedNothingIsSaidOfTheSpread() {
    List<Draft> four = drafts(2, 3, 5, 12);
    assertThat(spread(four, REWARD, 3)[0]).isPositive();
    assertThat(spread(four, REWARD, 4)[0]).isZero();
    List<Draft> tied = drafts(2, 12, 12, 12);
    assertThat(spread(tied, measure(Quantity.WIN_RATE), 2)[0]).isPositive();
    assertThat(spread(tied, measure(Quantity.WIN_RATE), 3)[0]).isZero();
    assertThat(spread(drafts(7), REWARD, 1)[0]).isZero();
    assertThat(spread(drafts(7), REWARD, 1)[1]).isEqualTo(7);
  }

  /// Of more than 128 draws groups of d are left out, of which G fit: `(N - d) / (d G)` of the sum
  /// of squares.
  @ParameterizedTest(name = "{0} draws")
  @ValueSource(ints = {127, 128, 129, 256, 260, 385})
  void ofManyDrawsGroupsAreLeftOut(int size) {
    double[] rewards = new Random(size).doubles(size).toArray();
    int group = (int) Math.ceil(size / 128.0);
    int groups = size / group;
    double sum = Arrays.stream(rewards).sum();
    List<Double> without = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int from = (int) Math.floor(g * (double) size / groups);
      double gone = Arrays.stream(rewards, from, from + group).sum();
      without.add((sum - gone) / (size - group));
    }
    double mean = without.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = without.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    assertThat(spread(drafts(rewards), REWARD, 1)[0])
        .isCloseTo((size - group) * squares / (group * groups), within(1e-12));
  }
}
