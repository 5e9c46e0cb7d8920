package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
  @ParameterizedTest(name = "{0} indices")
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 16_384, 20_000})
  void everyIndexIsVisitedOnceInChunksOfTheirSize(int length) {
    var visits = new int[length];
    Set<Integer> starts = ConcurrentHashMap.newKeySet();
    Chunks.forEach(
        length,
        (from, to) -> {
          starts.add(from);
          assertThat(to - from).isBetween(1, Chunks.SIZE);
          for (int i = from; i < to; i++) {
            visits[i]++;
          }
        });
    assertThat(Arrays.stream(visits)).allMatch(v -> v == 1);
    assertThat(starts).hasSize(Chunks.count(length)).allMatch(from -> from % Chunks.SIZE == 0);
    assertThat(Chunks.count(length)).isEqualTo((int) Math.ceil(length / 8_192.0));
  }

  @ParameterizedTest(name = "{0} indices")
  @ValueSource(ints = {0, 1, 8_192, 8_193, 20_000})
  void sumsAreThoseOfChunksInOrder(int length) {
    double[] sums = Chunks.sums(length, (from, to) -> from + to / 1e6);
    assertThat(sums).hasSize(Chunks.count(length));
    double total = 0;
    for (int c = 0; c < sums.length; c++) {
      assertThat(sums[c]).isEqualTo(c * 8_192 + Math.min(length, (c + 1) * 8_192) / 1e6);
      total += sums[c];
    }
    assertThat(Chunks.sum(length, (from, to) -> from + to / 1e6)).isEqualTo(total);
  }

  @ParameterizedTest(name = "the largest at {0}")
  @ValueSource(ints = {0, 1, 5, 8_191, 8_192, 8_193, 19_999})
  void theLargestIsFoundAndOfEqualsTheFirst(int place) {
    var values = new double[20_000];
    values[place] = 1;
    assertThat(Chunks.argmax(values)).isEqualTo(place);
    for (int later = place + 1; later < values.length; later += 3_000) {
      values[later] = 1;
    }
    assertThat(Chunks.argmax(values)).isEqualTo(place);
    assertThat(Chunks.argmax(new double[20_000])).isZero();
    assertThat(Chunks.argmax(new double[] {-3, -1, -2})).isEqualTo(1);
  }

  /// One chunk stays in the thread that asks; several are shared.
  @ParameterizedTest(name = "{0} indices")
  @ValueSource(ints = {1, 8_192})
  void oneChunkStaysInItsThread(int length) {
    Thread[] worker = new Thread[1];
    Chunks.forEach(length, (_, _) -> worker[0] = Thread.currentThread());
    assertThat(worker[0]).isSameAs(Thread.currentThread());
  }
}
