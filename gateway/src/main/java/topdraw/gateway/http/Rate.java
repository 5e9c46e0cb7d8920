package topdraw.gateway.http;

/// How often something may happen: a bucket that holds a minute's worth and fills evenly.
final class Rate {
  private static final double MINUTE = 60e9;

  private final int perMinute;
  private double left;
  private long seen = System.nanoTime();

  Rate(int perMinute) {
    this.perMinute = perMinute;
    left = perMinute;
  }

  int perMinute() {
    return perMinute;
  }

  /// Takes one, where there is one.
  ///
  /// @param now by [System#nanoTime]
  /// @return whether it may happen now; then it has
  synchronized boolean take(long now) {
    left = Math.min(perMinute, left + (now - seen) / MINUTE * perMinute);
    seen = now;
    if (left < 1) return false;
    left--;
    return true;
  }
}
