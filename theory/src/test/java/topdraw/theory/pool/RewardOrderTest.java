package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Orders of draws without some of them, or with one more, against sorting again.
class RewardOrderTest {
  private static void assertSorted(RewardOrder order, PoolDraws draws) {
    List<Integer> sorted =
        IntStream.range(0, draws.size())
            .boxed()
            .sorted(Comparator.comparingDouble(draws::reward))
            .toList();
    assertThat(order.size()).isEqualTo(draws.size());
    assertThat(IntStream.range(0, draws.size()).map(order::draw).boxed().toList())
        .isEqualTo(sorted);
  }

  /// With many equal rewards and few: of equals the first drawn is first.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 3",
    "2, 13, 3",
    "3, 14, 1",
    "4, 63, 9",
    "5, 64, 900",
    "6, 65, 20",
    "7, 300, 40"
  })
  void itIsThatOfSortingAgain(long seed, int size, int different) {
    var random = new SplittableRandom(seed);
    for (int trial = 0; trial < 8; trial++) {
      PoolDraws draws =
          PoolDraws.ofRewards(random.ints(size, 0, different).asDoubleStream().toArray());
      RewardOrder order = RewardOrder.of(draws);
      assertSorted(order, draws);
      for (int step = 0; step < 6; step++) {
        if (random.nextBoolean() && draws.size() > 1) {
          int start = random.nextInt(draws.size());
          int end = random.nextInt(start, start == 0 ? draws.size() : draws.size() + 1);
          order = order.without(start, end);
          draws = draws.without(start, end);
        } else {
          draws = draws.with(random.nextInt(-1, different + 1), -1);
          order = order.with(draws);
        }
        assertSorted(order, draws);
      }
    }
  }
}
