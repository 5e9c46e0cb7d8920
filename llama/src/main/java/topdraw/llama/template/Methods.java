package topdraw.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The methods of maps and sequences, and the way to those of text.
///
/// Those that change their value are not there, as in Jinja's immutable sandbox. Those that Python
/// has and this package does not are an error as soon as they are named, not something undefined
/// that a template would take for missing.
final class Methods {
  private static final Set<String> OTHER_TEXT =
      Set.of("encode", "expandtabs", "format_map", "isidentifier", "maketrans", "translate");
  private static final Set<String> OTHER_NUMBER =
      Set.of(
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "conjugate",
          "denominator",
          "from_bytes",
          "fromhex",
          "hex",
          "imag",
          "is_integer",
          "numerator",
          "real",
          "to_bytes");

  private final Budget budget;
  private final TextMethods texts;

  Methods(Budget budget) {
    this.budget = budget;
    texts = new TextMethods(budget);
  }

  /// A method, bound to its value.
  Optional<Value> of(Value value, String name) {
    return switch (value) {
      case Value.Text text -> {
        requireKnown(OTHER_TEXT, name, "text");
        yield texts.of(text, name);
      }
      case Value.Mapping mapping -> mapping(mapping, name);
      case Value.Sequence sequence -> sequence(sequence, name);
      case Value.Whole _, Value.Decimal _, Value.Truth _ -> {
        requireKnown(OTHER_NUMBER, name, "numbers");
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static void requireKnown(Set<String> others, String name, String of) {
    if (others.contains(name)) {
      throw new TemplateException("the method " + name + " of " + of + " is not understood");
    }
  }

  private Optional<Value> mapping(Value.Mapping mapping, String name) {
    return switch (name) {
      case "items" -> method(name, () -> items(mapping));
      case "keys" -> method(name, () -> view(mapping.entries().keySet()));
      case "values" -> method(name, () -> view(mapping.entries().values()));
      case "copy" -> method(name, () -> mapping);
      case "get" -> Optional.of(Value.Special.function("the method get", a -> get(mapping, a)));
      case "fromkeys" -> throw new TemplateException("the method fromkeys is not understood");
      default -> Optional.empty();
    };
  }

  private interface Result {
    Value make();
  }

  private static Optional<Value> method(String name, Result result) {
    String what = "the method " + name;
    return Optional.of(
        Value.Special.function(
            what,
            arguments -> {
              Parameters.of(what, arguments);
              return result.make();
            }));
  }

  /// A map's keys and values side by side.
  Value items(Value.Mapping mapping) {
    budget.steps(mapping.entries().size());
    List<Value> items = new ArrayList<>();
    mapping
        .entries()
        .forEach((key, value) -> items.add(Value.Sequence.tuple(List.of(key, value), budget)));
    return Value.Sequence.of(Value.Kind.VIEW, items, budget);
  }

  private Value view(java.util.Collection<Value> values) {
    return Value.Sequence.of(Value.Kind.VIEW, List.copyOf(values), budget);
  }

  private static Value get(Value.Mapping mapping, Value.Arguments arguments) {
    Parameters given = positional("get", arguments, "key", "default");
    Value found = mapping.entries().get(Keys.of(given.required("key")));
    return found != null ? found : given.value("default").orElse(Value.None.NONE);
  }

  /// Python's built-in methods take no argument by its name.
  static Parameters positional(String name, Value.Arguments arguments, String... names) {
    String what = "the method " + name;
    if (!arguments.named().isEmpty()) {
      throw new TemplateException(what + " takes no arguments by name");
    }
    return Parameters.of(what, arguments, names);
  }

  private Optional<Value> sequence(Value.Sequence sequence, String name) {
    if (sequence.kind() == Value.Kind.VIEW) return Optional.empty();
    return switch (name) {
      case "copy" ->
          sequence.kind() == Value.Kind.LIST ? method(name, () -> sequence) : Optional.empty();
      case "count" ->
          Optional.of(Value.Special.function("the method count", a -> count(sequence, a)));
      case "index" ->
          Optional.of(Value.Special.function("the method index", a -> index(sequence, a)));
      default -> Optional.empty();
    };
  }

  private Value count(Value.Sequence sequence, Value.Arguments arguments) {
    Value wanted = positional("count", arguments, "value").required("value");
    var ordering = new Ordering(budget);
    return new Value.Whole(
        sequence.items().stream().filter(item -> ordering.equal(item, wanted)).count());
  }

  private Value index(Value.Sequence sequence, Value.Arguments arguments) {
    Value wanted = positional("index", arguments, "value").required("value");
    var ordering = new Ordering(budget);
    for (int i = 0; i < sequence.items().size(); i++) {
      if (ordering.equal(sequence.items().get(i), wanted)) return new Value.Whole(i);
    }
    throw new TemplateException("the list has no such item");
  }

  /// What `dict(…)` makes: the entries of a map or of pairs, and then those named.
  Value mapping(Value.Arguments arguments) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new TemplateException("dict takes at most 1 argument without a name");
    }
    for (Value from : arguments.positional()) entries.putAll(entries(from));
    arguments.named().forEach((name, value) -> entries.put(new Value.Text(name), value));
    return Value.Mapping.of(entries, budget);
  }

  private Map<Value, Value> entries(Value from) {
    if (from instanceof Value.Mapping(Map<Value, Value> entries, _)) return entries;
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Value pair : Walk.list(from, budget)) {
      List<Value> both = Walk.list(pair, budget);
      if (both.size() != 2) throw new TemplateException("a map is made of pairs");
      entries.put(Keys.stored(both.getFirst()), both.getLast());
    }
    return entries;
  }
}
