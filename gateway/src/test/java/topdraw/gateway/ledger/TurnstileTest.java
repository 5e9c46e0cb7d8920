package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two that write to one file, of whom one never pauses and whose disk is slow.
class TurnstileTest {
  /// Its next one may have begun before the other asked, and one more while it came to the door.
  private static final int MOST_BEFORE = 3;

  private static int slowly(SqliteTransactions file, AtomicInteger done) throws LedgerException {
    return file.run(
        _ -> {
          LockSupport.parkNanos(10_000_000);
          return done.incrementAndGet();
        });
  }

  @Test
  void whoAsksIsNextThoughTheOtherNeverPauses(@TempDir Path folder) throws Exception {
    var database = new Database.Sqlite(folder.resolve("drift.db"));
    var stop = new AtomicBoolean();
    var busy = new AtomicInteger();
    try (var one = SqliteTransactions.open(database);
        var two = SqliteTransactions.open(database)) {
      var writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!stop.get()) {
                    slowly(one, busy);
                  }
                } catch (LedgerException e) {
                  throw new AssertionError(e);
                }
              });
      try {
        for (int i = 0; i < 30; i++) {
          int before = busy.get();
          slowly(two, new AtomicInteger());
          assertThat(busy.get() - before)
              .as("written before it, at %d", i)
              .isBetween(0, MOST_BEFORE);
        }
      } finally {
        stop.set(true);
      }
      writing.join();
      assertThat(busy.get()).isGreaterThan(20);
    }
  }
}
