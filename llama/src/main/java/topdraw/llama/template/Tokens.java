package topdraw.llama.template;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A template's tokens, read from the first to the last.
final class Tokens {
  private final List<Token> tokens;
  private final int nesting;
  private int at;
  private int depth;
  private Set<String> names = new HashSet<>();

  Tokens(List<Token> tokens, int nesting) {
    this.tokens = tokens;
    this.nesting = nesting;
  }

  Token current() {
    return tokens.get(at);
  }

  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) at++;
    return token;
  }

  boolean skip(String operator) {
    if (!current().is(operator)) return false;
    next();
    return true;
  }

  boolean skipName(String name) {
    if (!current().named(name)) return false;
    next();
    return true;
  }

  Token expect(String operator) {
    if (!current().is(operator)) throw unexpected("\"" + operator + "\"");
    return next();
  }

  Token expect(Token.Kind kind, String what) {
    if (current().kind() != kind) throw unexpected(what);
    return next();
  }

  String expectName() {
    return expect(Token.Kind.NAME, "a name").text();
  }

  TemplateException unexpected(String expected) {
    return new TemplateException(
        current().line(), "expected " + expected + ", found " + current().shown());
  }

  /// Goes a level deeper into brackets or blocks; [#leave] comes back.
  void enter() {
    if (depth >= nesting) {
      throw new TemplateException(
          current().line(), "it is nested more than " + nesting + " levels deep");
    }
    depth++;
  }

  void leave() {
    depth--;
  }

  /// Notes that a name is read.
  void use(String name) {
    names.add(name);
  }

  /// Gathers the names read from here on, apart from those before.
  Set<String> gather() {
    Set<String> before = names;
    names = new HashSet<>();
    return before;
  }

  /// The names read since [#gather], which are given back to those before.
  Set<String> gathered(Set<String> before) {
    Set<String> read = names;
    names = before;
    names.addAll(read);
    return read;
  }
}
