package topdraw.llama.template;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a loop stands: what a template reads as `loop`.
final class Loop {
  private final List<Value> items;
  private final Ordering ordering;
  private int index = -1;
  private @Nullable List<Value> changing;

  Loop(List<Value> items, Budget budget) {
    this.items = items;
    ordering = new Ordering(budget);
  }

  void advance() {
    index++;
  }

  Value value() {
    Map<String, Supplier<Value>> attributes =
        Map.ofEntries(
            Map.entry("index", () -> whole(index + 1)),
            Map.entry("index0", () -> whole(index)),
            Map.entry("revindex", () -> whole(items.size() - index)),
            Map.entry("revindex0", () -> whole(items.size() - index - 1)),
            Map.entry("first", () -> Value.of(index == 0)),
            Map.entry("last", () -> Value.of(index == items.size() - 1)),
            Map.entry("length", () -> whole(items.size())),
            Map.entry("depth", () -> whole(1)),
            Map.entry("depth0", () -> whole(0)),
            Map.entry("previtem", () -> item(index - 1, "previous")),
            Map.entry("nextitem", () -> item(index + 1, "next")),
            Map.entry("cycle", () -> Value.Special.function("loop.cycle", this::cycle)),
            Map.entry("changed", () -> Value.Special.function("loop.changed", this::changed)));
    return new Value.Special(
        "loop",
        attributes,
        _ -> {
          throw new TemplateException("a loop that is not recursive cannot be called");
        });
  }

  private static Value whole(int number) {
    return new Value.Whole(number);
  }

  private Value item(int at, String which) {
    return at >= 0 && at < items.size()
        ? items.get(at)
        : new Value.Undefined("there is no " + which + " item");
  }

  private Value cycle(Value.Arguments arguments) {
    List<Value> values = arguments.positional();
    if (values.isEmpty()) throw new TemplateException("loop.cycle needs something to go through");
    return values.get(index % values.size());
  }

  private Value changed(Value.Arguments arguments) {
    List<Value> before = changing;
    List<Value> now = arguments.positional();
    boolean same = before != null && before.size() == now.size();
    for (int i = 0; before != null && same && i < now.size(); i++) {
      same = ordering.equal(before.get(i), now.get(i));
    }
    changing = now;
    return Value.of(!same);
  }
}
