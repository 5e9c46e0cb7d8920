package topdraw.servers.http;

import java.time.Duration;

/// Spans of time as people say them.
final class Times {
  private Times() {}

  static String of(Duration time) {
    long seconds = time.toSeconds();
    if (seconds >= 120 && seconds % 60 == 0) return seconds / 60 + " min";
    return seconds >= 1 ? seconds + " s" : time.toMillis() + " ms";
  }
}
