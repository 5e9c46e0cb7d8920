package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;

/// A run that was stopped anywhere, by anything, ends with the bytes of one that was not.
class TornRunTest {
  private static final int BATCHES = 12;

  @TempDir private Path temp;

  @Test
  void aFileCutAtAnyByteOfItsLastBatchesIsMended() throws IOException {
    Runs.record(temp.resolve("whole"), 7, 1);
    byte[] whole = Runs.samples(temp.resolve("whole"));
    Path torn = temp.resolve("torn");
    Runs.record(torn, 7, 1);
    int lastBatches = lineStart(whole, 15 - 2 * Runs.N - 1);
    for (int length = lastBatches; length <= whole.length; length++) {
      Files.write(torn.resolve("samples.jsonl"), Arrays.copyOf(whole, length));
      int drawn = Runs.record(torn, 7, 1);
      assertThat(Runs.samples(torn)).as("cut at byte " + length).isEqualTo(whole);
      assertThat(drawn).as("cut at byte " + length).isLessThanOrEqualTo(2 * Runs.N);
    }
  }

  @Test
  void zerosThatAPowerCutLeavesAtTheEndAreCutOff() throws IOException {
    Runs.record(temp.resolve("run"), 7, 1);
    byte[] whole = Runs.samples(temp.resolve("run"));
    byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, whole.length - 100), whole.length + 4096);
    Files.write(temp.resolve("run/samples.jsonl"), zeros);
    Runs.record(temp.resolve("run"), 7, 1);
    assertThat(Runs.samples(temp.resolve("run"))).isEqualTo(whole);
  }

  @Test
  void anInterruptKeepsWhatIsWholeAndTheNextCallGoesOn() throws IOException {
    Runs.record(temp.resolve("whole"), 7, BATCHES);
    for (int stop = 1; stop < 4 * Runs.N * BATCHES; stop += 5) {
      Path folder = temp.resolve("run" + stop);
      interrupt(folder, stop);
      assertThat(Files.readString(folder.resolve("samples.jsonl"))).matches("(?s)|.*\n");
      Runs.record(folder, 7, BATCHES);
      assertThat(Runs.samples(folder))
          .as("interrupted at completion " + stop)
          .isEqualTo(Runs.samples(temp.resolve("whole")));
    }
  }

  private static void interrupt(Path folder, int at) throws IOException {
    try (RunFolder run = Runs.open(folder, 7, BATCHES)) {
      assertThatThrownBy(
              () ->
                  run.record(
                      new ShuffledPolicy(7),
                      Runs.REWARDS,
                      (completions, _) -> {
                        if (completions == at) {
                          Thread.currentThread().interrupt();
                        }
                      }))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  static LongStream seeds() {
    return Attack.seeds(2, 0.06);
  }

  /// A process that records is killed after a random number of completions, and another one goes
  /// on, until one gets to the end.
  @Tag("attack")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRunKilledAtRandomPointsEndsWithTheBytesOfAnUninterruptedOne(long seed)
      throws IOException, InterruptedException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Runs.record(temp.resolve("whole"), 7, BATCHES);
    byte[] whole = Runs.samples(temp.resolve("whole"));
    Path folder = temp.resolve("killed");
    int killed = 0;
    while (!killAfter(folder, random.nextInt(40))) {
      byte[] kept = wholeLines(folder.resolve("samples.jsonl"));
      assertThat(Arrays.copyOf(whole, kept.length)).as("kill %d", ++killed).isEqualTo(kept);
    }
    assertThat(killed).isPositive();
    assertThat(Runs.samples(folder)).isEqualTo(whole);
  }

  /// Whether the process ended by itself first.
  private static boolean killAfter(Path folder, int completions)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TornRunTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getInputStream().readNBytes(completions);
    process.destroyForcibly();
    return process.waitFor() == 0;
  }

  /// The process that is killed; says a byte for each completion.
  public static void main(String[] args) throws IOException {
    try (RunFolder run = Runs.open(Path.of(args[0]), 7, BATCHES)) {
      run.record(
          new ShuffledPolicy(7),
          Runs.REWARDS,
          (_, _) -> {
            System.out.write('.');
            System.out.flush();
          });
    }
  }

  private static byte[] wholeLines(Path file) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static int lineStart(byte[] bytes, int line) {
    int start = 0;
    for (int k = 0; k < line; k++) {
      while (bytes[start++] != '\n') {}
    }
    return start;
  }

  @Test
  void aFullDiskEndsTheRunNamingTheFileAndRoomLetsItGoOn() throws Exception {
    try (Mount disk = Mount.tmpfs(temp.resolve("disk"), "size=96k")) {
      Path folder = disk.path().resolve("run");
      assertThatThrownBy(() -> Runs.record(folder, 7, 40))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + folder.resolve("samples.jsonl"))
          .hasMessageContaining("No space left");
      disk.remount("size=4m");
      Runs.record(folder, 7, 40);
      Runs.record(temp.resolve("whole"), 7, 40);
      assertThat(Runs.samples(folder)).isEqualTo(Runs.samples(temp.resolve("whole")));
    }
  }

  @Test
  void aReadOnlyDiskIsNamed() throws Exception {
    try (Mount disk = Mount.tmpfs(temp.resolve("disk"), "size=4m")) {
      Path folder = disk.path().resolve("run");
      Runs.record(folder, 7, 1);
      disk.remount("ro");
      assertThatThrownBy(() -> Runs.record(folder, 7, 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + folder)
          .hasMessageContaining("Read-only file system");
    }
  }

  /// A small disk of its own.
  private record Mount(Path path) implements AutoCloseable {
    static Mount tmpfs(Path path, String options) throws IOException, InterruptedException {
      Files.createDirectories(path);
      assumeThat(mount("-t", "tmpfs", "-o", options, "tmpfs", path.toString()))
          .as("mounting a small disk needs root")
          .isTrue();
      return new Mount(path);
    }

    void remount(String options) throws IOException, InterruptedException {
      assertThat(mount("-o", "remount," + options, path.toString())).isTrue();
    }

    private static boolean mount(String... arguments) throws IOException, InterruptedException {
      return started("mount", arguments);
    }

    private static boolean started(String command, String... arguments)
        throws IOException, InterruptedException {
      List<String> words = new ArrayList<>(List.of(command));
      words.addAll(List.of(arguments));
      try {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean done = process.waitFor() == 0;
        assumeThat(done).as("mounting a small disk needs root: " + said.strip()).isTrue();
        return done;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      try {
        started("umount", path.toString());
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("cannot unmount " + path, e);
      }
    }
  }
}
