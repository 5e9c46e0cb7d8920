package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowsTest {
  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  /// Rows of none to a few numbers, and some that are longer than what is held in one piece.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowsComeBackAsTheyWereAdded(long seed) {
    var random = new Random(seed);
    List<double[]> expected = new ArrayList<>();
    var rows = new Rows();
    var more = new Rows();
    for (int i = 0; i < 300; i++) {
      double[] row =
          random.doubles(random.nextInt(50) == 0 ? 150_000 : random.nextInt(9)).toArray();
      expected.add(row);
      (i < 150 ? rows : more).add(row);
    }
    rows.addAll(more);
    for (int i = 0; i < expected.size(); i++) {
      int row = i;
      double[] found =
          IntStream.range(0, rows.length(i)).mapToDouble(column -> rows.at(row, column)).toArray();
      assertThat(Arrays.equals(found, expected.get(i))).as("row %d", i).isTrue();
    }
  }

  /// Enough rows of two lengths that they are packed: a column of one number, of few, of a few
  /// hundred (more than a byte can tell apart), of all different ones, and of numbers that differ
  /// in their bits alone.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void packedRowsKeepTheirBits(long seed) {
    var random = new Random(seed);
    double[] alike = {0.0, -0.0, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)};
    List<double[]> expected = new ArrayList<>();
    var rows = new Rows();
    for (int i = 0; i < 50_000; i++) {
      double[] row = {
        7, random.nextInt(3), random.nextInt(300), random.nextDouble(), alike[random.nextInt(4)]
      };
      expected.add(random.nextInt(3) == 0 ? Arrays.copyOf(row, 4) : row);
      rows.add(expected.getLast());
    }
    for (int i = 0; i < expected.size(); i++) {
      assertThat(rows.length(i)).isEqualTo(expected.get(i).length);
      for (int column = 0; column < rows.length(i); column++) {
        if (Double.doubleToRawLongBits(rows.at(i, column))
            != Double.doubleToRawLongBits(expected.get(i)[column])) {
          assertThat(rows.at(i, column))
              .as("row %d, column %d", i, column)
              .isEqualTo(expected.get(i)[column]);
          throw new AssertionError("other bits in row " + i + ", column " + column);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOrderIsRisingAndKeepsEqualNumbersAsTheyStand(long seed) {
    var random = new Random(seed);
    long[] numbers = random.longs(500, -40, 40).toArray();
    int[] order = Order.of(numbers);
    assertThat(order)
        .containsExactly(
            IntStream.range(0, numbers.length)
                .boxed()
                .sorted((a, b) -> Long.compare(numbers[a], numbers[b]))
                .mapToInt(i -> i)
                .toArray());
    assertThat(Order.of(new long[0])).isEmpty();
  }
}
