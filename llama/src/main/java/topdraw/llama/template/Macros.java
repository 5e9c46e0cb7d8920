package topdraw.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Macros: parts of a template that are called as functions and give text.
final class Macros {
  /// Renders the body of a macro.
  interface Body {
    String rendered(List<Statement> statements, Scope scope);
  }

  private final Budget budget;
  private final Evaluator evaluator;
  private final Body body;

  Macros(Budget budget, Evaluator evaluator, Body body) {
    this.budget = budget;
    this.evaluator = evaluator;
    this.body = body;
  }

  /// A macro that sees the variables of where it was written.
  Value macro(String name, Statement.Signature signature, Scope scope) {
    Map<String, Supplier<Value>> attributes =
        Map.of(
            "name", () -> new Value.Text(name),
            "arguments", () -> names(signature),
            "catch_kwargs", () -> Value.of(catches(signature, "kwargs")),
            "catch_varargs", () -> Value.of(catches(signature, "varargs")),
            "caller", () -> Value.of(catches(signature, "caller")));
    return new Value.Special(
        "the macro " + Shown.name(name),
        attributes,
        arguments -> call(name, signature, scope, arguments));
  }

  private Value names(Statement.Signature signature) {
    List<Value> names = new ArrayList<>();
    for (Statement.Parameter parameter : signature.parameters()) {
      names.add(new Value.Text(parameter.name()));
    }
    return Value.Sequence.tuple(names, budget);
  }

  private static boolean declares(Statement.Signature signature, String name) {
    return signature.parameters().stream().anyMatch(p -> p.name().equals(name));
  }

  private static boolean catches(Statement.Signature signature, String name) {
    return signature.uses().contains(name) && !declares(signature, name);
  }

  private Value call(
      String name, Statement.Signature signature, Scope scope, Value.Arguments arguments) {
    Scope inner = scope.inner();
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    List<Value> given = arguments.positional();
    int count = signature.parameters().size();
    for (int i = 0; i < count; i++) {
      Statement.Parameter parameter = signature.parameters().get(i);
      @Nullable Value value = i < given.size() ? given.get(i) : named.remove(parameter.name());
      if (value != null) inner.set(parameter.name(), value);
      else inner.set(parameter.name(), otherwise(parameter, inner));
    }
    boolean caller = catches(signature, "caller");
    if (caller) {
      Value called = named.remove("caller");
      inner.set("caller", called != null ? called : new Value.Undefined("there is no caller"));
    }
    if (catches(signature, "kwargs")) inner.set("kwargs", keywords(named));
    else if (!named.isEmpty()) throw surplus(name, named.keySet().iterator().next());
    List<Value> rest = given.size() > count ? given.subList(count, given.size()) : List.of();
    if (catches(signature, "varargs")) inner.set("varargs", Value.Sequence.tuple(rest, budget));
    else if (!rest.isEmpty()) {
      throw new TemplateException(
          "the macro "
              + Shown.name(name)
              + " takes "
              + count
              + " arguments, was given "
              + given.size());
    }
    return new Value.Text(body.rendered(signature.body(), inner));
  }

  private Value otherwise(Statement.Parameter parameter, Scope scope) {
    Expression otherwise = parameter.otherwise();
    return otherwise != null
        ? evaluator.value(otherwise, scope)
        : new Value.Undefined("the parameter " + Shown.name(parameter.name()) + " was not given");
  }

  private Value keywords(Map<String, Value> named) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    named.forEach((name, value) -> entries.put(new Value.Text(name), value));
    return Value.Mapping.of(entries, budget);
  }

  private static TemplateException surplus(String macro, String argument) {
    return new TemplateException(
        "the macro " + Shown.name(macro) + " takes no argument " + Shown.name(argument));
  }

  /// What `{% call %}` prints: the call, with the block handed over as `caller`.
  String call(Statement.CallBlock block, Scope scope) {
    List<Expression.Link> links = block.call().links();
    Value first = evaluator.value(block.call().first(), scope);
    Value function = evaluator.linked(first, links.subList(0, links.size() - 1), scope);
    Expression.Link.Call last = (Expression.Link.Call) links.getLast();
    Value.Arguments arguments = evaluator.arguments(last.given(), scope);
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    named.put("caller", macro("caller", block.signature(), scope));
    Value printed = evaluator.call(function, new Value.Arguments(arguments.positional(), named));
    return new Printed(budget).text(printed);
  }
}
