package topdraw.llama.template;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The functions that every template finds: `range`, `dict`, `namespace`, `raise_exception` and
/// `strftime_now`.
final class Globals {
  private static final long LONGEST_RANGE = 100_000;

  private final Budget budget;
  private final LocalDateTime now;
  private final Methods methods;
  private final Printed printed;

  Globals(Budget budget, LocalDateTime now) {
    this.budget = budget;
    this.now = now;
    methods = new Methods(budget);
    printed = new Printed(budget);
  }

  Map<String, Value> all() {
    Map<String, Supplier<Value>> none = Map.of();
    return Map.of(
        "range", new Value.Special("range", none, this::range),
        "dict", new Value.Special("dict", none, methods::mapping),
        "namespace", new Value.Special("namespace", none, this::namespace),
        "raise_exception", new Value.Special("raise_exception", none, this::refuse),
        "strftime_now", new Value.Special("strftime_now", none, this::now));
  }

  private Value range(Value.Arguments arguments) {
    if (!arguments.named().isEmpty()) {
      throw new TemplateException("range takes no arguments by name");
    }
    Parameters given = Parameters.of("range", arguments, "start", "stop", "step");
    boolean alone = given.value("stop").isEmpty();
    long start = alone ? 0 : given.whole("start");
    long stop = alone ? given.whole("start") : given.whole("stop");
    long step = given.whole("step", 1);
    if (step == 0) throw new TemplateException("a range cannot go in steps of 0");
    double length = Math.ceil(((double) stop - start) / step);
    if (length > LONGEST_RANGE) {
      throw new TemplateException("a range has more than " + LONGEST_RANGE + " numbers");
    }
    budget.steps((long) Math.max(0, length));
    List<Value> numbers = new ArrayList<>();
    for (long at = start; step > 0 ? at < stop : at > stop; at += step) {
      numbers.add(new Value.Whole(at));
      if (step > 0 ? at > Long.MAX_VALUE - step : at < Long.MIN_VALUE - step) break;
    }
    return Value.Sequence.of(Value.Kind.RANGE, numbers, budget);
  }

  private Value namespace(Value.Arguments arguments) {
    Value.Mapping mapping = (Value.Mapping) methods.mapping(arguments);
    Map<String, Value> variables = new HashMap<>();
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              String name = printed.text(key);
              requireOpen(name);
              variables.put(name, value);
            });
    return new Value.Namespace(variables);
  }

  /// Refuses names that begin with an underscore, as parts of a namespace.
  static void requireOpen(String name) {
    if (name.startsWith("_")) {
      throw new TemplateException(
          "a part of a namespace may not begin with an underscore: " + Shown.name(name));
    }
  }

  private Value refuse(Value.Arguments arguments) {
    Value message = Parameters.of("raise_exception", arguments, "message").required("message");
    throw new TemplateException(Shown.sentence(printed.text(message)));
  }

  private Value now(Value.Arguments arguments) {
    String format = Parameters.of("strftime_now", arguments, "format").text("format");
    return new Value.Text(DateFormat.format(format, now, budget));
  }
}
