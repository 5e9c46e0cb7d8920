package topdraw.llama.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which values are equal, which comes first, and what lies in what, as Python says.
final class Ordering {
  private final Budget budget;

  Ordering(Budget budget) {
    this.budget = budget;
  }

  boolean equal(Value a, Value b) {
    budget.step();
    if (a instanceof Value.Text x && b instanceof Value.Text y) {
      budget.read(Math.min(x.value().length(), y.value().length()));
      return x.value().equals(y.value());
    }
    if (number(a) && number(b)) return compareNumbers(a, b) == 0;
    if (a instanceof Value.Undefined && b instanceof Value.Undefined) return true;
    if (a instanceof Value.Sequence x && b instanceof Value.Sequence y) return equal(x, y);
    if (a instanceof Value.Mapping x && b instanceof Value.Mapping y) return equal(x, y);
    return same(a, b);
  }

  /// What Python calls identical.
  @SuppressWarnings("ReferenceEquality") // of namespaces and functions there may be two alike
  private static boolean same(Value a, Value b) {
    return a == b;
  }

  private boolean equal(Value.Sequence a, Value.Sequence b) {
    if (a.kind() != b.kind()) return false;
    if (a.kind() == Value.Kind.VIEW) {
      throw new TemplateException("comparing the entries of maps is not understood");
    }
    if (a.items().size() != b.items().size()) return false;
    for (int i = 0; i < a.items().size(); i++) {
      if (!equal(a.items().get(i), b.items().get(i))) return false;
    }
    return true;
  }

  private boolean equal(Value.Mapping a, Value.Mapping b) {
    if (a.entries().size() != b.entries().size()) return false;
    for (Map.Entry<Value, Value> entry : a.entries().entrySet()) {
      Value other = b.entries().get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) return false;
    }
    return true;
  }

  /// Below 0 if `a` comes first, above 0 if `b` does, 0 if neither; NaN is first before nothing.
  ///
  /// @throws TemplateException if the two have no order
  double compare(Value a, Value b) {
    budget.step();
    if (a instanceof Value.Text x && b instanceof Value.Text y) {
      budget.read(Math.min(x.value().length(), y.value().length()));
      return compareTexts(x.value(), y.value());
    }
    if (number(a) && number(b)) return compareNumbers(a, b);
    if (a instanceof Value.Sequence x
        && b instanceof Value.Sequence y
        && x.kind() == y.kind()
        && (x.kind() == Value.Kind.LIST || x.kind() == Value.Kind.TUPLE)) {
      return compare(x.items(), y.items());
    }
    throw new TemplateException(
        Shown.type(a) + " and " + Shown.type(b) + " have no order between them");
  }

  private double compare(List<Value> a, List<Value> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!equal(a.get(i), b.get(i))) return compare(a.get(i), b.get(i));
    }
    return Integer.compare(a.size(), b.size());
  }

  /// UTF-16 orders characters beyond the first plane before some within it; Python does not.
  private static int compareTexts(String a, String b) {
    int same = 0;
    int shortest = Math.min(a.length(), b.length());
    while (same < shortest && a.charAt(same) == b.charAt(same)) same++;
    if (same == shortest) return Integer.compare(a.length(), b.length());
    if (same > 0 && Character.isHighSurrogate(a.charAt(same - 1))) same--;
    return Integer.compare(a.codePointAt(same), b.codePointAt(same));
  }

  private static boolean number(Value value) {
    return value instanceof Value.Whole
        || value instanceof Value.Decimal
        || value instanceof Value.Truth;
  }

  private static double compareNumbers(Value a, Value b) {
    if (!(a instanceof Value.Decimal) && !(b instanceof Value.Decimal)) {
      return Long.compare(whole(a), whole(b));
    }
    double x = a instanceof Value.Decimal(double decimal) ? decimal : whole(a);
    double y = b instanceof Value.Decimal(double decimal) ? decimal : whole(b);
    if (Double.isNaN(x) || Double.isNaN(y)) return Double.NaN;
    if (Double.isInfinite(x) || Double.isInfinite(y)) return x == y ? 0 : x < y ? -1 : 1;
    return exact(a).compareTo(exact(b));
  }

  /// A whole number of 64 bits may have no equal among doubles.
  private static BigDecimal exact(Value value) {
    return value instanceof Value.Decimal(double decimal)
        ? new BigDecimal(decimal)
        : BigDecimal.valueOf(whole(value));
  }

  private static long whole(Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> whole;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      default -> throw new IllegalStateException("not a whole number: " + value);
    };
  }

  /// Whether `value` lies in `all`: part of a text, key of a map, item of a sequence.
  boolean contains(Value all, Value value) {
    budget.step();
    return switch (all) {
      case Value.Text text -> {
        if (!(value instanceof Value.Text part)) {
          throw new TemplateException("only text can lie in text, not " + Shown.type(value));
        }
        budget.search(text.value().length(), part.value().length());
        yield text.value().contains(part.value());
      }
      case Value.Mapping mapping -> mapping.entries().containsKey(Keys.of(value));
      case Value.Sequence sequence -> among(sequence.items(), value);
      case Value.Generator generator -> {
        while (generator.items().hasNext()) {
          if (equal(generator.items().next(), value)) yield true;
        }
        yield false;
      }
      case Value.Undefined _ -> false;
      default -> throw new TemplateException("nothing can lie in " + Shown.type(all));
    };
  }

  private boolean among(List<Value> items, Value value) {
    for (Value item : items) {
      if (same(item, value) || equal(item, value)) return true;
    }
    return false;
  }

  /// A stable sort, as Python's `sorted`.
  <T> List<T> sorted(List<T> items, Function<T, Value> key, boolean descending) {
    budget.steps(items.size());
    record Keyed<T>(T item, Value key) {}
    List<Keyed<T>> keyed = new ArrayList<>();
    for (T item : items) keyed.add(new Keyed<>(item, key.apply(item)));
    if (keyed.size() == 1) return items;
    try {
      keyed.sort(
          (a, b) -> {
            double order = compare(a.key(), b.key());
            return (int) Math.signum(descending ? -order : order);
          });
    } catch (IllegalArgumentException e) { // NaN has no place in an order
      throw new TemplateException("these values have no order");
    }
    return keyed.stream().map(Keyed::item).toList();
  }
}
