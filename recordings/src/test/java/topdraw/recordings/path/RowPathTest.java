package topdraw.recordings.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

class RowPathTest {
  private static final JsonNode ROW =
      Json.read(
          """
          {"a": {"b": {"c": 1}, "d.e": 2, "n": null}, "x.y": 3, "x": {"y": 4},
           "list": [{"r": 1, "s": [5, 6]}, {"r": 2, "s": [7]}, {"s": []}],
           "scores": {"helpful": 0.5, "honest": 0.25, "text": "t"},
           "steps": [0.5, 0.25, 0.75], "nested": [[0.5, 0.25], [1, 0.125]],
           "score_10": 10, "score_2": 2, "score_1": 1, "json": "{\\"q\\": [1, 2]}",
           "feedback.tone": 7, "feedback.fit": 8}
          """);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a.b.c;                       1
          x.y;                         3
          a['d.e'];                    2
          a.'d.e';                     2
          list[0].r;                   1
          list[-1].s;                  []
          list.1.r;                    2
          list[].r;                    [1,2,null]
          list[].s[];                  [[5,6],[7],[]]
          list[].s[-1];                [6,7,null]
          scores.{honest,helpful};     {"helpful":0.5,"honest":0.25}
          scores.*;                    {"helpful":0.5,"honest":0.25,"text":"t"}
          score_*;                     [1,2,10]
          steps[-1];                   0.75
          min(steps[]);                0.25
          max(steps);                  0.75
          mean(steps[]);               0.5
          sum(steps[]);                1.5
          prod(steps[]);               0.09375
          first(steps[]);              0.5
          last(steps[]);               0.75
          min(nested[]);               [0.25,0.125]
          nested[][-1];                [0.25,0.125]
          json.q[1];                   2
          feedback.*;                  {"tone":7,"fit":8}
          """)
  void aPathGivesWhatStandsThere(String path, String found) {
    assertThat(RowPath.of(path).at(ROW)).isEqualTo(Json.read(found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b",
        "a.z",
        "a.n.c",
        "list.r",
        "list[7]",
        "list[-4]",
        "steps.*",
        "scores[]",
        "scores.{a,b}",
        "zeta_*",
        "json.z",
        "min(zeta)"
      })
  void whereNothingStandsThereIsNothing(String path) {
    assertThat(RowPath.of(path).at(ROW)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", "a..b", "a[", "a[x]", "a.{b", "'a", "a]b[0]c", "min()"})
  void whatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> RowPath.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no path in a row: ");
  }

  @Test
  void aColumnOfAnyNameIsAPathByItself() {
    JsonNode row = Json.read("{\"a[x] (raw)\": 1}");
    assertThat(RowPath.column("a[x] (raw)").at(row)).isEqualTo(Json.read("1"));
    assertThat(RowPath.of("a[0].b").reads("a")).isTrue();
    assertThat(RowPath.of("score_*").reads("score_7")).isTrue();
    assertThat(RowPath.of("score_*").reads("scores")).isFalse();
  }
}
