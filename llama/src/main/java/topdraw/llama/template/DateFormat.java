package topdraw.llama.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Dates as C's `strftime` writes them in English.
final class DateFormat {
  private DateFormat() {}

  static String format(String format, LocalDateTime time, Budget budget) {
    var made = new Made(budget);
    for (int i = 0; i < format.length(); i++) {
      char character = format.charAt(i);
      if (character != '%') {
        made.add(String.valueOf(character));
        continue;
      }
      boolean bare = i + 1 < format.length() && format.charAt(i + 1) == '-';
      i += bare ? 2 : 1;
      if (i >= format.length()) throw new TemplateException("the date format ends after %");
      String part = part(format.charAt(i), time);
      made.add(bare && part.startsWith("0") && part.length() > 1 ? part.substring(1) : part);
    }
    return made.toString();
  }

  private static String part(char conversion, LocalDateTime time) {
    return switch (conversion) {
      case '%' -> "%";
      case 'Y' -> "%d".formatted(time.getYear());
      case 'y' -> two(time.getYear() % 100);
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> "%2d".formatted(time.getDayOfMonth());
      case 'j' -> "%03d".formatted(time.getDayOfYear());
      case 'H' -> two(time.getHour());
      case 'I' -> two((time.getHour() + 11) % 12 + 1);
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'u' -> "" + time.getDayOfWeek().getValue();
      case 'w' -> "" + time.getDayOfWeek().getValue() % 7;
      case 'F' -> time.toLocalDate().toString();
      case 'T' ->
          time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ofPattern("HH:mm:ss"));
      case 'R' -> two(time.getHour()) + ":" + two(time.getMinute());
      case 'D' ->
          two(time.getMonthValue())
              + "/"
              + two(time.getDayOfMonth())
              + "/"
              + two(time.getYear() % 100);
      default ->
          throw new TemplateException(
              "the date format " + Shown.name("%" + conversion) + " is not understood");
    };
  }

  private static String two(int number) {
    return "%02d".formatted(number);
  }
}
