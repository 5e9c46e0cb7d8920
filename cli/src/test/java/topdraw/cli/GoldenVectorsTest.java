package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// Every golden case, made with 50 digits, through the command's own line.
class GoldenVectorsTest {
  private static final int PAPER_CASES = 168;
  private static final int BEYOND_CASES = 60;
  private static final Quantities QUANTITIES = new Quantities();
  private final ComputeLine line = new ComputeLine(QUANTITIES);

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void aNumberOfThePaperIsRightToTwelveDigits(Golden golden) {
    assertAnswered(golden, 1e-12);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beyond")
  void aNumberBeyondThePaperIsRightToTenDigits(Golden golden) {
    assertAnswered(golden, 1e-10);
  }

  @Test
  void everyCaseIsAnsweredAndEveryQuantityHasOne() {
    assertThat(vectors()).hasSize(PAPER_CASES);
    assertThat(beyond()).hasSize(BEYOND_CASES);
    List<String> tested =
        Stream.concat(vectors(), beyond()).map(Golden::quantity).distinct().toList();
    assertThat(QUANTITIES.all().stream().map(Quantity::name))
        .filteredOn(name -> !tested.contains(name))
        .containsExactly("win_rate_bound", "soft_win_rate");
  }

  record Golden(String quantity, JsonNode inputs, List<String> expected) {}

  private void assertAnswered(Golden golden, double tolerance) {
    var question = Json.mapper().createObjectNode();
    question.put("id", 7).put("quantity", golden.quantity()).set("inputs", golden.inputs());
    JsonNode answer = Json.read(line.answer(Json.line(question)));

    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    assertThat(answer.get("id").intValue()).isEqualTo(7);
    List<Double> found =
        numbers(answer.get("value")).stream().map(GoldenVectorsTest::parse).toList();
    assertThat(found).hasSameSizeAs(golden.expected());
    for (int i = 0; i < found.size(); i++) {
      assertClose(found.get(i), parse(golden.expected().get(i)), tolerance);
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

  static Stream<Golden> vectors() {
    return read("vectors.json");
  }

  static Stream<Golden> beyond() {
    return read("vectors-beyond.json");
  }

  private static Stream<Golden> read(String resource) {
    try (var in = GoldenVectorsTest.class.getResourceAsStream(resource)) {
      JsonNode all = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      var cases = new ArrayList<Golden>();
      for (JsonNode node : all) {
        cases.add(
            new Golden(
                node.get("quantity").stringValue(),
                node.get("inputs"),
                numbers(node.get("value"))));
      }
      return cases.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> numbers(JsonNode value) {
    var numbers = new ArrayList<String>();
    if (value.isArray()) {
      value.forEach(one -> numbers.add(one.asString()));
    } else {
      numbers.add(value.asString());
    }
    return numbers;
  }

  private static double parse(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
