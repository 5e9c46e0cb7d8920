package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;

/// Rows that are read many at once are handed on one by one, in their order, and never too many
/// wait.
class RowQueueTest {
  private final List<String> taken = new ArrayList<>();
  private final RowQueue queue =
      new RowQueue(
          new ScatteredRows.Reader(Recognition.of(List.of(tree(0, "")), Mapping.NONE), false),
          (place, row) -> taken.add(place + " " + row.read().getClass().getSimpleName()));

  private static String text(int i, String more) {
    return "{\"prompt\":\"q\",\"response\":\"r %d\",\"score\":%d%s}".formatted(i, i % 7, more);
  }

  private static JsonNode tree(int i, String more) {
    return RowSource.parse(text(i, more));
  }

  private void line(int i, String line) throws IOException {
    queue.line("row " + i, line.getBytes(StandardCharsets.UTF_8), true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 513, 5_000})
  void rowsOfEveryKindComeInTheirOrder(int rows) throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      switch (i % 5) {
        case 0 -> queue.row("row " + i, tree(i, ""));
        case 1 -> line(i, text(i, ""));
        case 2 -> queue.bad("row " + i, "said so");
        case 3 -> line(i, "{\"prompt\":");
        default -> line(i, " ");
      }
      expected.add(
          "row " + i + " " + List.of("Samples", "Samples", "Bad", "Bad", "Nothing").get(i % 5));
    }
    assertThat(taken).hasSize(rows / 512 * 512);
    queue.drain();
    assertThat(taken).isEqualTo(expected);
    queue.drain();
    assertThat(taken).as("nothing comes twice").isEqualTo(expected);
  }

  @Test
  void whatEndsTheReadingDoesSoInItsTurn() throws IOException {
    for (int i = 0; i < 300; i++) {
      String row = text(i, "");
      line(i, i == 200 || i == 250 ? row.replaceFirst("\"score\":\\d", "\"score\":Infinity") : row);
    }
    assertThatThrownBy(queue::drain)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row 200: ");
    assertThat(taken).hasSize(200);
  }

  /// A row of 200,000 numbers takes as much as thousands of others.
  @Test
  void largeRowsDoNotWaitForOthers() throws IOException {
    String numbers =
        IntStream.range(0, 200_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", ",\"numbers\":[", "]"));
    for (int i = 1; i <= 6; i++) {
      queue.row("row " + i, tree(i, numbers));
      assertThat(taken).hasSize(i);
    }
    String letters = ",\"note\":\"" + "x".repeat(3 << 20) + "\"";
    line(7, text(7, letters));
    assertThat(taken).hasSize(6);
    line(8, text(8, letters));
    assertThat(taken).hasSize(8);
  }
}
