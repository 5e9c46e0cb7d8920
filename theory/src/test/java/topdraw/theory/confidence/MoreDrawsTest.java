package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MoreDrawsTest {
  /// 4,267 more draws with as many successes prove pass@200, and not one fewer.
  @Test
  void drawsThatGoOnAsTheyBegan() {
    assertThat(MoreDraws.forPasses(3, 600, .5, 200, .05)).isEqualTo(new Settling.More(4267));
    assertThat(MoreDraws.forPasses(30, 100, .9, 9, .05)).isEqualTo(new Settling.More(3));
    assertThat(MoreDraws.forPasses(3, 600, .5, 508, .05)).isEqualTo(new Settling.More(0));
    assertThat(MoreDraws.forPasses(3, 600, .5, 507, .05)).isNotEqualTo(new Settling.More(0));
  }

  @Test
  void aTargetAboveWhatWasSeenIsOutOfReach() {
    // pass@100 of a rate of 0.005 is 0.394; best of 139 would reach one half.
    assertThat(MoreDraws.forPasses(3, 600, .5, 100, .05)).isEqualTo(new Settling.OutOfReach(139));
    assertThat(MoreDraws.forPasses(0, 60, .5, 100, .05)).isEqualTo(new Settling.NoSuccess(.05));
    assertThat(MoreDraws.forPasses(0, 2, .5, 100, .05)).isEqualTo(new Settling.NoSuccess(1));
  }

  /// One of two, to be proven at one half: the bound stays below it for good. A hair less would be
  /// proven, but by more draws than are looked at: `2^40` is the first doubling of 2 above `10^12`.
  @Test
  void whatTakesMoreDrawsThanAreLookedAtIsNotSettled() {
    assertThat(MoreDraws.forPasses(1, 2, .5, 1, .05)).isEqualTo(new Settling.OutOfReach(1));
    assertThat(MoreDraws.forPasses(1, 2, .5 - 1e-12, 1, .05))
        .isEqualTo(new Settling.More((1L << 40) - 2));
  }

  /// `2^12 · 244140625` is `10^12`, where the search ends.
  @Test
  void theSearchEndsAtTenToTheTwelfth() {
    assertThat(MoreDraws.forPasses(122_070_313, 244_140_625, .5, 1, .05))
        .isEqualTo(new Settling.More(1_000_000_000_000L - 244_140_625));
  }

  /// At a target that is the very bound after so many draws, those are enough.
  @Test
  void drawsWhoseBoundIsTheTargetAreEnough() {
    int enough =
        IntStream.range(110, 200)
            .filter(draws -> -Math.expm1(Math.log1p(-boundAfter(draws))) == boundAfter(draws))
            .findFirst()
            .orElseThrow();
    assertThat(MoreDraws.forPasses(30, 100, boundAfter(enough), 1, .05))
        .isEqualTo(new Settling.More(enough - 100));
  }

  private static double boundAfter(int draws) {
    return EffectiveSample.lower(.3 * draws, draws, .05);
  }

  /// What proves it is enough, at the very bound.
  @Test
  void atItsOwnBoundATargetNeedsNoMorePrompts() {
    double[] values = {.9, .8, 1, .7, .95};
    double bound = Betting.lower(values, .1);
    assertThat(bound).isBetween(.3, .8);
    assertThat(MoreDraws.forPrompts(values, bound, .1)).isEqualTo(new Settling.More(0));
    assertThat(MoreDraws.forPrompts(values, Math.nextUp(bound), .1))
        .isEqualTo(new Settling.More(5));
  }

  @Test
  void promptsLikeTheseAreRepeatedUntilTheyProveIt() {
    var values = new double[20];
    Arrays.setAll(values, i -> i % 5 == 0 ? .2 : .8);
    assertThat(Betting.lower(values, .05)).isBetween(.2, .6);
    assertThat(MoreDraws.forPrompts(values, .6, .05)).isEqualTo(new Settling.More(60));
    assertThat(MoreDraws.forPrompts(values, .3, .05)).isEqualTo(new Settling.More(0));
    assertThat(MoreDraws.forPrompts(values, .69, .05))
        .isEqualTo(new Settling.OutOfReach(Double.POSITIVE_INFINITY));
  }
}
