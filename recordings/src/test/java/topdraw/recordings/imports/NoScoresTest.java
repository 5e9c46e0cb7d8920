package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.input.InputException;
import topdraw.recordings.Recording;

/// Where there is nothing to rank by, it is said what was found instead.
class NoScoresTest {
  @TempDir private Path folder;

  private Recording open(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), line + "\n" + line + "\n");
    return Recordings.open(List.of(file.toString()), Mapping.NONE);
  }

  @Test
  void aColumnOfNothingIsNamed() throws IOException {
    try (Recording recording = open("{\"prompt\": \"q\", \"response\": \"a\", \"score\": null}")) {
      assertThat(recording.rewards()).isEmpty();
      assertThat(recording.columns().getFirst())
          .contains("'score' has no value in the first 2 rows");
    }
  }

  @Test
  void scoresThatNoMeanCanHoldAreNamed() {
    assertThatThrownBy(
            () -> open("{\"prompt\": \"q\", \"response\": \"a\", \"score\": 1e308}").close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.jsonl:1")
        .hasMessageContaining("1.0E308");
  }

  @Test
  void aFolderWithoutRecordingsIsAFolder() {
    assertThatThrownBy(() -> Recordings.open(List.of(folder.toString()), Mapping.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no recording in this folder");
  }
}
