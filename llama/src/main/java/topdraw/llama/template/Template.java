package topdraw.llama.template;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A chat template, read once and rendered any number of times.
///
///     Template.read("{% for m in messages %}…").render(Map.of("messages", …), now)
///
/// It is read and rendered within [Bounds]; both are safe for templates of anyone.
public final class Template {
  private final List<Statement> statements;
  private final Set<String> names;
  private final Bounds bounds;

  private Template(List<Statement> statements, Set<String> names, Bounds bounds) {
    this.statements = statements;
    this.names = names;
    this.bounds = bounds;
  }

  /// Reads a template.
  ///
  /// @param source Jinja
  /// @return the template
  /// @throws TemplateException if it is not Jinja, or uses a part of it that is not understood
  public static Template read(String source) {
    return read(source, Bounds.DEFAULT);
  }

  /// Reads a template.
  ///
  /// @param source Jinja
  /// @param bounds what reading, and each rendering, may cost
  /// @return the template
  /// @throws TemplateException if it is not Jinja, or uses a part of it that is not understood, or
  ///   is too long or too deep
  public static Template read(String source, Bounds bounds) {
    if (source.length() > bounds.source()) {
      throw new TemplateException(
          "it has " + source.length() + " characters, more than " + bounds.source());
    }
    try {
      var tokens = new Tokens(Lexer.tokens(source), bounds.nesting());
      List<Statement> statements = StatementParser.parse(tokens);
      return new Template(statements, tokens.gather(), bounds);
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /// Whether the template asks what day it is, so that what it makes depends on it.
  ///
  /// @return true if it names `strftime_now`
  public boolean asksTheDate() {
    return names.contains("strftime_now");
  }

  /// Renders the template.
  ///
  /// @param variables by name: null, strings, numbers, booleans, and lists and maps of those
  /// @param now what `strftime_now` takes for the time
  /// @return what it prints
  /// @throws TemplateException if the template refuses (`raise_exception`), does what Jinja would
  ///   not let it do or this package does not understand, or exceeds its bounds
  public String render(Map<String, ? extends @Nullable Object> variables, LocalDateTime now) {
    var budget = new Budget(bounds);
    Map<String, Value> scope = new HashMap<>(new Globals(budget, now).all());
    var given = new Given(budget);
    variables.forEach((name, value) -> scope.put(name, given.of(value)));
    try {
      return new Interpreter(budget).rendered(statements, Scope.outermost(scope, budget).inner());
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /// The bounds fit half of a thread's usual stack; whoever calls may have used up more.
  private static TemplateException tooDeep() {
    return new TemplateException("it is nested deeper than there is stack left for");
  }
}
