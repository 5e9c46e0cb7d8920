package topdraw.servers.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How long a server asks to be left alone: `Retry-After-Ms`, else `Retry-After` in seconds or as a
/// date. What is no number and no date is not there; what lies in the past is now.
final class RetryAfter {
  private static final double A_DAY = 86_400;

  private RetryAfter() {}

  static Optional<Duration> of(Answer answer, Clock clock) {
    return answer
        .header("retry-after-ms")
        .flatMap(text -> seconds(text, 1e-3))
        .or(
            () ->
                answer
                    .header("retry-after")
                    .flatMap(text -> seconds(text, 1).or(() -> date(text, clock))));
  }

  private static Optional<Duration> seconds(String text, double unit) {
    try {
      double seconds = Double.parseDouble(text.strip()) * unit;
      return Double.isNaN(seconds)
          ? Optional.empty()
          : Optional.of(Duration.ofMillis((long) (1e3 * Math.clamp(seconds, 0, A_DAY))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// A date is the one thing here that asks what time it is: the difference of two wall clocks, and
  /// only ever a wish.
  private static Optional<Duration> date(String text, Clock clock) {
    try {
      ZonedDateTime then = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), then.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
