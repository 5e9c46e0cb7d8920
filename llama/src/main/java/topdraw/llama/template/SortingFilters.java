package topdraw.llama.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Filters that compare the items of a sequence: by themselves or by a part of them, large and
/// small letters alike unless told.
final class SortingFilters {
  private final Budget budget;
  private final Ordering ordering;
  private final Paths paths;

  SortingFilters(Budget budget) {
    this.budget = budget;
    ordering = new Ordering(budget);
    paths = new Paths(budget);
  }

  Map<String, Filter> all() {
    return Map.of(
        "sort", this::sort,
        "dictsort", this::sortMap,
        "groupby", this::group,
        "unique", this::unique,
        "min", (value, a) -> extreme("min", value, a, -1),
        "max", (value, a) -> extreme("max", value, a, 1));
  }

  private Value sort(Value value, Value.Arguments arguments) {
    Parameters given =
        Parameters.of("the filter sort", arguments, "reverse", "case_sensitive", "attribute");
    List<List<Value>> keys = new ArrayList<>();
    Value attribute = given.some("attribute").orElse(Value.None.NONE);
    if (attribute instanceof Value.Text text) {
      for (String path : text.value().split(",", -1)) keys.add(Paths.of(new Value.Text(path)));
    } else if (!(attribute instanceof Value.None)) {
      keys.add(List.of(attribute));
    } else {
      keys.add(List.of());
    }
    boolean exact = given.truth("case_sensitive", false);
    Function<Value, Value> key =
        item -> {
          List<Value> parts = new ArrayList<>();
          for (List<Value> path : keys) parts.add(folded(paths.at(item, path), exact));
          return Value.Sequence.list(parts, budget);
        };
    return Value.Sequence.list(
        ordering.sorted(Walk.list(value, budget), key, given.truth("reverse", false)), budget);
  }

  private Value sortMap(Value value, Value.Arguments arguments) {
    Parameters given =
        Parameters.of("the filter dictsort", arguments, "case_sensitive", "by", "reverse");
    String by = given.value("by").isPresent() ? given.text("by") : "key";
    if (!by.equals("key") && !by.equals("value")) {
      throw new TemplateException("a map is sorted by key or by value");
    }
    if (!(value instanceof Value.Mapping mapping)) {
      throw new TemplateException(
          "the filter dictsort needs a map, was given " + Shown.type(value));
    }
    boolean exact = given.truth("case_sensitive", false);
    List<Map.Entry<Value, Value>> sorted =
        ordering.sorted(
            List.copyOf(mapping.entries().entrySet()),
            entry -> folded(by.equals("key") ? entry.getKey() : entry.getValue(), exact),
            given.truth("reverse", false));
    List<Value> pairs = new ArrayList<>();
    for (Map.Entry<Value, Value> entry : sorted) {
      pairs.add(Value.Sequence.tuple(List.of(entry.getKey(), entry.getValue()), budget));
    }
    return Value.Sequence.list(pairs, budget);
  }

  private Value folded(Value key, boolean exact) {
    if (exact || !(key instanceof Value.Text text)) return key;
    budget.make(text.value().length());
    return new Value.Text(Characters.lower(text.value()));
  }

  private Value group(Value value, Value.Arguments arguments) {
    Parameters given =
        Parameters.of("the filter groupby", arguments, "attribute", "default", "case_sensitive");
    List<Value> path = Paths.of(given.required("attribute"));
    Optional<Value> otherwise = given.some("default");
    boolean exact = given.truth("case_sensitive", false);
    Function<Value, Value> part =
        item -> {
          Value at = paths.at(item, path);
          return at instanceof Value.Undefined ? otherwise.orElse(at) : at;
        };
    List<Value> sorted =
        ordering.sorted(Walk.list(value, budget), item -> folded(part.apply(item), exact), false);
    List<Value> groups = new ArrayList<>();
    for (int start = 0; start < sorted.size(); ) {
      Value key = folded(part.apply(sorted.get(start)), exact);
      int end = start + 1;
      while (end < sorted.size()
          && ordering.equal(folded(part.apply(sorted.get(end)), exact), key)) {
        end++;
      }
      Value items = Value.Sequence.list(List.copyOf(sorted.subList(start, end)), budget);
      groups.add(Value.Sequence.tuple(List.of(part.apply(sorted.get(start)), items), budget));
      start = end;
    }
    return Value.Sequence.list(groups, budget);
  }

  /// Each item once, those that cannot be keys compared with all before them.
  private Value unique(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter unique", arguments, "case_sensitive", "attribute");
    boolean exact = given.truth("case_sensitive", false);
    List<Value> path = given.some("attribute").map(Paths::of).orElse(List.of());
    Set<Value> seen = new HashSet<>();
    List<Value> kept = new ArrayList<>();
    for (Iterator<Value> walk = Walk.through(value, budget); walk.hasNext(); ) {
      Value item = walk.next();
      budget.step();
      Value key = folded(paths.at(item, path), exact);
      if (key instanceof Value.Sequence || key instanceof Value.Mapping) {
        throw new TemplateException("the filter unique of lists and maps is not understood");
      }
      // What is not there is one thing, whyever it is not there.
      if (seen.add(key instanceof Value.Undefined ? new Value.Undefined("") : Keys.of(key))) {
        kept.add(item);
      }
    }
    return new Value.Generator(kept.iterator());
  }

  private Value extreme(String name, Value value, Value.Arguments arguments, int sign) {
    Parameters given =
        Parameters.of("the filter " + name, arguments, "case_sensitive", "attribute");
    boolean exact = given.truth("case_sensitive", false);
    List<Value> path = given.some("attribute").map(Paths::of).orElse(List.of());
    Iterator<Value> walk = Walk.through(value, budget);
    if (!walk.hasNext())
      return new Value.Undefined("there is no " + name + " of an empty sequence");
    Value best = walk.next();
    Value bestKey = folded(paths.at(best, path), exact);
    while (walk.hasNext()) {
      Value item = walk.next();
      Value key = folded(paths.at(item, path), exact);
      if (ordering.compare(key, bestKey) * sign > 0) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }
}
