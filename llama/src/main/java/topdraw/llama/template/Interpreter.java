package topdraw.llama.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Renders statements, one after the other, into a text.
final class Interpreter {
  /// How a list of statements ended.
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final Budget budget;
  private final Evaluator evaluator;
  private final Macros macros;
  private final Printed printed;

  Interpreter(Budget budget) {
    this.budget = budget;
    evaluator = new Evaluator(budget);
    macros = new Macros(budget, evaluator, this::rendered);
    printed = new Printed(budget);
  }

  /// What statements print.
  String rendered(List<Statement> statements, Scope scope) {
    var made = new Made(budget);
    render(statements, scope, made);
    return made.toString();
  }

  private Flow render(List<Statement> statements, Scope scope, Made made) {
    budget.enter();
    for (Statement statement : statements) {
      budget.step();
      try {
        Flow flow = render(statement, scope, made);
        if (flow != Flow.ON) {
          budget.leave();
          return flow;
        }
      } catch (TemplateException e) {
        throw e.at(statement.line());
      }
    }
    budget.leave();
    return Flow.ON;
  }

  private Flow render(Statement statement, Scope scope, Made made) {
    switch (statement) {
      case Statement.Data(String text, _) -> made.add(text);
      case Statement.Print(Expression value, _) -> made.add(evaluator.text(value, scope));
      case Statement.If condition -> {
        return condition(condition, scope, made);
      }
      case Statement.For loop -> {
        return loop(loop, scope, made);
      }
      case Statement.Set(Statement.Target target, Expression value, _) ->
          assign(target, evaluator.value(value, scope), scope);
      case Statement.SetBlock block -> {
        Value text = new Value.Text(rendered(block.body(), scope.inner()));
        assign(block.target(), evaluator.linked(text, block.filters(), scope), scope);
      }
      case Statement.Macro macro ->
          scope.set(macro.name(), macros.macro(macro.name(), macro.signature(), scope));
      case Statement.CallBlock call -> made.add(macros.call(call, scope));
      case Statement.FilterBlock block -> {
        Value text = new Value.Text(rendered(block.body(), scope.inner()));
        made.add(printed.text(evaluator.linked(text, block.filters(), scope)));
      }
      case Statement.With with -> made.add(rendered(with.body(), bound(with, scope)));
      case Statement.Generation(List<Statement> body, _) -> made.add(rendered(body, scope.inner()));
      case Statement.Break _ -> {
        return Flow.BREAK;
      }
      case Statement.Continue _ -> {
        return Flow.CONTINUE;
      }
    }
    return Flow.ON;
  }

  private Scope bound(Statement.With with, Scope scope) {
    Scope inner = scope.inner();
    for (Statement.Binding binding : with.bindings()) {
      assign(binding.target(), evaluator.value(binding.value(), scope), inner);
    }
    return inner;
  }

  private Flow condition(Statement.If condition, Scope scope, Made made) {
    for (Statement.Branch branch : condition.branches()) {
      if (evaluator.truth(branch.condition(), scope)) return render(branch.body(), scope, made);
    }
    return render(condition.otherwise(), scope, made);
  }

  private Flow loop(Statement.For loop, Scope scope, Made made) {
    List<Value> items = items(loop, scope);
    if (items.isEmpty()) {
      return render(loop.otherwise(), scope.inner(), made);
    }
    var state = new Loop(items, budget);
    Value special = state.value();
    for (Value item : items) {
      budget.step();
      state.advance();
      Scope inner = scope.inner();
      inner.set("loop", special);
      assign(loop.target(), item, inner);
      if (render(loop.body(), inner, made) == Flow.BREAK) break;
    }
    return Flow.ON;
  }

  /// The items that pass the loop's own condition, which sees the item but no `loop`.
  private List<Value> items(Statement.For loop, Scope scope) {
    Iterator<Value> walk = Walk.through(evaluator.value(loop.items(), scope), budget);
    Expression condition = loop.condition();
    List<Value> items = new ArrayList<>();
    while (walk.hasNext()) {
      budget.step();
      Value item = walk.next();
      if (condition != null) {
        Scope inner = scope.inner();
        assign(loop.target(), item, inner);
        if (!evaluator.truth(condition, inner)) continue;
      }
      items.add(item);
    }
    return items;
  }

  private void assign(Statement.Target target, Value value, Scope scope) {
    switch (target) {
      case Statement.Target.Variable(String name) -> scope.set(name, value);
      case Statement.Target.Part(String namespace, String name) -> {
        if (!(scope.get(namespace) instanceof Value.Namespace of)) {
          throw new TemplateException("only a namespace has parts that can be set");
        }
        Globals.requireOpen(name);
        of.variables().put(name, value);
      }
      case Statement.Target.Several(List<Statement.Target> targets) -> {
        List<Value> values = Walk.list(value, budget);
        if (values.size() != targets.size()) {
          throw new TemplateException(
              values.size() + " values do not go into " + targets.size() + " names");
        }
        for (int i = 0; i < values.size(); i++) assign(targets.get(i), values.get(i), scope);
      }
    }
  }
}
