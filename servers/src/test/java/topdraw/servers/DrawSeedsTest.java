package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawSeedsTest {

  /// Of n random numbers among 2³¹, n(n-1)/2³² pairs would be alike: 233 here. Of a bijection none.
  @ParameterizedTest(name = "run seed {0}")
  @ValueSource(longs = {0, 1, -1, 7, Long.MIN_VALUE})
  void noTwoCompletionsHaveOneSeed(long runSeed) {
    DrawSeeds seeds = new DrawSeeds(runSeed, "sha256:prompt");
    int first = (int) Math.floorMod(runSeed * 977, 1_000_000_000L);
    int[] drawn = IntStream.range(first, first + 1_000_000).map(seeds::of).sorted().toArray();
    assertThat(drawn[0]).isPositive();
    assertThat(IntStream.range(1, drawn.length).filter(i -> drawn[i] == drawn[i - 1])).isEmpty();
  }

  /// The whole range is reached: halves, and each low bit, come up half of the time.
  @Test
  void seedsLookLikeChance() {
    DrawSeeds seeds = new DrawSeeds(3, "sha256:other");
    int n = 100_000;
    for (int bit = 0; bit < 31; bit++) {
      int mask = 1 << bit;
      long set = IntStream.range(0, n).filter(i -> (seeds.of(i) & mask) != 0).count();
      // Six standard deviations.
      assertThat(set).isBetween(n / 2 - 950L, n / 2 + 950L);
    }
    assertThat(IntStream.range(0, n).filter(i -> seeds.of(i + 1) == seeds.of(i) + 1)).isEmpty();
  }

  @Test
  void anotherPromptAndAnotherRunHaveOthers() {
    Set<Integer> first = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      first.add(new DrawSeeds(1, "a").of(i));
      assertThat(new DrawSeeds(1, "a").of(i)).isEqualTo(new DrawSeeds(1, "a").of(i));
    }
    assertThat(IntStream.range(0, 1000).filter(i -> first.contains(new DrawSeeds(1, "b").of(i))))
        .isEmpty();
    assertThat(IntStream.range(0, 1000).filter(i -> first.contains(new DrawSeeds(2, "a").of(i))))
        .isEmpty();
  }

  @Test
  void theEndsOfTheRangeHaveSeedsToo() {
    DrawSeeds seeds = new DrawSeeds(5, "x");
    assertThat(seeds.of(0)).isPositive().isNotEqualTo(seeds.of(Integer.MAX_VALUE - 1));
    assertThat(seeds.of(Integer.MAX_VALUE - 1)).isPositive();
    for (int wrong : new int[] {-1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> seeds.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
