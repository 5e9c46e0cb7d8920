package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import topdraw.llama.engine.FreeCores.Reading;

class FreeCoresTest {
  /// Two cores; ticks are hundredths of a second.
  private static Reading reading(long millis, long ownMillis, long idle) {
    return new Reading(
        Duration.ofMillis(millis), Duration.ofMillis(ownMillis), idle, 2 * millis / 10, 2);
  }

  private final List<Duration> looked = new ArrayList<>();

  /// The first is what there is to begin with; each later one is there at one question.
  private FreeCores cores(Reading... readings) {
    Deque<Reading> queue = new ArrayDeque<>(List.of(readings));
    LongSupplier clock =
        () -> {
          queue.remove();
          return queue.element().at().toNanos();
        };
    return FreeCores.of(
            clock,
            () -> {
              looked.add(queue.element().at());
              return Optional.of(queue.element());
            })
        .orElseThrow();
  }

  @Test
  void whatOthersUseIsNotFree() {
    // In half a second two threads of ours spun, and nobody else did anything; then one of others
    // took a third of the time; then eight did, and ours had a fifth; then there was one of ours,
    // and the other core was idle.
    FreeCores cores =
        cores(
            reading(0, 0, 0),
            reading(500, 1000, 0),
            reading(1000, 1667, 0),
            reading(1500, 1867, 0),
            reading(2000, 2367, 50));
    assertThat(List.of(cores.room(2), cores.room(2), cores.room(2), cores.room(2)))
        .containsExactly(2, 1, 1, 2);
  }

  @Test
  void whatIsIdleAndWhatIsOursAreAddedUp() {
    // 0.4 s of one second idle on two cores, 0.9 s ours.
    assertThat(reading(1000, 900, 40).freeSince(reading(0, 0, 0))).isEqualTo(1.3);
  }

  @Test
  void allAreTakenForFreeUntilSomeTimeHasPassed() {
    FreeCores cores = cores(reading(0, 0, 0), reading(240, 0, 0), reading(260, 0, 0));
    assertThat(cores.room(2)).isEqualTo(2);
    assertThat(looked).hasSize(1); // it was not time yet
    assertThat(cores.room(2)).isEqualTo(1);
    assertThat(looked).containsExactly(Duration.ZERO, Duration.ofMillis(260));
  }

  @Test
  void whereItCanBeReadNoLongerAllAreTakenForFree() {
    Queue<Optional<Reading>> readings =
        new ArrayDeque<>(
            List.of(
                Optional.of(reading(0, 0, 0)), Optional.of(reading(500, 0, 0)), Optional.empty()));
    AtomicLong millis = new AtomicLong();
    FreeCores cores =
        FreeCores.of(() -> Duration.ofMillis(millis.addAndGet(500)).toNanos(), readings::remove)
            .orElseThrow();
    assertThat(cores.room(2)).isEqualTo(1);
    assertThat(cores.room(2)).isEqualTo(2);
  }

  /// A folder opens as a file does, and fails at the first line.
  @Test
  void whatFailsWhileItIsReadIsNotThere(@TempDir Path folder) {
    assertThat(FreeCores.read(folder)).isEmpty();
    assertThat(FreeCores.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void neverMoreThanAskedForAndNeverNone() {
    FreeCores cores = cores(reading(0, 0, 0), reading(500, 0, 100), reading(1000, 0, 100));
    assertThat(cores.room(1)).isEqualTo(1);
    assertThat(cores.room(64)).isEqualTo(1);
  }

  @Test
  void aMachineWhoseStatisticsStandStillIsTakenForFree() {
    Reading still = new Reading(Duration.ofSeconds(9), Duration.ofSeconds(1), 0, 0, 2);
    assertThat(cores(reading(0, 0, 0), still).room(2)).isEqualTo(2);
  }

  @Test
  void theTicksOfAllProcessorsAreRead() {
    List<String> lines =
        List.of("cpu  10 20 30 400 50 6 7 8 900 1000", "cpu0 1 2 3 4", "cpu1 1 2 3 4");
    Duration at = Duration.ofSeconds(3);
    Duration own = Duration.ofMillis(70);
    assertThat(FreeCores.read(lines, at, own)).contains(new Reading(at, own, 450, 531, 2));
    assertThat(FreeCores.read(List.of(), at, own)).isEmpty();
    assertThat(FreeCores.read(List.of("cpu 1 2", "cpu0 1 2"), at, own)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTells() {
    Reading reading = FreeCores.read(Path.of("/proc/stat")).orElseThrow();
    assertThat(reading.cores()).isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(reading.all()).isGreaterThanOrEqualTo(reading.idle());
    assertThat(reading.own()).isPositive();
  }
}
