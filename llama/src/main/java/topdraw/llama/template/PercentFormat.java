package topdraw.llama.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// `'%s of %d' % (…)`: the conversions s, r, d, i, f, x and X, with flags, width and precision.
final class PercentFormat {
  private static final int WIDEST = 9;

  private final Budget budget;
  private final Printed printed;

  private String format = "";
  private int at;

  PercentFormat(Budget budget) {
    this.budget = budget;
    printed = new Printed(budget);
  }

  private record Field(String flags, long width, int precision) {
    boolean has(char flag) {
      return flags.indexOf(flag) >= 0;
    }
  }

  String format(String text, Value values) {
    format = text;
    at = 0;
    List<Value> given =
        values instanceof Value.Sequence sequence && sequence.kind() == Value.Kind.TUPLE
            ? sequence.items()
            : List.of(values);
    var made = new Made(budget);
    int used = 0;
    boolean named = false;
    while (at < format.length()) {
      char character = format.charAt(at++);
      if (character != '%') {
        made.add(String.valueOf(character));
      } else if (at < format.length() && format.charAt(at) == '%') {
        at++;
        made.add("%");
      } else if (at < format.length() && format.charAt(at) == '(') {
        named = true;
        Value value = named(values);
        field(value, made);
      } else {
        if (used >= given.size()) throw new TemplateException("the format needs more values");
        field(given.get(used++), made);
      }
    }
    if (!named && used < given.size() && counted(values)) {
      throw new TemplateException("the format is given more values than it uses");
    }
    return made.toString();
  }

  /// Whether Python minds values that are left over: not where they might be looked up by name, as
  /// in a map, and for that it takes a list too.
  private static boolean counted(Value values) {
    return switch (values) {
      case Value.Mapping _, Value.Undefined _ -> false;
      case Value.Sequence sequence ->
          sequence.kind() == Value.Kind.TUPLE || sequence.kind() == Value.Kind.VIEW;
      default -> true;
    };
  }

  private Value named(Value values) {
    int end = format.indexOf(')', at);
    if (end < 0) throw new TemplateException("the format ends inside %(");
    var name = new Value.Text(format.substring(at + 1, end));
    at = end + 1;
    Value value = values instanceof Value.Mapping mapping ? mapping.entries().get(name) : null;
    if (value == null) {
      throw new TemplateException("the format has no value " + Shown.name(name.value()));
    }
    return value;
  }

  private void field(Value value, Made made) {
    int start = at;
    while (at < format.length() && "-+ 0#".indexOf(format.charAt(at)) >= 0) at++;
    String flags = format.substring(start, at);
    int width = number();
    int precision = -1;
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      precision = number();
    }
    if (at >= format.length()) throw new TemplateException("the format ends after %");
    convert(format.charAt(at++), new Field(flags, width, precision), value, made);
  }

  private int number() {
    int start = at;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') at++;
    if (at - start > WIDEST) throw new TemplateException("the format has a number too large");
    return at == start ? 0 : Integer.parseInt(format.substring(start, at));
  }

  private void convert(char conversion, Field field, Value value, Made made) {
    switch (conversion) {
      case 's' -> text(printed.text(value), field, made);
      case 'r' -> text(printed.repr(value), field, made);
      case 'd', 'i', 'u' -> digits(Long.toString(whole(value, conversion)), field, made);
      case 'x' -> digits(Long.toString(whole(value, conversion), 16), field, made);
      case 'X' ->
          digits(Characters.upper(Long.toString(whole(value, conversion), 16)), field, made);
      case 'f', 'F' -> digits(fixed(value, field), field, made);
      default ->
          throw new TemplateException(
              "the format " + Shown.name("%" + conversion) + " is not understood");
    }
  }

  private void text(String text, Field field, Made made) {
    int length = Characters.length(text);
    boolean cut = field.precision() >= 0 && field.precision() < length;
    String shown = cut ? text.substring(0, text.offsetByCodePoints(0, field.precision())) : text;
    pad(shown, field, made);
  }

  private static void pad(String text, Field field, Made made) {
    long missing = field.width() - Characters.length(text);
    if (field.has('-')) made.add(text).repeat(" ", missing);
    else made.repeat(" ", missing).add(text);
  }

  private void digits(String number, Field field, Made made) {
    if (field.has('#')) throw new TemplateException("the format flag # is not understood");
    boolean negative = number.startsWith("-");
    String sign = negative ? "-" : field.has('+') ? "+" : field.has(' ') ? " " : "";
    String bare = negative ? number.substring(1) : number;
    if (field.precision() > 0 && bare.indexOf('.') < 0) {
      bare = new Made(budget).repeat("0", field.precision() - bare.length()).add(bare).toString();
    }
    if (field.has('0') && !field.has('-')) {
      made.add(sign).repeat("0", field.width() - sign.length() - bare.length()).add(bare);
    } else {
      pad(sign + bare, field, made);
    }
  }

  private static long whole(Value value, char conversion) {
    return switch (value) {
      case Value.Whole(long whole) -> whole;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      case Value.Decimal(double decimal)
          when conversion != 'x' && conversion != 'X' && Math.abs(decimal) < 1e18 ->
          (long) decimal;
      default ->
          throw new TemplateException(
              "the format %"
                  + conversion
                  + " needs a whole number, was given "
                  + Shown.type(value));
    };
  }

  private String fixed(Value value, Field field) {
    double number = value instanceof Value.Decimal(double decimal) ? decimal : whole(value, 'f');
    int places = field.precision() < 0 ? 6 : field.precision();
    if (places > 300 || Double.isNaN(number) || Double.isInfinite(number)) {
      throw new TemplateException("the format f of such a number is not understood");
    }
    budget.make(places);
    String fixed = new BigDecimal(number).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    return 1 / number < 0 && !fixed.startsWith("-") ? "-" + fixed : fixed;
  }
}
