package topdraw.llama.store;

import java.io.IOException;
import java.util.function.LongSupplier;

/// Whether a download is fast enough to end: a server that sends a byte a second never stands still
/// and never comes to an end.
final class Pace {
  private final Limits limits;
  private final LongSupplier nanoseconds;
  private long begun;
  private long bytes;

  /// @param nanoseconds a clock
  Pace(Limits limits, LongSupplier nanoseconds) {
    this.limits = limits;
    this.nanoseconds = nanoseconds;
    begun = nanoseconds.getAsLong();
  }

  /// Counts bytes that have arrived.
  ///
  /// @throws IOException if fewer than the limit arrived in the time that the limit gives them
  void add(long count) throws IOException {
    bytes += count;
    long now = nanoseconds.getAsLong();
    if (now - begun < limits.window().toNanos()) return;
    if (bytes < limits.leastBytes()) throw new IOException(limits.crawl(bytes));
    begun = now;
    bytes = 0;
  }
}
