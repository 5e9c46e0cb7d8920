package topdraw.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Questions that are sent at a constant rate, whether those before are answered or not. The time
/// of an answer counts from when its question was due, so that a server that halts for a moment is
/// charged with all who would have asked meanwhile.
///
/// @param perSecond how many questions a second
/// @param questions how many in all
record ConstantRate(double perSecond, int questions) {
  /// Asks one question and waits for its answer.
  @FunctionalInterface
  interface Asking {
    /// Asks.
    ///
    /// @param i which question, from 0
    void ask(int i) throws IOException;
  }

  /// Sends them all.
  ///
  /// @throws IOException if one is not answered
  Latencies of(Asking asking) throws IOException {
    long[] nanos = new long[questions];
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    long began = System.nanoTime() + 1_000_000;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < questions; i++) {
        int question = i;
        long due = began + (long) (i * 1e9 / perSecond);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        threads.execute(
            () -> {
              try {
                asking.ask(question);
                nanos[question] = System.nanoTime() - due;
              } catch (IOException e) {
                failure.compareAndSet(null, e);
              }
            });
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    IOException failed = failure.get();
    if (failed != null) throw new IOException(failed);
    Arrays.sort(nanos);
    return new Latencies(nanos, seconds);
  }
}
