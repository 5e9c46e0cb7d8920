package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;

/// `+ - * / // % **` and signs, with Python's meanings. Whole numbers have 64 bits; what would need
/// more is an error.
final class Arithmetic {
  private final Budget budget;

  Arithmetic(Budget budget) {
    this.budget = budget;
  }

  Value apply(String operator, Value a, Value b) {
    budget.step();
    if (a instanceof Value.Undefined(String why)) throw new TemplateException(why);
    if (b instanceof Value.Undefined(String why) && !formats(operator, a)) {
      throw new TemplateException(why);
    }
    try {
      if (number(a) && number(b)) return numbers(operator, a, b);
    } catch (ArithmeticException e) {
      throw new TemplateException(
          a.equals(b) || !zero(b) || operator.equals("*") || operator.equals("+")
              ? "the result has more than 64 bits"
              : "division by zero");
    }
    return switch (operator) {
      case "+" -> sum(a, b);
      case "*" -> repeated(a, b);
      case "%" -> formatted(a, b);
      default -> throw unfit(operator, a, b);
    };
  }

  private static boolean formats(String operator, Value a) {
    return operator.equals("%") && a instanceof Value.Text;
  }

  Value negative(Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> {
        if (whole == Long.MIN_VALUE)
          throw new TemplateException("the result has more than 64 bits");
        yield new Value.Whole(-whole);
      }
      case Value.Truth(boolean truth) -> new Value.Whole(truth ? -1 : 0);
      case Value.Decimal(double decimal) -> new Value.Decimal(-decimal);
      case Value.Undefined(String why) -> throw new TemplateException(why);
      default -> throw new TemplateException(Shown.type(value) + " has no sign");
    };
  }

  Value positive(Value value) {
    return value instanceof Value.Decimal ? value : negative(negative(value));
  }

  private static boolean number(Value value) {
    return value instanceof Value.Whole
        || value instanceof Value.Decimal
        || value instanceof Value.Truth;
  }

  private static boolean zero(Value value) {
    return value instanceof Value.Decimal(double decimal) ? decimal == 0 : whole(value) == 0;
  }

  private static long whole(Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> whole;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      default -> throw new IllegalStateException("not a whole number: " + value);
    };
  }

  private static double decimal(Value value) {
    return value instanceof Value.Decimal(double decimal) ? decimal : whole(value);
  }

  private static Value numbers(String operator, Value a, Value b) {
    if (operator.equals("/")) {
      if (zero(b)) throw new ArithmeticException();
      return new Value.Decimal(decimal(a) / decimal(b));
    }
    boolean whole = !(a instanceof Value.Decimal) && !(b instanceof Value.Decimal);
    if (operator.equals("**")) return power(a, b, whole);
    return whole
        ? new Value.Whole(wholes(operator, whole(a), whole(b)))
        : new Value.Decimal(decimals(operator, decimal(a), decimal(b)));
  }

  private static long wholes(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDivExact(a, b);
      case "%" -> Math.floorMod(a, b);
      default -> throw new IllegalStateException("no operator " + operator);
    };
  }

  private static double decimals(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "//" -> {
        if (b == 0) throw new ArithmeticException();
        yield floorDivided(a, b);
      }
      case "%" -> {
        if (b == 0) throw new ArithmeticException();
        yield modulo(a, b);
      }
      default -> throw new IllegalStateException("no operator " + operator);
    };
  }

  private static double modulo(double a, double b) {
    double rest = a % b;
    if (rest == 0) return Math.copySign(0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
  }

  /// Python divides what the remainder leaves, and rounds that to the nearest whole number.
  private static double floorDivided(double a, double b) {
    double rest = a % b;
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0)) quotient -= 1;
    if (quotient == 0) return Math.copySign(0, a / b);
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static Value power(Value base, Value exponent, boolean whole) {
    if (whole && whole(exponent) >= 0) {
      long result = 1;
      long factor = whole(base);
      if (Math.abs(factor) > 1 && whole(exponent) > 63) throw new ArithmeticException("overflow");
      long times =
          Math.abs(factor) > 1
              ? whole(exponent)
              : Math.min(whole(exponent), 2 - (whole(exponent) & 1));
      for (long i = 0; i < times; i++) result = Math.multiplyExact(result, factor);
      return new Value.Whole(result);
    }
    if (decimal(base) < 0 && decimal(exponent) != Math.rint(decimal(exponent))) {
      throw new TemplateException("a complex power is not understood");
    }
    if (zero(base) && decimal(exponent) < 0) throw new TemplateException("division by zero");
    double power = Math.pow(decimal(base), decimal(exponent));
    if (Double.isInfinite(power) && !Double.isInfinite(decimal(base))) {
      throw new TemplateException("the result is too large");
    }
    return new Value.Decimal(power);
  }

  private Value sum(Value a, Value b) {
    if (a instanceof Value.Text x && b instanceof Value.Text y) {
      boolean safe = x.safe() || y.safe();
      var made = new Made(budget);
      made.add(safe && !x.safe() ? Html.escaped(x.value(), budget) : x.value());
      made.add(safe && !y.safe() ? Html.escaped(y.value(), budget) : y.value());
      return new Value.Text(made.toString(), safe);
    }
    if (a instanceof Value.Sequence x && b instanceof Value.Sequence y && x.kind() == y.kind()) {
      if (x.kind() == Value.Kind.VIEW || x.kind() == Value.Kind.RANGE) throw unfit("+", a, b);
      budget.steps((long) x.items().size() + y.items().size());
      List<Value> items = new ArrayList<>(x.items());
      items.addAll(y.items());
      return Value.Sequence.of(x.kind(), items, budget);
    }
    throw unfit("+", a, b);
  }

  private Value repeated(Value a, Value b) {
    if (b instanceof Value.Text || b instanceof Value.Sequence) return repeat(b, a, a, b);
    return repeat(a, b, a, b);
  }

  private Value repeat(Value what, Value count, Value a, Value b) {
    if (!number(count) || count instanceof Value.Decimal) throw unfit("*", a, b);
    long times = Math.max(0, whole(count));
    return switch (what) {
      case Value.Text text ->
          new Value.Text(new Made(budget).repeat(text.value(), times).toString(), text.safe());
      case Value.Sequence sequence
          when sequence.kind() == Value.Kind.LIST || sequence.kind() == Value.Kind.TUPLE -> {
        int size = sequence.items().size();
        budget.steps(size == 0 ? 0 : times > Integer.MAX_VALUE ? Long.MAX_VALUE : times * size);
        List<Value> items = new ArrayList<>();
        for (long i = 0; i < (size == 0 ? 0 : times); i++) items.addAll(sequence.items());
        yield Value.Sequence.of(sequence.kind(), items, budget);
      }
      default -> throw unfit("*", a, b);
    };
  }

  private Value formatted(Value a, Value b) {
    if (!(a instanceof Value.Text text)) throw unfit("%", a, b);
    if (text.safe()) throw new TemplateException("formatting a text marked safe is not understood");
    return new Value.Text(new PercentFormat(budget).format(text.value(), b));
  }

  private static TemplateException unfit(String operator, Value a, Value b) {
    return new TemplateException(
        operator + " does not go with " + Shown.type(a) + " and " + Shown.type(b));
  }
}
