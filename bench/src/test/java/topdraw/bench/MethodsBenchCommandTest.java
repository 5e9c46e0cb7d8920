package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topdraw.cli.Ran;
import topdraw.json.Json;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.pool.PassAtK;

/// `topdraw bench methods`, on small pools and on the real model.
class MethodsBenchCommandTest {
  private static JsonNode part(String name) {
    Ran ran =
        Ran.topdraw(
            "bench",
            "methods",
            "--only",
            name,
            "--prompts",
            "12",
            "--draws",
            "80",
            "--replays",
            "3",
            "--seed",
            "4",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Json.read(ran.out()).path("parts").path(0);
  }

  private static JsonNode row(JsonNode part, String method) {
    return part.path("rows")
        .valueStream()
        .filter(row -> row.path("method").stringValue().equals(method))
        .findFirst()
        .orElseThrow();
  }

  /// Of problems solved or not: pass@16 of the second half of the draws, and early stop gives the
  /// same for less.
  @Test
  void ofPassesThePlainRowIsPassAt16AndEarlyStopIsTheSamePolicy() {
    JsonNode part = part("math");
    double expected =
        PoolLaw.MATH.drawn(12, 80, 4).part(40, 80).prompts().stream()
            .mapToDouble(one -> PassAtK.of(40, (int) Arrays.stream(one.rewards()).sum(), 16))
            .average()
            .orElseThrow();
    JsonNode plain = row(part, "best-of-n");
    JsonNode early = row(part, "early stop");
    assertThat(plain.at("/rate/value").doubleValue()).isCloseTo(expected, within(1e-12));
    assertThat(plain.at("/draws/value").doubleValue()).isEqualTo(16);
    assertThat(plain.at("/drift_at_most/value").doubleValue()).isEqualTo(KlBounds.analytical(16));
    assertThat(plain.at("/drift_at_most/evidence").stringValue()).isEqualTo("theorem");
    assertThat(plain.path("tokens_of_plain").doubleValue()).isEqualTo(1);
    assertThat(early.at("/rate/value").doubleValue()).isCloseTo(expected, within(1e-12));
    assertThat(early.path("rate_less_plain").doubleValue()).isZero();
    assertThat(early.path("tokens_of_plain").doubleValue()).isBetween(0.05, 0.95);
  }

  @Test
  void everyRowSaysWhatItIsAndWhatItMayDrift() {
    JsonNode part = part("scores");
    List<String> methods = new ArrayList<>();
    for (JsonNode row : part.path("rows")) {
      methods.add(row.path("method").stringValue());
      assertThat(row.at("/rate/value").doubleValue()).isBetween(0.8, 1.0);
      assertThat(row.at("/rate/evidence").stringValue()).isEqualTo("estimate");
      assertThat(row.at("/drift_at_most/evidence").stringValue()).isEqualTo("theorem");
      assertThat(row.path("tokens_of_plain").doubleValue()).isBetween(0.1, 2.5);
    }
    assertThat(methods)
        .contains("best-of-n", "early stop", "prefix-scored rejection", "budget across prompts");
    assertThat(part("scores")).isEqualTo(part);
  }

  @Test
  void onTheModelEveryMethodIsRunInTurns() {
    Ran ran =
        Ran.topdraw(
            "bench",
            "methods",
            "--only",
            "model",
            "--model-draws",
            "40",
            "--max-tokens",
            "5",
            "--rounds",
            "1",
            "--replays",
            "2");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("7 prompts, 40 draws each, half of them to choose by; seed 0")
        .containsPattern("best-of-n +n = 16 .* 1\\.000 ")
        .containsPattern("early stop +at most 16, stop at 1\\.0 ")
        .containsPattern("prefix-scored rejection +n = \\d+, at 4 keep 0\\.\\d+")
        .containsPattern("budget across prompts +two stages, \\d+\\.[05] a prompt")
        .containsPattern("best-of-n +n = 16 .* 1\\.00 \\(1\\.00 to 1\\.00\\)")
        .containsPattern("blockwise +n = 8, blocks of 16 .* 1\\.205\n");
  }

  @Test
  void whatIsNotThereIsNamed() {
    Ran ran = Ran.topdraw("bench", "methods", "--only", "chess");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("no part 'chess'; there is model, math, scores, rating");
  }
}
