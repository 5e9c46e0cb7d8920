package topdraw.llama.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `map`, and the filters that leave items out. They work while they are walked through, as Jinja's
/// do, so that what is never asked for is never an error.
final class ChoosingFilters {
  /// Puts a value through another filter.
  interface Named {
    Value apply(String name, Value value, Value.Arguments arguments);
  }

  private final Budget budget;
  private final Tests tests;
  private final Named filters;
  private final Paths paths;

  ChoosingFilters(Budget budget, Tests tests, Named filters) {
    this.budget = budget;
    this.tests = tests;
    this.filters = filters;
    paths = new Paths(budget);
  }

  Map<String, Filter> all() {
    return Map.of(
        "map", this::map,
        "select", (value, a) -> chosen("select", value, a, false, true),
        "reject", (value, a) -> chosen("reject", value, a, false, false),
        "selectattr", (value, a) -> chosen("selectattr", value, a, true, true),
        "rejectattr", (value, a) -> chosen("rejectattr", value, a, true, false));
  }

  private Value map(Value value, Value.Arguments arguments) {
    if (!Truths.of(value)) return new Value.Generator(List.<Value>of().iterator());
    Function<Value, Value> function =
        arguments.positional().isEmpty() ? part(arguments) : filter(arguments);
    Iterator<Value> walk = Walk.through(value, budget);
    return new Value.Generator(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return walk.hasNext();
          }

          @Override
          public Value next() {
            budget.step();
            return function.apply(walk.next());
          }
        });
  }

  private Function<Value, Value> part(Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter map", arguments, "attribute", "default");
    List<Value> path = Paths.of(given.required("attribute"));
    Optional<Value> otherwise = given.some("default");
    return item -> {
      Value part = item;
      for (Value step : path) {
        part = paths.at(part, List.of(step));
        if (part instanceof Value.Undefined && otherwise.isPresent()) part = otherwise.get();
      }
      return part;
    };
  }

  private Function<Value, Value> filter(Value.Arguments arguments) {
    String name = name(arguments.positional().getFirst(), "filter");
    Value.Arguments rest = arguments.after(1);
    return item -> filters.apply(name, item, rest);
  }

  private static String name(Value value, String of) {
    if (value instanceof Value.Text text) return text.value();
    throw new TemplateException("the name of a " + of + " is text, was " + Shown.type(value));
  }

  private Value chosen(
      String filter, Value value, Value.Arguments arguments, boolean byPart, boolean keep) {
    if (!Truths.of(value)) return new Value.Generator(List.<Value>of().iterator());
    Predicate<Value> test = test(filter, arguments, byPart);
    Iterator<Value> walk = Walk.through(value, budget);
    return new Value.Generator(
        new Iterator<>() {
          private @Nullable Value next;

          @Override
          public boolean hasNext() {
            while (next == null && walk.hasNext()) {
              budget.step();
              Value item = walk.next();
              if (test.test(item) == keep) next = item;
            }
            return next != null;
          }

          @Override
          public Value next() {
            if (!hasNext() || next == null) throw new NoSuchElementException();
            Value item = next;
            next = null;
            return item;
          }
        });
  }

  private Predicate<Value> test(String filter, Value.Arguments arguments, boolean byPart) {
    if (byPart && arguments.positional().isEmpty()) {
      throw new TemplateException("the filter " + filter + " needs the name of a part");
    }
    List<Value> path = byPart ? Paths.of(arguments.positional().getFirst()) : List.of();
    Value.Arguments rest = arguments.after(byPart ? 1 : 0);
    if (rest.positional().isEmpty()) return item -> Truths.of(paths.at(item, path));
    String name = name(rest.positional().getFirst(), "test");
    Value.Arguments given = rest.after(1);
    return item -> tests.holds(name, paths.at(item, path), given);
  }
}
