package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StrainTest {
  @Test
  void aFairShareIsWhatCoresAndThreadsLeave() {
    assertThat(new Strain.Idle().fairShare(2, 2)).isEqualTo(1);
    assertThat(new Strain.Idle().fairShare(2, 4)).isEqualTo(0.5);
    assertThat(busy(1).fairShare(2, 2)).isEqualTo(2.0 / 3);
    assertThat(busy(8).fairShare(2, 2)).isEqualTo(0.2);
    assertThat(busy(1).fairShare(4, 2)).isEqualTo(1);
    var quota = new Strain.Quota(1.5, List.of(), List.of());
    assertThat(quota.fairShare(2, 2)).isEqualTo(0.75);
    assertThat(quota.fairShare(2, 1)).isEqualTo(1);
  }

  private static Strain busy(int count) {
    return new Strain.BusyThreads(count, new AtomicBoolean());
  }

  @Test
  void busyThreadsEndWhenTheyAreClosed() throws InterruptedException {
    List<Thread> turning;
    try (Strain _ = Strain.BusyThreads.start(2)) {
      turning =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("busy-"))
              .toList();
      assertThat(turning).hasSize(2);
    }
    for (Thread thread : turning) thread.join();
  }

  /// Three seconds of looking at the clock take half as many of the processor; without a quota, and
  /// with a core for it, all three.
  @Test
  void aQuotaHoldsAndIsGoneWhenItIsClosed() throws IOException {
    try (Strain.Quota quota = Strain.Quota.set(0.5)) {
      List<String> command = new ArrayList<>(quota.by());
      command.addAll(
          List.of(
              "sh",
              "-c",
              "end=$(($(date +%s) + 3)); while [ $(date +%s) -lt $end ]; do :; done; times"));
      assertThat(processorSeconds(BatchedBench.output(command, false))).isBetween(0.0, 2.2);
      assertThat(quota.made()).allMatch(Files::exists);
      quota.close();
      assertThat(quota.made()).noneMatch(Files::exists);
    } catch (IOException e) {
      abort("no quota can be set here: " + e.getMessage());
    }
  }

  /// What `times` prints: minutes and seconds, of the shell and of its children.
  private static double processorSeconds(String times) {
    double seconds = 0;
    for (String part : times.strip().split("\\s+", -1)) {
      String[] minutes = part.replace("s", "").split("m", -1);
      seconds += 60 * Double.parseDouble(minutes[0]) + Double.parseDouble(minutes[1]);
    }
    return seconds;
  }
}
