package topdraw.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.theory.law.OutcomeTable;

/// Numbers worked out a second way, by a script of `tools/golden`, in the order of their functions.
public record Golden(Map<String, List<Row>> rows) {

  /// A number beside its arguments.
  ///
  /// @param arguments what the function is given
  /// @param expected the number
  /// @param error how far from it is accepted
  public record Row(double[] arguments, double expected, double error) {
    public double at(int i) {
      return arguments[i];
    }

    /// The arguments from one on: a list.
    public double[] from(int i) {
      return Arrays.copyOfRange(arguments, i, arguments.length);
    }

    /// Some of the arguments: a list.
    public double[] list(int from, int size) {
      return Arrays.copyOfRange(arguments, from, from + size);
    }

    /// The table whose size, log weights and rewards are the arguments from one on.
    public OutcomeTable table(int i) {
      int size = (int) at(i);
      return OutcomeTable.of(list(i + 1, size), list(i + 1 + size, size));
    }

    private boolean meets(double found) {
      return Double.isInfinite(expected)
          ? found == expected
          : found >= expected - error && found <= expected + error;
    }
  }

  /// The rows of a resource beside a test.
  public static Golden of(Class<?> test, String resource) {
    try (var in = Objects.requireNonNull(test.getResourceAsStream(resource), resource)) {
      return new Golden(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("; "))
              .collect(
                  Collectors.groupingBy(
                      cells -> cells[0],
                      LinkedHashMap::new,
                      Collectors.mapping(Golden::row, Collectors.toList()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String[] cells) {
    return new Row(
        Arrays.stream(cells[1].split(" ")).mapToDouble(Double::parseDouble).toArray(),
        Double.parseDouble(cells[2]),
        Double.parseDouble(cells[3]));
  }

  /// The names of the functions.
  public Stream<String> functions() {
    return rows.keySet().stream();
  }

  /// Every row of a function is met; those that are not are named.
  public void assertMet(String function, ToDoubleFunction<Row> computed) {
    List<Row> all = rows.getOrDefault(function, List.of());
    assertThat(all).as(function).isNotEmpty();
    assertThat(all.stream().flatMap(row -> missed(row, computed.applyAsDouble(row))))
        .as(function)
        .isEmpty();
  }

  private static Stream<String> missed(Row row, double found) {
    return row.meets(found)
        ? Stream.empty()
        : Stream.of(
            "%s: found %s, expected %s within %s"
                .formatted(Arrays.toString(row.arguments), found, row.expected, row.error));
  }
}
