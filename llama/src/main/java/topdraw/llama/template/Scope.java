package topdraw.llama.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of one block, inside those of the blocks around it. What is set in a block is gone
/// after it.
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> variables = new HashMap<>();
  private final Budget budget;

  private Scope(@Nullable Scope outer, Budget budget) {
    this.outer = outer;
    this.budget = budget;
  }

  static Scope outermost(Map<String, Value> variables, Budget budget) {
    var scope = new Scope(null, budget);
    scope.variables.putAll(variables);
    return scope;
  }

  Scope inner() {
    return new Scope(this, budget);
  }

  void set(String name, Value value) {
    variables.put(name, value);
  }

  Value get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      budget.step();
      Value value = scope.variables.get(name);
      if (value != null) return value;
    }
    return new Value.Undefined(Shown.name(name) + " is not defined");
  }
}
