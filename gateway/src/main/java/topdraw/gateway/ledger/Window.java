package topdraw.gateway.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A stretch of time with a ledger of its own.
///
/// @param start in milliseconds since 1970; 0 for the one that never ends
/// @param length in milliseconds; 0 for the one that never ends
record Window(long start, long length) {
  static Window of(Optional<Duration> length, Instant now) {
    if (length.isEmpty()) {
      return new Window(0, 0);
    }
    long millis = length.get().toMillis();
    return new Window(Math.floorDiv(now.toEpochMilli(), millis) * millis, millis);
  }

  Optional<Instant> began() {
    return length == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(start));
  }

  Optional<Instant> ends() {
    return length == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(start + length));
  }
}
