package topdraw.llama.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Filters that make numbers.
final class NumberFilters {
  private static final int MOST_PLACES = 300;

  private final Budget budget;

  NumberFilters(Budget budget) {
    this.budget = budget;
  }

  Map<String, Filter> all() {
    return Map.of(
        "abs", this::absolute,
        "int", this::whole,
        "float", this::decimal,
        "round", this::round,
        "length", (value, a) -> length("length", value, a),
        "count", (value, a) -> length("count", value, a));
  }

  private Value length(String name, Value value, Value.Arguments arguments) {
    Parameters.of("the filter " + name, arguments);
    return new Value.Whole(Walk.length(value, budget));
  }

  private Value absolute(Value value, Value.Arguments arguments) {
    Parameters.of("the filter abs", arguments);
    var arithmetic = new Arithmetic(budget);
    Value number = arithmetic.positive(value);
    return new Ordering(budget).compare(number, new Value.Whole(0)) < 0
        ? arithmetic.negative(number)
        : number;
  }

  private Value whole(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter int", arguments, "default", "base");
    Value otherwise = given.value("default").orElse(new Value.Whole(0));
    return switch (value) {
      case Value.Whole whole -> whole;
      case Value.Truth(boolean truth) -> new Value.Whole(truth ? 1 : 0);
      case Value.Decimal(double decimal) -> cut(decimal, otherwise);
      case Value.Text text -> parsed(text.value(), base(given), otherwise);
      case Value.Undefined(String why) -> throw new TemplateException(why);
      default -> otherwise;
    };
  }

  private static int base(Parameters given) {
    long base = given.whole("base", 10);
    if (base < 2 || base > 36) throw new TemplateException("a base is between 2 and 36");
    return (int) base;
  }

  private Value parsed(String text, int base, Value otherwise) {
    budget.read(text.length());
    OptionalLong whole = Numbers.whole(text, base);
    if (whole.isPresent()) return new Value.Whole(whole.getAsLong());
    if (digits(text)) throw new TemplateException("the number has more than 64 bits");
    OptionalDouble decimal = Numbers.decimal(text);
    return decimal.isPresent() ? cut(decimal.getAsDouble(), otherwise) : otherwise;
  }

  private static boolean digits(String text) {
    String bare = Characters.strip(text);
    return bare.length() > 18 && bare.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
  }

  private static Value cut(double decimal, Value otherwise) {
    if (Double.isNaN(decimal) || Double.isInfinite(decimal)) return otherwise;
    if (Math.abs(decimal) >= 0x1p63) {
      throw new TemplateException("the number has more than 64 bits");
    }
    return new Value.Whole((long) decimal);
  }

  private Value decimal(Value value, Value.Arguments arguments) {
    Value otherwise =
        Parameters.of("the filter float", arguments, "default")
            .value("default")
            .orElse(new Value.Decimal(0));
    return switch (value) {
      case Value.Whole(long whole) -> new Value.Decimal(whole);
      case Value.Truth(boolean truth) -> new Value.Decimal(truth ? 1 : 0);
      case Value.Decimal decimal -> decimal;
      case Value.Text text -> {
        budget.read(text.value().length());
        OptionalDouble parsed = Numbers.decimal(text.value());
        yield parsed.isPresent() ? new Value.Decimal(parsed.getAsDouble()) : otherwise;
      }
      case Value.Undefined(String why) -> throw new TemplateException(why);
      default -> otherwise;
    };
  }

  /// Rounds the exact value of a double, halves to the even digit, as Python does.
  private Value round(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter round", arguments, "precision", "method");
    String method = given.value("method").isPresent() ? given.text("method") : "common";
    long places = given.whole("precision", 0);
    if (Math.abs(places) > MOST_PLACES) {
      throw new TemplateException("rounding to so many places is not understood");
    }
    return switch (method) {
      case "common" -> rounded(value, (int) places);
      case "ceil" -> shifted(value, places, true);
      case "floor" -> shifted(value, places, false);
      default -> throw new TemplateException("numbers are rounded common, ceil or floor");
    };
  }

  private static Value rounded(Value value, int places) {
    return switch (value) {
      case Value.Decimal(double decimal)
          when !Double.isNaN(decimal) && !Double.isInfinite(decimal) -> {
        double rounded =
            new BigDecimal(decimal).setScale(places, RoundingMode.HALF_EVEN).doubleValue();
        yield new Value.Decimal(Math.copySign(rounded, decimal));
      }
      case Value.Decimal decimal -> decimal;
      case Value.Whole(long whole) ->
          new Value.Whole(
              BigDecimal.valueOf(whole)
                  .setScale(Math.min(places, 0), RoundingMode.HALF_EVEN)
                  .longValueExact());
      case Value.Truth(boolean truth) -> new Value.Whole(truth && places >= 0 ? 1 : 0);
      case Value.Undefined(String why) -> throw new TemplateException(why);
      default -> throw new TemplateException(Shown.type(value) + " cannot be rounded");
    };
  }

  private Value shifted(Value value, long places, boolean up) {
    var arithmetic = new Arithmetic(budget);
    Value factor = arithmetic.apply("**", new Value.Whole(10), new Value.Whole(places));
    Value scaled = arithmetic.apply("*", value, factor);
    if (scaled instanceof Value.Decimal(double decimal)) {
      scaled = cut(up ? Math.ceil(decimal) : Math.floor(decimal), Value.None.NONE);
    }
    return arithmetic.apply("/", scaled, factor);
  }
}
