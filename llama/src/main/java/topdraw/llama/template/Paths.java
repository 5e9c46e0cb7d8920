package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;

/// Paths into values, as filters take them by the name `attribute`: `a.b.0`.
final class Paths {
  private final Parts parts;

  Paths(Budget budget) {
    parts = new Parts(budget);
  }

  /// The value at the end of a path.
  Value at(Value value, List<Value> path) {
    Value part = value;
    for (Value step : path) part = parts.item(part, step);
    return part;
  }

  /// A path, read from what a template gives as one.
  static List<Value> of(Value path) {
    if (!(path instanceof Value.Text text)) return List.of(path);
    List<Value> steps = new ArrayList<>();
    for (String step : text.value().split("\\.", -1)) {
      boolean number = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
      steps.add(
          number && step.length() < 10
              ? new Value.Whole(Long.parseLong(step))
              : new Value.Text(step));
    }
    return steps;
  }
}
