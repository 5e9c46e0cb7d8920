package topdraw.theory.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Every golden case, made with 50 digits, by the quantity's name.
class GoldenVectorsTest {
  private static final int PAPER_CASES = 168;
  private static final int BEYOND_CASES = 60;

  /// One case.
  ///
  /// @param quantity its name
  /// @param inputs by name
  /// @param value a decimal, or a list of them
  record Golden(String quantity, Map<String, Object> inputs, Object value) {
    List<Double> expected() {
      return value instanceof List<?> list
          ? list.stream().map(GoldenVectorsTest::parse).toList()
          : List.of(parse(value));
    }
  }

  private static final List<Golden> PAPER = read("vectors.json");
  private static final List<Golden> BEYOND = read("vectors-beyond.json");

  @ParameterizedTest(name = "{0}")
  @MethodSource("paper")
  void aNumberOfThePaperIsRightToTwelveDigits(String quantity) {
    assertRight(PAPER, quantity, 1e-12);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beyond")
  void aNumberBeyondThePaperIsRightToTenDigits(String quantity) {
    assertRight(BEYOND, quantity, 1e-10);
  }

  @Test
  void everyQuantityHasACase() {
    assertThat(PAPER).hasSize(PAPER_CASES);
    assertThat(BEYOND).hasSize(BEYOND_CASES);
    List<String> tested = Stream.concat(paper(), beyond()).toList();
    assertThat(Quantities.all().stream().map(NamedQuantity::name))
        .filteredOn(name -> !tested.contains(name))
        .containsExactly( // QuantitiesTest has them
            "win_rate_bound", "soft_win_rate", "majority_pmf", "majority_kl");
  }

  private static void assertRight(List<Golden> all, String quantity, double tolerance) {
    List<Golden> cases = all.stream().filter(one -> one.quantity().equals(quantity)).toList();
    assertThat(cases).isNotEmpty();
    for (Golden golden : cases) {
      double[] found = Quantities.named(quantity).orElseThrow().of(Inputs.of(golden.inputs()));
      assertThat(found).hasSize(golden.expected().size());
      for (int i = 0; i < found.length; i++) {
        assertClose(found[i], golden.expected().get(i), tolerance);
      }
    }
  }

  private static void assertClose(double found, double expected, double tolerance) {
    if (Double.isInfinite(expected) || expected == 0) {
      assertThat(found).isBetween(expected - 1e-15, expected + 1e-15);
    } else if (Math.abs(expected) < 1e-290) {
      assertThat(Math.abs(found)).isLessThan(1e-280);
    } else {
      double error = Math.abs(found - expected) / Math.abs(expected);
      assertThat(error).as("%s against %s", found, expected).isLessThanOrEqualTo(tolerance);
    }
  }

  static Stream<String> paper() {
    return PAPER.stream().map(Golden::quantity).distinct();
  }

  static Stream<String> beyond() {
    return BEYOND.stream().map(Golden::quantity).distinct();
  }

  private static List<Golden> read(String resource) {
    try (var in = GoldenVectorsTest.class.getResourceAsStream(resource)) {
      return new JsonMapper().readValue(in, new TypeReference<List<Golden>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double parse(Object decimal) {
    return switch (decimal.toString()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case String digits -> Double.parseDouble(digits);
    };
  }
}
