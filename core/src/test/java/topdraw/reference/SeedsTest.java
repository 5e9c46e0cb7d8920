package topdraw.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void theSameSeedPromptAndIndexStartTheSameStream() {
    assertThat(Seeds.stream(7, "sha256:a", 3).nextLong())
        .isEqualTo(Seeds.stream(7, "sha256:a", 3).nextLong());
  }

  @Test
  void noTwoStreamsStartAlike() {
    Set<Long> starts = new HashSet<>();
    for (long seed = -2; seed < 2; seed++) {
      for (String prompt : new String[] {"sha256:a", "sha256:b", ""}) {
        for (int i = 0; i < 1_000; i++) {
          starts.add(Seeds.stream(seed, prompt, i).nextLong());
        }
      }
    }
    assertThat(starts).hasSize(4 * 3 * 1_000);
  }

  @Test
  void theStreamIsPinnedSoThatOldRunsCanBeDrawnAgain() {
    assertThat(Seeds.stream(0, "sha256:", 0).nextLong()).isEqualTo(-1754788249527536397L);
  }
}
