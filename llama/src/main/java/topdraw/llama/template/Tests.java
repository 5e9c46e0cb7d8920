package topdraw.llama.template;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// The tests by name, as `value is name(argument)` uses them. There are no others.
final class Tests {
  private interface Test {
    boolean of(Value value, Value.Arguments arguments);
  }

  private final Map<String, Test> tests = new HashMap<>();
  private final Budget budget;

  Tests(Budget budget) {
    this.budget = budget;
    kinds();
    numbers();
    comparisons();
  }

  /// Whether a value passes a test.
  ///
  /// @throws TemplateException if there is none of this name, or it does not go with the value
  boolean holds(String name, Value value, Value.Arguments arguments) {
    budget.step();
    Test test = tests.get(name);
    if (test == null) {
      throw new TemplateException("the test " + Shown.name(name) + " is not understood");
    }
    return test.of(value, arguments);
  }

  boolean exists(String name) {
    return tests.containsKey(name);
  }

  private void alone(String name, Predicate<Value> test) {
    tests.put(
        name,
        (value, arguments) -> {
          Parameters.of("the test " + name, arguments);
          return test.test(value);
        });
  }

  private void beside(String name, BiPredicate<Value, Value> test) {
    tests.put(
        name,
        (value, arguments) ->
            test.test(
                value, Parameters.of("the test " + name, arguments, "other").required("other")));
  }

  private void kinds() {
    alone("defined", value -> !(value instanceof Value.Undefined));
    alone("undefined", value -> value instanceof Value.Undefined);
    alone("none", value -> value instanceof Value.None);
    alone("boolean", value -> value instanceof Value.Truth);
    alone("true", value -> value instanceof Value.Truth(boolean truth) && truth);
    alone("false", value -> value instanceof Value.Truth(boolean truth) && !truth);
    alone("integer", value -> value instanceof Value.Whole);
    alone("float", value -> value instanceof Value.Decimal);
    alone("string", value -> value instanceof Value.Text);
    alone("escaped", value -> value instanceof Value.Text(_, boolean safe) && safe);
    alone("mapping", value -> value instanceof Value.Mapping);
    alone("iterable", Walk::possible);
    alone("sequence", Tests::sequence);
    alone("callable", value -> value instanceof Value.Special || value instanceof Value.Undefined);
    alone(
        "number",
        value ->
            value instanceof Value.Whole
                || value instanceof Value.Decimal
                || value instanceof Value.Truth);
    alone("lower", value -> Characters.allCased(new Printed(budget).text(value), false));
    alone("upper", value -> Characters.allCased(new Printed(budget).text(value), true));
  }

  private static boolean sequence(Value value) {
    return switch (value) {
      case Value.Sequence sequence -> sequence.kind() != Value.Kind.VIEW;
      case Value.Text _, Value.Mapping _, Value.Undefined _ -> true;
      default -> false;
    };
  }

  private void numbers() {
    alone("odd", value -> rest(value, 2).equals(new Value.Whole(1)));
    alone("even", value -> !Truths.of(rest(value, 2)));
    beside("divisibleby", (value, by) -> !Truths.of(new Arithmetic(budget).apply("%", value, by)));
  }

  private Value rest(Value value, long by) {
    Value rest = new Arithmetic(budget).apply("%", value, new Value.Whole(by));
    return Keys.of(rest);
  }

  private void comparisons() {
    var ordering = new Ordering(budget);
    for (String name : new String[] {"==", "eq", "equalto"}) beside(name, ordering::equal);
    for (String name : new String[] {"!=", "ne"}) beside(name, (a, b) -> !ordering.equal(a, b));
    for (String name : new String[] {">", "gt", "greaterthan"}) {
      beside(name, (a, b) -> ordering.compare(a, b) > 0);
    }
    for (String name : new String[] {"<", "lt", "lessthan"}) {
      beside(name, (a, b) -> ordering.compare(a, b) < 0);
    }
    for (String name : new String[] {">=", "ge"}) {
      beside(name, (a, b) -> ordering.compare(a, b) >= 0);
    }
    for (String name : new String[] {"<=", "le"}) {
      beside(name, (a, b) -> ordering.compare(a, b) <= 0);
    }
    beside("in", (value, all) -> ordering.contains(all, value));
    beside("sameas", Tests::same);
  }

  /// Only where it is certain what Python says: none and truth values are one object each.
  private static boolean same(Value a, Value b) {
    boolean single = a instanceof Value.None || a instanceof Value.Truth;
    boolean other = b instanceof Value.None || b instanceof Value.Truth;
    if (single || other) return a.equals(b);
    throw new TemplateException("the test sameas is understood of none, true and false only");
  }
}
