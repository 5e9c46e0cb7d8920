package topdraw.servers.http;

import java.time.Duration;

/// How long a client waits, and for how much.
///
/// @param connect the most until a connection is there
/// @param firstByte the most from a question sent to the first byte of its answer; a server that
///   does not stream sends none before it has drawn everything
/// @param whole the most from a question sent to its answer's last byte
/// @param deadline the most for one question with all that is tried again
/// @param longestWait the most between two tries, whatever the server asks for
/// @param retries how often one question is asked again, at most
/// @param mostBytes the longest answer that is read
public record ClientSettings(
    Duration connect,
    Duration firstByte,
    Duration whole,
    Duration deadline,
    Duration longestWait,
    int retries,
    long mostBytes) {
  private static final Duration SOON = Duration.ofSeconds(20);

  /// Checks every setting.
  public ClientSettings {
    for (Duration limit : new Duration[] {connect, firstByte, whole, deadline, longestWait}) {
      if (!limit.isPositive()) {
        throw new IllegalArgumentException("a time limit is above 0, was " + limit);
      }
    }
    if (retries < 0 || mostBytes < 1) {
      throw new IllegalArgumentException(
          "retries count from 0 and bytes from 1, were " + retries + " and " + mostBytes);
    }
  }

  /// What suits a server that draws long completions for many at a time.
  ///
  /// @return twenty seconds to connect, five minutes to the first byte, ten for an answer, twenty
  ///   for a question; four tries more, at most a minute apart; 32 MiB
  public static ClientSettings defaults() {
    return new ClientSettings(
        Duration.ofSeconds(20), // long enough for a server far away
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(20),
        Duration.ofMinutes(1),
        4,
        32L << 20);
  }

  /// The most for a question that draws nothing, such as what a server is: what is the most for an
  /// answer where somebody said so, else twenty seconds.
  ///
  /// @return the limit on one answer
  public Duration soon() {
    return whole.equals(defaults().whole) ? SOON : whole;
  }

  /// The same with other limits on one answer.
  ///
  /// @param limit the most to its last byte
  /// @return settings in which a question with all its tries takes at most twice as long
  public ClientSettings within(Duration limit) {
    return new ClientSettings(
        connect, limit, limit, limit.multipliedBy(2), longestWait, retries, mostBytes);
  }

  /// The same without asking again.
  ///
  /// @return settings for a question whose first answer counts
  public ClientSettings once() {
    return new ClientSettings(connect, firstByte, whole, deadline, longestWait, 0, mostBytes);
  }
}
