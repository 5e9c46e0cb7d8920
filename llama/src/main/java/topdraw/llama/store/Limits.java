package topdraw.llama.store;

import java.time.Duration;

/// How long a download may stand still, and how slow it may be.
///
/// @param connect for a connection, and for the head of an answer
/// @param idle without one byte more
/// @param window in which at least `leastBytes` must arrive
/// @param leastBytes in each `window`
/// @param pause before the second attempt; doubled for each further one
/// @param attempts in all, for faults that may pass
record Limits(
    Duration connect,
    Duration idle,
    Duration window,
    long leastBytes,
    Duration pause,
    int attempts) {
  /// At 16 KiB a second the default model takes 100 minutes; slower than that in any minute ends
  /// the attempt, and the next goes on where it stopped.
  static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          60 * (16 << 10),
          Duration.ofSeconds(1),
          4);

  String silence() {
    return "no byte for " + idle.toMillis() / 1000.0 + " s";
  }

  String crawl(long bytes) {
    return bytes
        + " bytes in "
        + window.toMillis() / 1000.0
        + " s, too slow to wait for; run it again to go on";
  }
}
