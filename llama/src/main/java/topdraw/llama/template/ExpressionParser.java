package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads expressions, with Jinja's ranks of operators.
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /// An expression, or several with commas between as a tuple.
  Expression tuple() {
    return tuple(true);
  }

  /// The same, with `if` after it belonging to the tag.
  Expression tupleWithoutIf() {
    return tuple(false);
  }

  private Expression tuple(boolean withIf) {
    int line = line();
    List<Expression> items = new ArrayList<>();
    do {
      if (tupleEnds() || (!items.isEmpty() && tokens.current().named("recursive"))) break;
      items.add(withIf ? expression() : or());
      if (!tokens.current().is(",") && items.size() == 1) return items.getFirst();
    } while (tokens.skip(","));
    if (items.isEmpty()) throw tokens.unexpected("an expression");
    return new Expression.Items(Value.Kind.TUPLE, items, line);
  }

  private boolean tupleEnds() {
    Token token = tokens.current();
    return token.kind() == Token.Kind.TAG_END
        || token.kind() == Token.Kind.PRINT_END
        || token.is(")");
  }

  Expression expression() {
    tokens.enter();
    int line = line();
    Expression first = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      Expression otherwise = tokens.skipName("else") ? expression() : null;
      first = new Expression.Either(condition, first, otherwise, line);
    }
    tokens.leave();
    return first;
  }

  private int line() {
    return tokens.current().line();
  }

  private Expression or() {
    int line = line();
    List<Expression> parts = new ArrayList<>(List.of(and()));
    while (tokens.skipName("or")) parts.add(and());
    return parts.size() == 1 ? parts.getFirst() : new Expression.Logic(true, parts, line);
  }

  private Expression and() {
    int line = line();
    List<Expression> parts = new ArrayList<>(List.of(not()));
    while (tokens.skipName("and")) parts.add(not());
    return parts.size() == 1 ? parts.getFirst() : new Expression.Logic(false, parts, line);
  }

  private Expression not() {
    int line = line();
    if (!tokens.skipName("not")) return comparison();
    tokens.enter();
    Expression of = not();
    tokens.leave();
    return new Expression.Not(of, line);
  }

  private Expression comparison() {
    int line = line();
    Expression first = sum();
    List<Expression.Step> steps = new ArrayList<>();
    for (String operator = compared(); operator != null; operator = compared()) {
      steps.add(new Expression.Step(operator, sum()));
    }
    return steps.isEmpty() ? first : new Expression.Comparison(first, steps, line);
  }

  private @Nullable String compared() {
    Token token = tokens.current();
    if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
      return tokens.next().text();
    }
    if (tokens.skipName("in")) return "in";
    if (!token.named("not") || !tokens.following().named("in")) return null;
    tokens.next();
    tokens.next();
    return "not in";
  }

  private Expression sum() {
    int line = line();
    Expression first = joined();
    List<Expression.Step> steps = new ArrayList<>();
    while (tokens.current().is("+") || tokens.current().is("-")) {
      steps.add(new Expression.Step(tokens.next().text(), joined()));
    }
    return steps.isEmpty() ? first : new Expression.Calculation(first, steps, line);
  }

  private Expression joined() {
    int line = line();
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skip("~")) parts.add(product());
    return parts.size() == 1 ? parts.getFirst() : new Expression.Joined(parts, line);
  }

  private Expression product() {
    int line = line();
    Expression first = power();
    List<Expression.Step> steps = new ArrayList<>();
    while (tokens.current().is("*")
        || tokens.current().is("/")
        || tokens.current().is("//")
        || tokens.current().is("%")) {
      steps.add(new Expression.Step(tokens.next().text(), power()));
    }
    return steps.isEmpty() ? first : new Expression.Calculation(first, steps, line);
  }

  private Expression power() {
    int line = line();
    Expression first = signed(true);
    List<Expression.Step> steps = new ArrayList<>();
    while (tokens.skip("**")) steps.add(new Expression.Step("**", signed(true)));
    return steps.isEmpty() ? first : new Expression.Calculation(first, steps, line);
  }

  private Expression signed(boolean withFilters) {
    int line = line();
    boolean minus = tokens.current().is("-");
    Expression first;
    if (minus || tokens.current().is("+")) {
      tokens.next();
      tokens.enter();
      first = new Expression.Sign(minus, signed(false), line);
      tokens.leave();
    } else {
      first = primary();
    }
    List<Expression.Link> links = new ArrayList<>();
    while (true) {
      if (tokens.current().is(".") || tokens.current().is("[")) links.add(part());
      else if (tokens.current().is("(")) links.add(call());
      else break;
    }
    if (withFilters) filters(links);
    return links.isEmpty() ? first : new Expression.Chain(first, links, line);
  }

  private void filters(List<Expression.Link> links) {
    while (true) {
      if (tokens.current().is("|")) links.add(filter());
      else if (tokens.current().named("is")) links.add(test());
      else if (tokens.current().is("(")) links.add(call());
      else return;
    }
  }

  /// A name or a literal.
  Expression primary() {
    Token token = tokens.next();
    int line = token.line();
    return switch (token.kind()) {
      case NAME -> name(token.text(), line);
      case STRING -> new Expression.Constant(new Value.Text(strings(token.text())), line);
      case WHOLE -> new Expression.Constant(new Value.Whole(whole(token)), line);
      case DECIMAL ->
          new Expression.Constant(new Value.Decimal(Double.parseDouble(token.text())), line);
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> parenthesised(line);
            case "[" -> list(line);
            case "{" -> map(line);
            default -> throw noExpression(token);
          };
      default -> throw noExpression(token);
    };
  }

  private static TemplateException noExpression(Token token) {
    return new TemplateException(token.line(), "expected an expression, found " + token.shown());
  }

  private Expression name(String name, int line) {
    tokens.use(name);
    return switch (name) {
      case "true", "True" -> new Expression.Constant(Value.Truth.TRUE, line);
      case "false", "False" -> new Expression.Constant(Value.Truth.FALSE, line);
      case "none", "None" -> new Expression.Constant(Value.None.NONE, line);
      default -> new Expression.Name(name, line);
    };
  }

  private String strings(String first) {
    if (tokens.current().kind() != Token.Kind.STRING) return first;
    var joined = new StringBuilder(first);
    while (tokens.current().kind() == Token.Kind.STRING) joined.append(tokens.next().text());
    return joined.toString();
  }

  private static long whole(Token token) {
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException e) {
      throw new TemplateException(token.line(), "a number has more than 64 bits");
    }
  }

  private Expression parenthesised(int line) {
    if (tokens.skip(")")) return new Expression.Items(Value.Kind.TUPLE, List.of(), line);
    tokens.enter();
    Expression inner = tuple();
    tokens.leave();
    tokens.expect(")");
    return inner;
  }

  private Expression list(int line) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.current().is("]")) {
      if (!items.isEmpty()) tokens.expect(",");
      if (tokens.current().is("]")) break;
      items.add(expression());
    }
    tokens.expect("]");
    return new Expression.Items(Value.Kind.LIST, items, line);
  }

  private Expression map(int line) {
    List<Expression.Entry> entries = new ArrayList<>();
    while (!tokens.current().is("}")) {
      if (!entries.isEmpty()) tokens.expect(",");
      if (tokens.current().is("}")) break;
      Expression key = expression();
      tokens.expect(":");
      entries.add(new Expression.Entry(key, expression()));
    }
    tokens.expect("}");
    return new Expression.Entries(entries, line);
  }

  private Expression.Link part() {
    Token token = tokens.next();
    if (token.is(".")) {
      Token name = tokens.next();
      return switch (name.kind()) {
        case NAME -> new Expression.Link.Part(name.text(), name.line());
        case WHOLE ->
            new Expression.Link.Item(
                new Expression.Constant(new Value.Whole(whole(name)), name.line()), name.line());
        default -> throw noExpression(name);
      };
    }
    if (tokens.current().is(":")) return slice(null, token.line());
    Expression key = expression();
    if (tokens.current().is(":")) return slice(key, token.line());
    if (tokens.current().is(",")) {
      throw new TemplateException(token.line(), "several keys in one [] are not understood");
    }
    tokens.expect("]");
    return new Expression.Link.Item(key, token.line());
  }

  private Expression.Link slice(@Nullable Expression start, int line) {
    tokens.expect(":");
    Expression stop = bound();
    Expression step = tokens.skip(":") ? bound() : null;
    tokens.expect("]");
    return new Expression.Link.Slice(start, stop, step, line);
  }

  private @Nullable Expression bound() {
    return tokens.current().is(":") || tokens.current().is("]") ? null : expression();
  }

  private Expression.Link call() {
    int line = line();
    return new Expression.Link.Call(given(), line);
  }

  /// `| name` or `| name(arguments)`
  Expression.Link filter() {
    tokens.expect("|");
    return filterName();
  }

  /// `name` or `name(arguments)`
  Expression.Link filterName() {
    int line = line();
    String name = tokens.expectName();
    return new Expression.Link.Filtered(name, optionallyGiven(), line);
  }

  private Expression.Given optionallyGiven() {
    return tokens.current().is("(") ? given() : Expression.Given.NOTHING;
  }

  private Expression.Link test() {
    int line = tokens.next().line();
    boolean negated = tokens.skipName("not");
    String name = tokens.expectName();
    Token token = tokens.current();
    boolean argument =
        switch (token.kind()) {
          case NAME -> !Set.of("else", "or", "and").contains(token.text());
          case STRING, WHOLE, DECIMAL -> true;
          default -> token.is("[") || token.is("{");
        };
    if (!argument) return new Expression.Link.Tested(name, negated, optionallyGiven(), line);
    if (token.named("is"))
      throw new TemplateException(line, "tests with is cannot follow each other");
    Expression only = primary();
    List<Expression.Link> links = new ArrayList<>();
    while (true) {
      if (tokens.current().is(".") || tokens.current().is("[")) links.add(part());
      else if (tokens.current().is("(")) links.add(call());
      else break;
    }
    Expression of = links.isEmpty() ? only : new Expression.Chain(only, links, line);
    return new Expression.Link.Tested(
        name, negated, new Expression.Given(List.of(of), List.of(), null, null), line);
  }

  private Expression.Given given() {
    tokens.expect("(");
    List<Expression> positional = new ArrayList<>();
    List<Expression.Named> named = new ArrayList<>();
    Expression rest = null;
    Expression namedRest = null;
    for (boolean first = true; !tokens.current().is(")"); first = false) {
      if (!first) tokens.expect(",");
      if (tokens.current().is(")")) break;
      boolean keyword = tokens.current().kind() == Token.Kind.NAME && tokens.following().is("=");
      if (namedRest != null || (rest != null && !keyword && !tokens.current().is("**"))) {
        throw tokens.unexpected("\")\"");
      }
      if (tokens.skip("*")) {
        rest = expression();
      } else if (tokens.skip("**")) {
        namedRest = expression();
      } else if (keyword) {
        String name = tokens.expectName();
        tokens.expect("=");
        named.add(new Expression.Named(name, expression()));
      } else {
        if (!named.isEmpty()) throw tokens.unexpected("an argument by name");
        positional.add(expression());
      }
    }
    tokens.expect(")");
    return new Expression.Given(positional, named, rest, namedRest);
  }
}
