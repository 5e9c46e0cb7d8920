package topdraw.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes expressions.
final class Evaluator {
  private final Budget budget;
  private final Arithmetic arithmetic;
  private final Ordering ordering;
  private final Printed printed;
  private final Parts parts;
  private final Tests tests;
  private final Filters filters;

  Evaluator(Budget budget) {
    this.budget = budget;
    arithmetic = new Arithmetic(budget);
    ordering = new Ordering(budget);
    printed = new Printed(budget);
    parts = new Parts(budget);
    tests = new Tests(budget);
    filters = new Filters(budget, tests);
  }

  /// The value of an expression.
  ///
  /// @throws TemplateException with the line of the innermost expression that has none
  Value value(Expression expression, Scope scope) {
    budget.enter();
    try {
      budget.step();
      return compute(expression, scope);
    } catch (TemplateException e) {
      throw e.at(expression.line());
    } finally {
      budget.leave();
    }
  }

  boolean truth(Expression expression, Scope scope) {
    return Truths.of(value(expression, scope));
  }

  String text(Expression expression, Scope scope) {
    return printed.text(value(expression, scope));
  }

  private Value compute(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Constant(Value value, _) -> value;
      case Expression.Name(String name, _) -> scope.get(name);
      case Expression.Items(Value.Kind kind, List<Expression> items, _) ->
          Value.Sequence.of(kind, values(items, scope), budget);
      case Expression.Entries(List<Expression.Entry> entries, _) -> map(entries, scope);
      case Expression.Either either -> either(either, scope);
      case Expression.Logic logic -> logic(logic, scope);
      case Expression.Not(Expression of, _) -> Value.of(!truth(of, scope));
      case Expression.Comparison comparison -> comparison(comparison, scope);
      case Expression.Calculation(Expression first, List<Expression.Step> steps, _) -> {
        Value value = value(first, scope);
        for (Expression.Step step : steps) {
          value = arithmetic.apply(step.operator(), value, value(step.right(), scope));
        }
        yield value;
      }
      case Expression.Joined(List<Expression> of, _) -> {
        var made = new Made(budget);
        for (Expression part : of) made.add(text(part, scope));
        yield new Value.Text(made.toString());
      }
      case Expression.Sign(boolean negative, Expression of, _) ->
          negative ? arithmetic.negative(value(of, scope)) : arithmetic.positive(value(of, scope));
      case Expression.Chain(Expression first, List<Expression.Link> links, _) ->
          linked(value(first, scope), links, scope);
    };
  }

  private List<Value> values(List<Expression> expressions, Scope scope) {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) values.add(value(expression, scope));
    return values;
  }

  private Value map(List<Expression.Entry> entries, Scope scope) {
    Map<Value, Value> map = new LinkedHashMap<>();
    for (Expression.Entry entry : entries) {
      map.put(Keys.stored(value(entry.key(), scope)), value(entry.value(), scope));
    }
    return Value.Mapping.of(map, budget);
  }

  private Value either(Expression.Either either, Scope scope) {
    if (truth(either.condition(), scope)) return value(either.then(), scope);
    Expression otherwise = either.otherwise();
    return otherwise == null
        ? new Value.Undefined("the condition is false and there is no else")
        : value(otherwise, scope);
  }

  private Value logic(Expression.Logic logic, Scope scope) {
    Value value = Value.None.NONE;
    for (Expression part : logic.parts()) {
      value = value(part, scope);
      if (Truths.of(value) == logic.or()) return value;
    }
    return value;
  }

  private Value comparison(Expression.Comparison comparison, Scope scope) {
    Value left = value(comparison.first(), scope);
    for (Expression.Step step : comparison.steps()) {
      Value right = value(step.right(), scope);
      if (!holds(step.operator(), left, right)) return Value.Truth.FALSE;
      left = right;
    }
    return Value.Truth.TRUE;
  }

  private boolean holds(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> ordering.equal(left, right);
      case "!=" -> !ordering.equal(left, right);
      case "in" -> ordering.contains(right, left);
      case "not in" -> !ordering.contains(right, left);
      case "<" -> ordering.compare(left, right) < 0;
      case "<=" -> ordering.compare(left, right) <= 0;
      case ">" -> ordering.compare(left, right) > 0;
      default -> ordering.compare(left, right) >= 0;
    };
  }

  /// A value after what is done to it.
  Value linked(Value value, List<Expression.Link> links, Scope scope) {
    for (Expression.Link link : links) {
      try {
        value = linked(value, link, scope);
      } catch (TemplateException e) {
        throw e.at(link.line());
      }
    }
    return value;
  }

  private Value linked(Value value, Expression.Link link, Scope scope) {
    return switch (link) {
      case Expression.Link.Part(String name, _) -> parts.attribute(value, name);
      case Expression.Link.Item(Expression key, _) -> parts.item(value, value(key, scope));
      case Expression.Link.Slice slice ->
          parts.slice(
              value,
              optional(slice.start(), scope),
              optional(slice.stop(), scope),
              optional(slice.step(), scope));
      case Expression.Link.Call(Expression.Given given, _) -> call(value, arguments(given, scope));
      case Expression.Link.Filtered(String name, Expression.Given given, _) ->
          filters.apply(name, value, arguments(given, scope));
      case Expression.Link.Tested(String name, boolean negated, Expression.Given given, _) ->
          Value.of(test(name, value, arguments(given, scope)) != negated);
    };
  }

  private boolean test(String name, Value value, Value.Arguments arguments) {
    return switch (name) {
      case "filter" -> Keys.of(value) instanceof Value.Text text && filters.exists(text.value());
      case "test" -> Keys.of(value) instanceof Value.Text text && tests.exists(text.value());
      default -> tests.holds(name, value, arguments);
    };
  }

  private @Nullable Value optional(@Nullable Expression expression, Scope scope) {
    return expression == null ? null : value(expression, scope);
  }

  /// What a call gives.
  Value call(Value function, Value.Arguments arguments) {
    return switch (function) {
      case Value.Special special -> special.call().with(arguments);
      case Value.Undefined(String why) -> throw new TemplateException(why);
      default -> throw new TemplateException(Shown.type(function) + " cannot be called");
    };
  }

  /// The values of arguments.
  Value.Arguments arguments(Expression.Given given, Scope scope) {
    List<Value> positional = values(given.positional(), scope);
    Map<String, Value> named = new LinkedHashMap<>();
    for (Expression.Named one : given.named()) name(one.name(), value(one.value(), scope), named);
    Expression rest = given.rest();
    if (rest != null) positional.addAll(Walk.list(value(rest, scope), budget));
    Expression namedRest = given.namedRest();
    if (namedRest != null) {
      if (!(value(namedRest, scope) instanceof Value.Mapping mapping)) {
        throw new TemplateException("what follows ** is not a map");
      }
      mapping.entries().forEach((key, value) -> name(printed.text(key), value, named));
    }
    return new Value.Arguments(positional, named);
  }

  private static void name(String name, Value value, Map<String, Value> named) {
    if (named.put(name, value) != null) {
      throw new TemplateException("the argument " + Shown.name(name) + " is given twice");
    }
  }
}
