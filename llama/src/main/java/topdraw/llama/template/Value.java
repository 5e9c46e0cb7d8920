package topdraw.llama.template;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a template computes with. All that holds other values says how deep it is, so that whoever
/// walks it cannot run out of stack.
sealed interface Value {
  static Truth of(boolean value) {
    return value ? Truth.TRUE : Truth.FALSE;
  }

  /// How many values lie inside each other here.
  default int depth() {
    return 0;
  }

  /// Python's `None`.
  record None() implements Value {
    static final None NONE = new None();
  }

  /// A name or a part that is not there: empty where it is printed or walked through, an error
  /// where it is computed with.
  ///
  /// @param why what to say then
  record Undefined(String why) implements Value {}

  /// A truth value.
  record Truth(boolean value) implements Value {
    static final Truth TRUE = new Truth(true);
    static final Truth FALSE = new Truth(false);
  }

  /// A whole number.
  record Whole(long value) implements Value {}

  /// A floating-point number.
  record Decimal(double value) implements Value {}

  /// A text.
  ///
  /// @param safe whether it is marked as HTML, so that what is added to it is escaped
  record Text(String value, boolean safe) implements Value, Comparable<Text> {
    static final Text EMPTY = new Text("");

    Text(String value) {
      this(value, false);
    }

    /// An order, so that a map stays fast when a stranger chooses keys of one hash.
    @Override
    public int compareTo(Text other) {
      int order = value.compareTo(other.value);
      return order != 0 ? order : Boolean.compare(safe, other.safe);
    }
  }

  /// How a sequence came to be, which decides what may be done with it.
  enum Kind {
    /// A list.
    LIST,
    /// A tuple.
    TUPLE,
    /// The keys, values or items of a map: walked through and counted, but not indexed.
    VIEW,
    /// What `range` gives.
    RANGE
  }

  /// A sequence that can be walked through any number of times.
  record Sequence(Kind kind, List<Value> items, int depth) implements Value {
    private static final Sequence EMPTY = new Sequence(Kind.LIST, List.of(), 1);

    static Sequence empty() {
      return EMPTY;
    }

    static Sequence of(Kind kind, List<Value> items, Budget budget) {
      budget.steps(items.size());
      int deepest = 0;
      for (Value item : items) deepest = Math.max(deepest, item.depth());
      return new Sequence(kind, Collections.unmodifiableList(items), budget.above(deepest));
    }

    static Sequence list(List<Value> items, Budget budget) {
      return of(Kind.LIST, items, budget);
    }

    static Sequence tuple(List<Value> items, Budget budget) {
      return of(Kind.TUPLE, items, budget);
    }
  }

  /// A map, in the order in which it was written. Keys are plain texts and whole numbers.
  record Mapping(Map<Value, Value> entries, int depth) implements Value {
    static Mapping of(Map<Value, Value> entries, Budget budget) {
      budget.steps(entries.size());
      int deepest = 0;
      for (Value value : entries.values()) deepest = Math.max(deepest, value.depth());
      return new Mapping(
          Collections.unmodifiableMap(new LinkedHashMap<>(entries)), budget.above(deepest));
    }
  }

  /// What filters such as `map` give: walked through once, and empty from then on.
  record Generator(Iterator<Value> items) implements Value {}

  /// What `namespace()` makes: the one thing whose parts a template can set.
  record Namespace(Map<String, Value> variables) implements Value {}

  /// A function, a method bound to its value, a macro, or `loop`.
  ///
  /// @param what how to speak of it
  /// @param attributes its parts, by name
  /// @param call what happens when it is called
  record Special(String what, Map<String, Supplier<Value>> attributes, Call call) implements Value {
    static Special function(String name, Call call) {
      return new Special(name, Map.of(), call);
    }
  }

  /// What is given in a call.
  ///
  /// @param positional those without a name
  /// @param named those with one, in the order written
  record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Value... positional) {
      return new Arguments(List.of(positional), Map.of());
    }

    /// These without the first `count` that have no name.
    Arguments after(int count) {
      return new Arguments(positional.subList(count, positional.size()), named);
    }
  }

  /// What happens when something is called.
  interface Call {
    Value with(Arguments arguments);
  }
}
