package topdraw.llama.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Filters of sequences and maps that keep their order.
final class SequenceFilters {
  private final Budget budget;
  private final Printed printed;
  private final Paths paths;
  private final Methods methods;
  private final Arithmetic arithmetic;

  SequenceFilters(Budget budget) {
    this.budget = budget;
    printed = new Printed(budget);
    paths = new Paths(budget);
    methods = new Methods(budget);
    arithmetic = new Arithmetic(budget);
  }

  Map<String, Filter> all() {
    return Map.ofEntries(
        Map.entry("list", this::list),
        Map.entry("first", this::first),
        Map.entry("last", this::last),
        Map.entry("join", this::join),
        Map.entry("reverse", this::reverse),
        Map.entry("items", this::items),
        Map.entry("sum", this::sum),
        Map.entry("batch", this::batch),
        Map.entry("slice", this::slice),
        Map.entry("default", this::otherwise),
        Map.entry("d", this::otherwise));
  }

  private Value otherwise(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter default", arguments, "default_value", "boolean");
    boolean missing =
        value instanceof Value.Undefined || (given.truth("boolean", false) && !Truths.of(value));
    return missing ? given.value("default_value").orElse(Value.Text.EMPTY) : value;
  }

  private Value list(Value value, Value.Arguments arguments) {
    Parameters.of("the filter list", arguments);
    return Value.Sequence.list(Walk.list(value, budget), budget);
  }

  private Value first(Value value, Value.Arguments arguments) {
    Parameters.of("the filter first", arguments);
    Iterator<Value> walk = Walk.through(value, budget);
    return walk.hasNext()
        ? walk.next()
        : new Value.Undefined("there is no first item, the sequence was empty");
  }

  private Value last(Value value, Value.Arguments arguments) {
    Parameters.of("the filter last", arguments);
    if (value instanceof Value.Generator) {
      throw new TemplateException("the filter last needs a list, was given " + Shown.type(value));
    }
    List<Value> items = Walk.list(value, budget);
    return items.isEmpty()
        ? new Value.Undefined("there is no last item, the sequence was empty")
        : items.getLast();
  }

  private Value join(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter join", arguments, "d", "attribute");
    String between = given.value("d").map(printed::text).orElse("");
    Optional<List<Value>> path = given.some("attribute").map(Paths::of);
    var made = new Made(budget);
    boolean begun = false;
    for (Iterator<Value> walk = Walk.through(value, budget); walk.hasNext(); begun = true) {
      Value item = walk.next();
      budget.step();
      if (begun) made.add(between);
      made.add(printed.text(path.isPresent() ? paths.at(item, path.get()) : item));
    }
    return new Value.Text(made.toString());
  }

  private Value reverse(Value value, Value.Arguments arguments) {
    Parameters.of("the filter reverse", arguments);
    if (value instanceof Value.Text text) {
      budget.make(text.value().length());
      var reversed = new StringBuilder(text.value()).reverse();
      return new Value.Text(reversed.toString(), text.safe());
    }
    List<Value> items = Walk.list(value, budget).reversed();
    return value instanceof Value.Generator
        ? Value.Sequence.list(items, budget)
        : new Value.Generator(items.iterator());
  }

  /// Like Jinja's, it says that there are no items only to whoever asks for one.
  private Value items(Value value, Value.Arguments arguments) {
    Parameters.of("the filter items", arguments);
    return new Value.Generator(Stream.of(value).flatMap(map -> items(map).stream()).iterator());
  }

  private List<Value> items(Value value) {
    return switch (value) {
      case Value.Undefined _ -> List.of();
      case Value.Mapping mapping -> Walk.list(methods.items(mapping), budget);
      default ->
          throw new TemplateException(
              "the filter items needs a map, was given " + Shown.type(value));
    };
  }

  private Value sum(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter sum", arguments, "attribute", "start");
    Value sum = given.value("start").orElse(new Value.Whole(0));
    if (sum instanceof Value.Text) throw new TemplateException("the filter sum adds no text");
    Optional<List<Value>> path = given.some("attribute").map(Paths::of);
    for (Value item : Walk.list(value, budget)) {
      sum = arithmetic.apply("+", sum, path.isPresent() ? paths.at(item, path.get()) : item);
    }
    return sum;
  }

  private Value batch(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter batch", arguments, "linecount", "fill_with");
    long size = given.whole("linecount");
    Optional<Value> fill = given.some("fill_with");
    if (size < 1) throw new TemplateException("the filter batch needs a size of at least 1");
    List<Value> items = Walk.list(value, budget);
    List<Value> batches = new ArrayList<>();
    for (int start = 0; start < items.size(); start += (int) Math.min(size, items.size())) {
      List<Value> batch =
          new ArrayList<>(items.subList(start, (int) Math.min(start + size, items.size())));
      if (fill.isPresent()) {
        budget.steps(size - batch.size());
        while (batch.size() < size) batch.add(fill.get());
      }
      batches.add(Value.Sequence.list(batch, budget));
    }
    return new Value.Generator(batches.iterator());
  }

  private Value slice(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter slice", arguments, "slices", "fill_with");
    long slices = given.whole("slices");
    Optional<Value> fill = given.some("fill_with");
    if (slices < 1) throw new TemplateException("the filter slice needs at least 1 slice");
    List<Value> items = Walk.list(value, budget);
    budget.steps(slices);
    List<Value> all = new ArrayList<>();
    int start = 0;
    for (long i = 0; i < slices; i++) {
      boolean longer = i < items.size() % slices;
      int end = start + (int) (items.size() / slices) + (longer ? 1 : 0);
      List<Value> slice = new ArrayList<>(items.subList(start, end));
      if (fill.isPresent() && !longer) slice.add(fill.get());
      all.add(Value.Sequence.list(slice, budget));
      start = end;
    }
    return new Value.Generator(all.iterator());
  }
}
