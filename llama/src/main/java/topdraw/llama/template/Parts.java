package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of values: `a.b`, `a[b]` and `a[b:c:d]`.
///
/// As in Jinja, `a.b` is first a method and then an entry, `a['b']` the other way round, and what
/// is not there is undefined. The methods are those of [TextMethods] and [Methods]; no name leads
/// anywhere else.
final class Parts {
  private final Budget budget;
  private final Methods methods;
  private final Printed printed;

  Parts(Budget budget) {
    this.budget = budget;
    methods = new Methods(budget);
    printed = new Printed(budget);
  }

  /// `value.name`
  Value attribute(Value value, String name) {
    budget.step();
    requireDefined(value);
    return own(value, name)
        .or(() -> entry(value, new Value.Text(name)))
        .orElseGet(() -> missing(value, name));
  }

  /// `value[key]`
  Value item(Value value, Value key) {
    budget.step();
    requireDefined(value);
    Optional<Value> entry = entry(value, key);
    if (entry.isPresent()) return entry.get();
    String name = key instanceof Value.Text text ? text.value() : printed.repr(key);
    return (key instanceof Value.Text ? own(value, name) : Optional.<Value>empty())
        .orElseGet(() -> missing(value, name));
  }

  private static void requireDefined(Value value) {
    if (value instanceof Value.Undefined(String why)) throw new TemplateException(why);
  }

  private static Value missing(Value value, String name) {
    return new Value.Undefined(Shown.type(value) + " has no part " + Shown.name(name));
  }

  private Optional<Value> own(Value value, String name) {
    // What Python keeps to itself is nothing here.
    if (name.startsWith("_")) return Optional.empty();
    return switch (value) {
      case Value.Special special ->
          Optional.ofNullable(special.attributes().get(name)).map(Supplier::get);
      case Value.Namespace namespace -> Optional.ofNullable(namespace.variables().get(name));
      default -> methods.of(value, name);
    };
  }

  private Optional<Value> entry(Value value, Value key) {
    return switch (value) {
      case Value.Mapping mapping -> mapping(mapping, key);
      case Value.Sequence sequence when sequence.kind() != Value.Kind.VIEW ->
          index(key, sequence.items().size()).map(sequence.items()::get);
      case Value.Text text -> character(text, key);
      default -> Optional.empty();
    };
  }

  private static Optional<Value> mapping(Value.Mapping mapping, Value key) {
    return switch (key) {
      case Value.Sequence _, Value.Mapping _, Value.Generator _, Value.Namespace _ ->
          Optional.empty();
      default -> Optional.ofNullable(mapping.entries().get(Keys.of(key)));
    };
  }

  private Optional<Value> character(Value.Text text, Value key) {
    budget.read(text.value().length());
    int length = Characters.length(text.value());
    return index(key, length)
        .map(
            i -> {
              int start = text.value().offsetByCodePoints(0, i);
              int character = text.value().codePointAt(start);
              return new Value.Text(Character.toString(character), text.safe());
            });
  }

  private static Optional<Integer> index(Value key, int length) {
    long index =
        switch (key) {
          case Value.Whole(long whole) -> whole;
          case Value.Truth(boolean truth) -> truth ? 1 : 0;
          default -> Long.MAX_VALUE;
        };
    if (index < 0) index += length;
    return index >= 0 && index < length ? Optional.of((int) index) : Optional.empty();
  }

  /// `value[start:stop:step]`, each bound missing or none where it is open.
  Value slice(Value value, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
    requireDefined(value);
    return switch (value) {
      case Value.Text text -> {
        budget.read(text.value().length());
        Slice slice = slice(Characters.length(text.value()), start, stop, step);
        yield new Value.Text(cut(text.value(), slice), text.safe());
      }
      case Value.Sequence sequence when sequence.kind() != Value.Kind.VIEW -> {
        Slice slice = slice(sequence.items().size(), start, stop, step);
        budget.steps(slice.count());
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < slice.count(); i++) items.add(sequence.items().get(slice.at(i)));
        yield Value.Sequence.of(sequence.kind(), items, budget);
      }
      default -> throw new TemplateException(Shown.type(value) + " cannot be sliced");
    };
  }

  private String cut(String text, Slice slice) {
    budget.make(slice.count());
    if (slice.count() == 0) return "";
    if (slice.step() == 1) {
      int start = text.offsetByCodePoints(0, slice.start());
      return text.substring(start, text.offsetByCodePoints(start, slice.count()));
    }
    budget.make(text.length());
    int[] characters = text.codePoints().toArray();
    var cut = new StringBuilder();
    for (int i = 0; i < slice.count(); i++) cut.appendCodePoint(characters[slice.at(i)]);
    return cut.toString();
  }

  /// The items that a slice takes.
  private record Slice(int start, long step, int count) {
    int at(int i) {
      return (int) (start + i * step);
    }
  }

  private static Slice slice(
      int length, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
    long by = bound(step, 1);
    if (by == 0) throw new TemplateException("a slice cannot go in steps of 0");
    long first = place(start, by > 0 ? 0 : length - 1, length, by);
    long end = place(stop, by > 0 ? length : -1, length, by);
    long way = by > 0 ? end - first : first - end;
    // Whatever steps further than the whole takes one place at most.
    long stride = Math.min(Math.abs(Math.max(by, -Long.MAX_VALUE)), length + 1L);
    return new Slice(
        (int) first, by > 0 ? stride : -stride, way <= 0 ? 0 : (int) ((way - 1) / stride + 1));
  }

  private static long place(@Nullable Value bound, long open, int length, long by) {
    if (bound == null || bound instanceof Value.None) return open;
    long index = bound(bound, 0);
    if (index < 0) index = Math.max(index, -1L - length) + length;
    return by > 0 ? Math.clamp(index, 0, length) : Math.clamp(index, -1, length - 1);
  }

  private static long bound(@Nullable Value value, long otherwise) {
    return switch (value) {
      case null -> otherwise;
      case Value.None _ -> otherwise;
      case Value.Whole(long whole) -> whole;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      default ->
          throw new TemplateException(
              "a slice needs whole numbers, was given " + Shown.type(value));
    };
  }
}
