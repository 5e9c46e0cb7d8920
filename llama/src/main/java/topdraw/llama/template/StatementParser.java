package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a template's text and tags.
final class StatementParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int loops;

  private StatementParser(Tokens tokens) {
    this.tokens = tokens;
    expressions = new ExpressionParser(tokens);
  }

  /// Reads a whole template.
  static List<Statement> parse(Tokens tokens) {
    var parser = new StatementParser(tokens);
    return parser.body(Set.of());
  }

  /// Everything up to a tag that begins with one of these words; that word is next.
  private List<Statement> body(Set<String> ends) {
    tokens.enter();
    List<Statement> body = new ArrayList<>();
    while (true) {
      Token token = tokens.next();
      switch (token.kind()) {
        case DATA -> body.add(new Statement.Data(token.text(), token.line()));
        case PRINT_BEGIN -> {
          body.add(new Statement.Print(expressions.tuple(), token.line()));
          tokens.expect(Token.Kind.PRINT_END, "\"}}\"");
        }
        case TAG_BEGIN -> {
          Token word = tokens.current();
          if (word.kind() == Token.Kind.NAME && ends.contains(word.text())) {
            tokens.leave();
            return body;
          }
          body.add(tag());
          tokens.expect(Token.Kind.TAG_END, "\"%}\"");
        }
        default -> {
          if (!ends.isEmpty()) {
            throw new TemplateException(
                token.line(),
                "the template ends before {% "
                    + ends.stream().sorted().findFirst().orElse("")
                    + " %}");
          }
          tokens.leave();
          return body;
        }
      }
    }
  }

  /// The body of a tag, its end taken.
  private List<Statement> block(String end) {
    List<Statement> body = blockUntil(Set.of(end));
    tokens.next();
    return body;
  }

  private List<Statement> blockUntil(Set<String> ends) {
    tokens.skip(":");
    tokens.expect(Token.Kind.TAG_END, "\"%}\"");
    return body(ends);
  }

  private Statement tag() {
    Token word = tokens.expect(Token.Kind.NAME, "the name of a tag");
    int line = word.line();
    return switch (word.text()) {
      case "if" -> condition(line);
      case "for" -> loop(line);
      case "set" -> set(line);
      case "macro" -> macro(line);
      case "call" -> call(line);
      case "filter" -> filter(line);
      case "with" -> with(line);
      case "generation" -> new Statement.Generation(block("endgeneration"), line);
      case "break" -> inLoop(new Statement.Break(line), word);
      case "continue" -> inLoop(new Statement.Continue(line), word);
      default ->
          throw new TemplateException(
              line, "the tag " + Shown.name(word.text()) + " is not understood");
    };
  }

  private Statement inLoop(Statement statement, Token word) {
    if (loops > 0) return statement;
    throw new TemplateException(word.line(), "{% " + word.text() + " %} is outside a loop");
  }

  private Statement condition(int line) {
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    while (true) {
      Expression condition = expressions.tupleWithoutIf();
      List<Statement> body = blockUntil(Set.of("elif", "else", "endif"));
      branches.add(new Statement.Branch(condition, body));
      String word = tokens.next().text();
      if (word.equals("elif")) continue;
      if (word.equals("else")) otherwise = block("endif");
      return new Statement.If(branches, otherwise, line);
    }
  }

  private Statement loop(int line) {
    Statement.Target target = targets("in");
    if (!tokens.skipName("in")) throw tokens.unexpected("\"in\"");
    Expression items = expressions.tupleWithoutIf();
    Expression condition = tokens.skipName("if") ? expressions.expression() : null;
    if (tokens.current().named("recursive")) {
      throw new TemplateException(line, "{% for … recursive %} is not understood");
    }
    loops++;
    List<Statement> body = blockUntil(Set.of("endfor", "else"));
    loops--;
    List<Statement> otherwise = tokens.next().text().equals("else") ? block("endfor") : List.of();
    return new Statement.For(target, items, condition, body, otherwise, line);
  }

  private Statement set(int line) {
    Statement.Target target = targets("");
    if (tokens.skip("=")) return new Statement.Set(target, expressions.tuple(), line);
    List<Expression.Link> filters = new ArrayList<>();
    while (tokens.current().is("|")) filters.add(expressions.filter());
    return new Statement.SetBlock(target, filters, block("endset"), line);
  }

  private Statement.Target targets(String end) {
    List<Statement.Target> targets = new ArrayList<>();
    do {
      if ((tokens.current().kind() != Token.Kind.NAME && !tokens.current().is("("))
          || tokens.current().named(end)) {
        break;
      }
      targets.add(target());
      if (!tokens.current().is(",") && targets.size() == 1) return targets.getFirst();
    } while (tokens.skip(","));
    if (targets.isEmpty()) throw tokens.unexpected("a name to set");
    return new Statement.Target.Several(targets);
  }

  private Statement.Target target() {
    if (tokens.skip("(")) {
      tokens.enter();
      Statement.Target inner = targets("");
      tokens.leave();
      tokens.expect(")");
      return inner;
    }
    Token token = tokens.current();
    String name = tokens.expectName();
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name)) {
      throw new TemplateException(token.line(), Shown.name(name) + " cannot be set");
    }
    if (!tokens.skip(".")) return new Statement.Target.Variable(name);
    tokens.use(name);
    return new Statement.Target.Part(name, tokens.expectName());
  }

  private Statement macro(int line) {
    String name = tokens.expectName();
    Set<String> before = tokens.gather();
    return new Statement.Macro(name, signature(parameters(), "endmacro", before), line);
  }

  private Statement.Signature signature(
      List<Statement.Parameter> parameters, String end, Set<String> before) {
    int outside = loops;
    loops = 0;
    List<Statement> body = block(end);
    loops = outside;
    return new Statement.Signature(parameters, body, tokens.gathered(before));
  }

  private List<Statement.Parameter> parameters() {
    List<Statement.Parameter> parameters = new ArrayList<>();
    tokens.expect("(");
    while (!tokens.current().is(")")) {
      if (!parameters.isEmpty()) tokens.expect(",");
      Token token = tokens.current();
      String name = tokens.expectName();
      @Nullable Expression otherwise = tokens.skip("=") ? expressions.expression() : null;
      boolean before = !parameters.isEmpty() && parameters.getLast().otherwise() != null;
      if (otherwise == null && before) {
        throw new TemplateException(
            token.line(), "the parameter " + Shown.name(name) + " needs a default as those before");
      }
      parameters.add(new Statement.Parameter(name, otherwise));
    }
    tokens.expect(")");
    return parameters;
  }

  private Statement call(int line) {
    Set<String> before = tokens.gather();
    List<Statement.Parameter> parameters = tokens.current().is("(") ? parameters() : List.of();
    Expression call = expressions.expression();
    if (!(call instanceof Expression.Chain chain)
        || !(chain.links().getLast() instanceof Expression.Link.Call)) {
      throw new TemplateException(line, "{% call %} needs a call");
    }
    return new Statement.CallBlock(chain, signature(parameters, "endcall", before), line);
  }

  private Statement filter(int line) {
    List<Expression.Link> filters = new ArrayList<>(List.of(expressions.filterName()));
    while (tokens.current().is("|")) filters.add(expressions.filter());
    return new Statement.FilterBlock(filters, block("endfilter"), line);
  }

  private Statement with(int line) {
    List<Statement.Binding> bindings = new ArrayList<>();
    while (tokens.current().kind() != Token.Kind.TAG_END) {
      if (!bindings.isEmpty()) tokens.expect(",");
      Statement.Target target = new Statement.Target.Variable(tokens.expectName());
      tokens.expect("=");
      bindings.add(new Statement.Binding(target, expressions.expression()));
    }
    return new Statement.With(bindings, block("endwith"), line);
  }
}
