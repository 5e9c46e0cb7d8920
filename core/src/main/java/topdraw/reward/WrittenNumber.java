package topdraw.reward;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Optional;

/// What a person would call a number in a text: signed decimals, with thousands commas or an
/// exponent.
final class WrittenNumber {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d{1,3})?|[-+]?\\.\\d+");

  private WrittenNumber() {}

  /// The number that a text is, blanks around it aside.
  static Optional<BigDecimal> only(String text) {
    return NUMBER.matches(text.strip()) ? last(text) : Optional.empty();
  }

  /// The last number in a text.
  static Optional<BigDecimal> last(String text) {
    Matcher matcher = NUMBER.matcher(text);
    Optional<BigDecimal> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(new BigDecimal(matcher.group().replace(",", "")));
    }
    return last;
  }
}
