package topdraw.llama.template;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Numbers as Python writes and reads them.
final class Numbers {
  private Numbers() {}

  /// A floating-point number as Python's `repr` writes it: the fewest digits that read back, with
  /// an exponent below 1e-4 and from 1e16 on.
  static String shown(double value) {
    if (Double.isNaN(value)) return "nan";
    if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
    if (value == 0) return 1 / value < 0 ? "-0.0" : "0.0";
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      String mantissa =
          digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
      return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + power;
    }
    String plain = shortest.toPlainString();
    return sign + (plain.contains(".") ? plain : plain + ".0");
  }

  /// A text read as Python's `int` reads it.
  static OptionalLong whole(String text, int base) {
    String digits = digits(text);
    if (base == 10 && digits.length() > 20) return OptionalLong.empty();
    String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "";
    boolean negative = digits.startsWith("-");
    String bare = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    if (!prefix.isEmpty() && Characters.lower(bare).startsWith(prefix)) bare = bare.substring(2);
    if (bare.startsWith("-") || bare.startsWith("+")) return OptionalLong.empty();
    try {
      return OptionalLong.of(Long.parseLong((negative ? "-" : "") + bare, base));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /// A text read as Python's `float` reads it.
  static OptionalDouble decimal(String text) {
    String digits = digits(text);
    if (digits.length() > 400) return OptionalDouble.empty();
    String word = Characters.lower(digits).replaceFirst("^[+-]", "");
    double sign = digits.startsWith("-") ? -1 : 1;
    if (word.equals("inf") || word.equals("infinity")) {
      return OptionalDouble.of(sign * Double.POSITIVE_INFINITY);
    }
    if (word.equals("nan")) return OptionalDouble.of(Double.NaN);
    if (!digits.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /// Without spaces around and single underscores between digits.
  private static String digits(String text) {
    String bare = Characters.strip(text);
    if (bare.indexOf('_') < 0) return bare;
    boolean sound = !bare.startsWith("_") && !bare.endsWith("_") && !bare.contains("__");
    return sound ? bare.replace("_", "") : "?";
  }
}
