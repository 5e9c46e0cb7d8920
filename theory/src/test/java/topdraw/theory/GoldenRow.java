package topdraw.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import topdraw.theory.law.OutcomeTable;

/// A number worked out a second way, by a script of `tools/golden`, beside its arguments.
///
/// @param function what is computed
/// @param arguments what it is given
/// @param expected the number
/// @param error how far from it is accepted
public record GoldenRow(String function, double[] arguments, double expected, double error) {

  /// The rows of a resource beside a test.
  public static Stream<GoldenRow> rows(Class<?> test, String resource) {
    try (var in = Objects.requireNonNull(test.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).map(GoldenRow::of).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenRow of(String line) {
    String[] cells = line.split("; ");
    double[] arguments =
        Arrays.stream(cells[1].split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new GoldenRow(
        cells[0], arguments, Double.parseDouble(cells[2]), Double.parseDouble(cells[3]));
  }

  public double at(int i) {
    return arguments[i];
  }

  /// The arguments from one on: a list.
  public double[] from(int i) {
    return Arrays.copyOfRange(arguments, i, arguments.length);
  }

  /// The table whose size, log weights and rewards are the arguments from one on.
  public OutcomeTable table(int i) {
    int size = (int) at(i);
    return OutcomeTable.of(
        Arrays.copyOfRange(arguments, i + 1, i + 1 + size),
        Arrays.copyOfRange(arguments, i + 1 + size, i + 1 + 2 * size));
  }

  public void assertMet(double found) {
    if (Double.isInfinite(expected)) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(found).isBetween(expected - error, expected + error);
    }
  }

  @Override
  public String toString() {
    return function + Arrays.toString(arguments);
  }
}
