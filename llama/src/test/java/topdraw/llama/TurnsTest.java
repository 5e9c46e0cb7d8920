package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TurnsTest {
  private static List<String> all(Turns<String, String> turns) {
    List<String> order = new ArrayList<>();
    for (String next = turns.next(); next != null; next = turns.next()) order.add(next);
    return order;
  }

  @Test
  void aRequestOfManyHoldsUpARequestOfOneNoLongerThanATurn() {
    var turns = new Turns<String, String>(3);
    for (int i = 0; i < 7; i++) turns.add("many", "m" + i);
    turns.add("one", "o0");
    turns.add("two", "t0");
    turns.add("two", "t1");
    assertThat(turns.size()).isEqualTo(10);
    assertThat(all(turns))
        .containsExactly("m0", "m1", "m2", "o0", "t0", "t1", "m3", "m4", "m5", "m6");
    assertThat(turns.isEmpty()).isTrue();
  }

  @Test
  void aTurnThatIsGivenUpLeavesTheNextAWholeOne() {
    var turns = new Turns<String, String>(2);
    turns.add("a", "a0");
    turns.add("a", "a1");
    for (int i = 0; i < 4; i++) turns.add("b", "b" + i);
    turns.add("c", "c0");
    assertThat(turns.next()).isEqualTo("a0");
    turns.remove("a", "a1");
    turns.remove("a", "a1");
    assertThat(all(turns)).containsExactly("b0", "b1", "c0", "b2", "b3");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /// Every draw comes once or is taken out, those of a request in their order; and before the draw
  /// at the head of a request's line comes no more than a turn of each other request that waits.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nobodyWaitsLongerThanATurnOfEachOther(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int length = random.nextInt(1, 5);
    var turns = new Turns<Integer, Integer>(length);
    Map<Integer, List<Integer>> waiting = new LinkedHashMap<>();
    Map<Integer, Integer> patience = new LinkedHashMap<>();
    int made = 0;
    for (int step = 0; step < 400; step++) {
      int request = random.nextInt(6);
      List<Integer> line = waiting.computeIfAbsent(request, _ -> new ArrayList<>());
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          if (line.isEmpty()) {
            long others = waiting.values().stream().filter(other -> !other.isEmpty()).count();
            patience.put(request, (int) others * length);
          }
          line.add(made);
          turns.add(request, made++);
        }
        case 2 -> {
          if (line.isEmpty()) break;
          Integer one = line.remove(/* index */ random.nextInt(line.size()));
          turns.remove(request, one);
          if (line.isEmpty()) patience.remove(request);
        }
        default -> {
          Integer next = turns.next();
          if (next == null) {
            assertThat(waiting.values()).allMatch(List::isEmpty);
            break;
          }
          Map.Entry<Integer, List<Integer>> owned =
              waiting.entrySet().stream()
                  .filter(entry -> entry.getValue().contains(next))
                  .findFirst()
                  .orElseThrow();
          int owner = owned.getKey();
          List<Integer> left = owned.getValue();
          assertThat(left.removeFirst()).isEqualTo(next);
          patience.replaceAll((who, draws) -> who == owner ? draws : draws - 1);
          assertThat(patience.values()).allMatch(draws -> draws >= 0);
          // Its next draw waits for a turn of each that waits now, its own turn's rest before.
          long others =
              waiting.entrySet().stream()
                  .filter(entry -> entry.getKey() != owner && !entry.getValue().isEmpty())
                  .count();
          if (left.isEmpty()) patience.remove(owner);
          else patience.put(owner, (int) others * length);
        }
      }
      assertThat(turns.size()).isEqualTo(waiting.values().stream().mapToInt(List::size).sum());
    }
  }
}
