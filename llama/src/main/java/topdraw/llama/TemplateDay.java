package topdraw.llama;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The day that chat templates are told when they ask for it: today, or the one that
/// `SOURCE_DATE_EPOCH` names, as reproducible builds have it.
final class TemplateDay {
  private TemplateDay() {}

  /// @param environment the process's environment
  /// @param today the day on the user's clock
  /// @throws InputException if `SOURCE_DATE_EPOCH` is no number of seconds
  static LocalDate of(Map<String, String> environment, LocalDate today) {
    String seconds = environment.getOrDefault("SOURCE_DATE_EPOCH", "").strip();
    if (seconds.isEmpty()) return today;
    try {
      return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(seconds)), ZoneOffset.UTC);
    } catch (NumberFormatException | DateTimeException e) {
      throw new InputException(
              Problem.MALFORMED,
              "SOURCE_DATE_EPOCH is not a number of seconds since 1970; set it to one, as 1735689600, or"
                  + " unset it")
          .by(e);
    }
  }
}
