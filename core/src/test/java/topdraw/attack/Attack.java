package topdraw.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// How long an attack lasts: a few seeds, always the same, in the daily check; new ones each time,
/// for a share of 20 minutes (`topdraw.attack.minutes`), under `./check --attack`. Each test's name
/// holds its seed, and `./check --attack SEED` begins with that one.
///
/// The shares of all attacks add up to about four fifths: the rest goes to the build.
public final class Attack {
  private static final boolean LONG = Boolean.getBoolean("topdraw.attack");
  private static final long FIRST = Long.getLong("topdraw.attack.seed", 0);
  private static final long MINUTES = Long.getLong("topdraw.attack.minutes", 20);

  private Attack() {}

  /// The seeds of one attack; under `./check --attack` they end when its time is over.
  ///
  /// @param daily how many in the daily check
  /// @param share what part of the whole time it may take, in `(0, 1]`
  /// @return the seeds, one after the other, each asked for when the one before it is done
  public static LongStream seeds(int daily, double share) {
    if (!LONG) return LongStream.range(FIRST, FIRST + daily);
    long nanos = (long) (share * TimeUnit.MINUTES.toNanos(MINUTES));
    long start = System.nanoTime();
    return LongStream.iterate(FIRST, seed -> seed + 1)
        .takeWhile(seed -> seed == FIRST || System.nanoTime() - start < nanos);
  }

  /// Keeps what an attack is made of while it lasts: where the process itself dies, it is there.
  ///
  /// @param name the attack and its seed
  /// @param bytes what is handed in
  /// @return the file, under `target/attack`; to be deleted when the attack was withstood
  public static Path kept(String name, byte[] bytes) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "attack"));
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
