package topdraw.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.reward.Rewards;

/// The hate-speech model, read and run here, against onnxruntime 1.32.0 (`tools/golden/civil.py`).
class BagOfWordsTest {
  private static BagOfWords model;

  @BeforeAll
  static void read() throws IOException {
    byte[] file = Files.readAllBytes(CivilContractTest.files().fetch(CivilProvider.MODEL));
    model = BagOfWords.read(OnnxGraph.read(file));
  }

  @Test
  void everyClassOfEveryTextIsAsTheOriginalHasIt() throws IOException {
    List<JsonNode> rows;
    try (InputStream in = BagOfWordsTest.class.getResourceAsStream("civil.jsonl")) {
      rows = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Json::read).toList();
    }
    assertThat(rows).hasSize(15);
    for (JsonNode row : rows) {
      double[] p = model.probabilities(row.get("text").asString());
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-15));
      for (int c = 0; c < 3; c++) {
        double expected = row.get("p").get(c).doubleValue();
        // The original computes in 32 bits.
        assertThat(p[c]).as(row.toString()).isCloseTo(expected, within(3e-6 * expected));
      }
    }
  }

  @Test
  void whatIsNoSuchModelIsRefused() {
    for (byte[] wrong :
        new byte[][] {{}, {7}, {0x3a, 5, 1}, "{}".getBytes(StandardCharsets.UTF_8)}) {
      assertThatThrownBy(() -> BagOfWords.read(OnnxGraph.read(wrong)))
          .isInstanceOfAny(
              IllegalArgumentException.class,
              BufferUnderflowException.class,
              IndexOutOfBoundsException.class);
    }
  }

  @Test
  void itNeedsAPlaceToFetchFromAndNoArgument() {
    assertThatThrownBy(() -> Rewards.named("civil").close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing can be fetched here");
    assertThatThrownBy(() -> Rewards.named("civil:x").close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("takes no argument");
  }
}
