package topdraw.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Lengths of time as people write them, and the time as records carry it.
final class Times {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");

  private Times() {}

  /// The time that records carry: to the second, in UTC.
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Reads `30s`, `5m` or `2h`.
  static Duration duration(String text, String option) {
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
      throw new InputException(
          Problem.MALFORMED, option + " is a time such as 30s, 5m or 2h, was \"" + text + "\"");
    }
    long amount = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
