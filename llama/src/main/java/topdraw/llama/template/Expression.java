package topdraw.llama.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a template computes, as it is written.
sealed interface Expression {
  /// Where it stands, counted from 1.
  int line();

  /// A number, a text, true, false or none.
  record Constant(Value value, int line) implements Expression {}

  /// A variable.
  record Name(String name, int line) implements Expression {}

  /// `[a, b]` or `(a, b)`
  record Items(Value.Kind kind, List<Expression> items, int line) implements Expression {}

  /// `{a: b}`
  record Entries(List<Entry> entries, int line) implements Expression {}

  /// One entry of a map.
  record Entry(Expression key, Expression value) {}

  /// `then if condition else otherwise`
  record Either(Expression condition, Expression then, @Nullable Expression otherwise, int line)
      implements Expression {}

  /// `a or b or c`, or the same with `and`
  record Logic(boolean or, List<Expression> parts, int line) implements Expression {}

  /// `not a`
  record Not(Expression of, int line) implements Expression {}

  /// `a < b <= c`
  record Comparison(Expression first, List<Step> steps, int line) implements Expression {}

  /// `a + b - c`: operators of one rank, from left to right
  record Calculation(Expression first, List<Step> steps, int line) implements Expression {}

  /// An operator and what stands on its right.
  record Step(String operator, Expression right) {}

  /// `a ~ b`
  record Joined(List<Expression> parts, int line) implements Expression {}

  /// `-a`, `+a`
  record Sign(boolean negative, Expression of, int line) implements Expression {}

  /// `a.b[c](d) | e is f`: a value and what is done to it, one after the other
  record Chain(Expression first, List<Link> links, int line) implements Expression {}

  /// What is done to a value.
  sealed interface Link {
    int line();

    /// `.name`
    record Part(String name, int line) implements Link {}

    /// `[key]`
    record Item(Expression key, int line) implements Link {}

    /// `[start:stop:step]`
    record Slice(
        @Nullable Expression start, @Nullable Expression stop, @Nullable Expression step, int line)
        implements Link {}

    /// `(arguments)`
    record Call(Given given, int line) implements Link {}

    /// `| name(arguments)`
    record Filtered(String name, Given given, int line) implements Link {}

    /// `is name(arguments)`, `is not name(arguments)`
    record Tested(String name, boolean negated, Given given, int line) implements Link {}
  }

  /// The arguments of a call.
  ///
  /// @param rest after `*`
  /// @param namedRest after `**`
  record Given(
      List<Expression> positional,
      List<Named> named,
      @Nullable Expression rest,
      @Nullable Expression namedRest) {
    static final Given NOTHING = new Given(List.of(), List.of(), null, null);
  }

  /// An argument by name.
  record Named(String name, Expression value) {}
}
