package topdraw.llama.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a template that are rendered one after the other.
sealed interface Statement {
  /// Where it stands, counted from 1.
  int line();

  /// Text as it stands.
  record Data(String text, int line) implements Statement {}

  /// `{{ value }}`
  record Print(Expression value, int line) implements Statement {}

  /// `{% if %} … {% elif %} … {% else %} … {% endif %}`
  record If(List<Branch> branches, List<Statement> otherwise, int line) implements Statement {}

  /// One condition and what it guards.
  record Branch(Expression condition, List<Statement> body) {}

  /// `{% for target in items if condition %} … {% else %} … {% endfor %}`
  record For(
      Target target,
      Expression items,
      @Nullable Expression condition,
      List<Statement> body,
      List<Statement> otherwise,
      int line)
      implements Statement {}

  /// `{% set target = value %}`
  record Set(Target target, Expression value, int line) implements Statement {}

  /// `{% set target | filter %} … {% endset %}`
  record SetBlock(Target target, List<Expression.Link> filters, List<Statement> body, int line)
      implements Statement {}

  /// `{% macro name(parameters) %} … {% endmacro %}`
  record Macro(String name, Signature signature, int line) implements Statement {}

  /// `{% call(parameters) function(…) %} … {% endcall %}`
  record CallBlock(Expression.Chain call, Signature signature, int line) implements Statement {}

  /// What a macro takes and does.
  ///
  /// @param uses the names read in it, from which Jinja tells whether it takes further arguments
  record Signature(List<Parameter> parameters, List<Statement> body, java.util.Set<String> uses) {}

  /// One parameter of a macro.
  record Parameter(String name, @Nullable Expression otherwise) {}

  /// `{% filter name %} … {% endfilter %}`
  record FilterBlock(List<Expression.Link> filters, List<Statement> body, int line)
      implements Statement {}

  /// `{% with a = b %} … {% endwith %}`
  record With(List<Binding> bindings, List<Statement> body, int line) implements Statement {}

  /// One name of `{% with %}`.
  record Binding(Target target, Expression value) {}

  /// `{% generation %} … {% endgeneration %}`, which marks what the model says
  record Generation(List<Statement> body, int line) implements Statement {}

  /// `{% break %}`
  record Break(int line) implements Statement {}

  /// `{% continue %}`
  record Continue(int line) implements Statement {}

  /// What is assigned to.
  sealed interface Target {
    /// A variable.
    record Variable(String name) implements Target {}

    /// A part of a namespace.
    record Part(String namespace, String name) implements Target {}

    /// Several, from the items of one value.
    record Several(List<Target> targets) implements Target {}
  }
}
