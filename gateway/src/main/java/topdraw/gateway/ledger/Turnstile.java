package topdraw.gateway.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The door to the one place at which a file is written. SQLite's own lock goes to whoever asks at
/// the right moment, and one that writes without a pause leaves hardly any to the others: on a slow
/// disk they wait for seconds. Who waits for that lock stands in this door, so who has just written
/// comes after.
///
/// The door is a lock on an empty file beside the database, and opens when its process ends. Where
/// it cannot be had all go through: it makes an order, and nothing else rests on it.
final class Turnstile implements AutoCloseable {
  /// How long to wait before a lock is tried again.
  static final long POLL_NANOS = 500_000;

  private final @Nullable FileChannel door;

  private Turnstile(@Nullable FileChannel door) {
    this.door = door;
  }

  static Turnstile beside(Path database, FileAttribute<?>... attributes) {
    Path file = database.resolveSibling(database.getFileName() + "-turn");
    try {
      return new Turnstile(
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes));
    } catch (IOException e) {
      return new Turnstile(null);
    }
  }

  /// In the door, until it is closed.
  record Turn(@Nullable FileLock lock) implements AutoCloseable {
    @Override
    public void close() {
      try {
        if (lock != null) {
          lock.close();
        }
      } catch (IOException e) {
        // The channel was closed, and the lock with it.
      }
    }
  }

  /// Waits for the door, but not for longer than this.
  Turn turn(Duration longest) {
    long until = System.nanoTime() + longest.toNanos();
    while (door != null && System.nanoTime() < until) {
      try {
        FileLock lock = door.tryLock();
        if (lock != null) {
          return new Turn(lock);
        }
      } catch (OverlappingFileLockException e) {
        // Someone else of this process stands in it.
      } catch (IOException e) {
        break; // no locks here
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return new Turn(null);
  }

  @Override
  public void close() throws IOException {
    if (door != null) {
      door.close();
    }
  }
}
