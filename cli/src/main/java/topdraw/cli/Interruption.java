package topdraw.cli;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl-C end a long command between two steps: the command's thread is interrupted and given
/// a moment to save what it has and say how to go on.
final class Interruption {
  private static final Duration USUAL = Duration.ofSeconds(10);

  private static volatile Duration saving = Duration.ZERO;

  private Interruption() {}

  /// From now on this command ends by itself when its thread is interrupted.
  static void endsBySaving() {
    endsWithin(USUAL);
  }

  /// From now on this command ends by itself within a time when its thread is interrupted.
  static void endsWithin(Duration time) {
    saving = time;
  }

  /// Called while the process shuts down.
  ///
  /// @return whether the command ended by itself in time, and has said so
  static boolean end(Thread command, CountDownLatch ended) {
    if (saving.isZero()) {
      return false;
    }
    command.interrupt();
    try {
      return ended.await(saving.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /// An interruption that says what became of the work.
  static CancellationException told(CancellationException interrupted, String message) {
    CancellationException told = new CancellationException("interrupted; " + message);
    told.initCause(interrupted);
    return told;
  }
}
