package topdraw.recordings.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.estimate.AtN;
import topdraw.estimate.PairedSelection;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.PairedRecordings.Way;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.theory.finding.Confidence;

class PairedRecordingsTest {
  private static final Mapping REWARDS =
      new Mapping(
          Map.of(), List.of("judge", "rm", "gold"), false, Map.of(), false, Optional.empty());

  @TempDir private Path temp;

  private Recording open(String name, String... rows) throws IOException {
    return Recordings.open(
        List.of(Files.write(temp.resolve(name), List.of(rows)).toString()), REWARDS);
  }

  private static String row(
      String prompt, String text, double judge, double rm, @Nullable Double gold) {
    return "{\"prompt\": \"%s\", \"response\": \"%s\", \"judge\": %s, \"rm\": %s, \"gold\": %s}"
        .formatted(prompt, text, judge, rm, gold);
  }

  private static double difference(AtN at) {
    return at.findings().stream()
        .filter(finding -> finding.source().equals(PairedSelection.DIFFERENCE))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /// At n = 2 judge takes the gold of 1 at q, and 3 or 5, each in half of the pairs of draws that
  /// its tie leaves, at r; rm takes 4 and 5. What lacks gold is counted.
  @Test
  void twoRewardsOfOnePoolSelectFromTheSameDraws() throws IOException {
    try (Recording pool =
        open(
            "pool.jsonl",
            row("q", "a", 2, 1, 1.0),
            row("q", "b", 1, 2, 4.0),
            row("r", "c", 1, 1, 3.0),
            row("r", "d", 1, 2, 5.0),
            row("s", "e", 1, 1, null),
            row("s", "f", 1, 1, 1.0))) {
      PairedSelection found =
          PairedRecordings.of(
              new Way(pool, "judge", "judge"),
              new Way(pool, "rm", "rm"),
              "gold",
              List.of(),
              Confidence.DEFAULT);
      assertThat(found.prompts()).isEqualTo(2);
      assertThat(found.samples()).isEqualTo(4);
      assertThat(found.unjudged()).isEqualTo(1);
      assertThat(found.onlyFirst()).isEmpty();
      assertThat(found.curve()).extracting(AtN::n).containsExactly(1, 2);
      assertThat(difference(found.curve().getFirst())).isZero();
      assertThat(difference(found.curve().getLast())).isCloseTo((3 + 1) / 2.0, within(1e-12));
    }
  }

  @Test
  void twoFilesArePairedByTheirPrompts() throws IOException {
    try (Recording one =
            open(
                "one.jsonl",
                row("q", "a", 2, 0, 1.0),
                row("q", "b", 1, 0, 4.0),
                row("alone", "c", 1, 0, 9.0));
        Recording other =
            open(
                "other.jsonl",
                row("new", "z", 0, 0, 7.0),
                row("q", "x", 0, 3, 2.0),
                row("q", "y", 0, 5, 8.0),
                row("q", "w", 0, 4, 5.0))) {
      PairedSelection found =
          PairedRecordings.of(
              new Way(one, "judge", "one"),
              new Way(other, "rm", "other"),
              "gold",
              List.of(1, 2, 3),
              Confidence.DEFAULT);
      assertThat(found.prompts()).isEqualTo(1);
      assertThat(found.samples()).isEqualTo(5);
      assertThat(found.draws()).isEqualTo(2);
      assertThat(found.onlyFirst()).containsExactly("alone");
      assertThat(found.onlySecond()).containsExactly("new");
      // The first has two draws, so there is no best of three.
      assertThat(found.curve()).extracting(AtN::n).containsExactly(1, 2);
      assertThat(difference(found.curve().getFirst())).isCloseTo(5 - 2.5, within(1e-12));
      // Best of two by rm: 8, 8 or 5; by judge: 1.
      assertThat(difference(found.curve().getLast())).isCloseTo(7 - 1, within(1e-12));
      assertThatThrownBy(
              () ->
                  PairedRecordings.of(
                      new Way(one, "judge", "one"),
                      new Way(other, "rm", "other"),
                      "silver",
                      List.of(),
                      Confidence.DEFAULT))
          .hasMessageContaining("nothing to compare")
          .hasMessageContaining("silver");
    }
  }
}
