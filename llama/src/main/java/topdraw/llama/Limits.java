package topdraw.llama;

import java.time.Duration;

/// How long a download may stand still.
///
/// @param connect for a connection, and for the head of an answer
/// @param idle without one byte more
/// @param pause before the second attempt; doubled for each further one
/// @param attempts in all, for faults that may pass
record Limits(Duration connect, Duration idle, Duration pause, int attempts) {
  static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(1), 4);

  String silence() {
    return "no byte for " + idle.toMillis() / 1000.0 + " s";
  }
}
