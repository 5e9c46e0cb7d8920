package topdraw.llama.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The words, numbers, strings and operators inside one tag.
final class TagLexer {
  private static final List<String> LONG_OPERATORS = List.of("==", "!=", ">=", "<=", "//", "**");
  private static final String OPERATORS = "+-/*%~[](){}><=.:|,;";

  private final String source;
  private final List<Token> tokens;
  private final Deque<Character> open = new ArrayDeque<>();

  TagLexer(String source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /// Whether every bracket is closed, so that the tag may end here.
  boolean balanced() {
    return open.isEmpty();
  }

  /// Adds the token that begins at a place.
  ///
  /// @return where it ends
  int next(int at, int line) {
    char character = source.charAt(at);
    if (digit(at)) return number(at, line);
    if (character == '\'' || character == '"') return string(at, line);
    if (word(source.codePointAt(at))) return name(at, line);
    for (String operator : LONG_OPERATORS) {
      if (source.startsWith(operator, at)) return operator(operator, at, line);
    }
    if (OPERATORS.indexOf(character) >= 0) return operator(String.valueOf(character), at, line);
    throw new TemplateException(
        line,
        "the character "
            + Shown.name(Character.toString(source.codePointAt(at)))
            + " has no place here");
  }

  private int operator(String operator, int at, int line) {
    switch (operator) {
      case "(" -> open.push(')');
      case "[" -> open.push(']');
      case "{" -> open.push('}');
      case ")", "]", "}" -> {
        if (open.isEmpty() || open.pop() != operator.charAt(0)) {
          throw new TemplateException(line, "\"" + operator + "\" closes nothing that is open");
        }
      }
      default -> {}
    }
    tokens.add(new Token(Token.Kind.OPERATOR, operator, line));
    return at + operator.length();
  }

  private static boolean word(int character) {
    return character == '_' || Character.isLetterOrDigit(character);
  }

  private int name(int at, int line) {
    int end = at;
    while (end < source.length() && word(source.codePointAt(end))) {
      end += Character.charCount(source.codePointAt(end));
    }
    tokens.add(new Token(Token.Kind.NAME, source.substring(at, end), line));
    return end;
  }

  private boolean digit(int at) {
    return at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9';
  }

  private int number(int at, int line) {
    int end = digits(at);
    // After a point digits are a place, as in `messages.0.content`.
    boolean decimal = at == 0 || source.charAt(at - 1) != '.';
    int fraction =
        decimal && end < source.length() && source.charAt(end) == '.' && digit(end + 1)
            ? digits(end + 1)
            : end;
    int exponent = decimal ? exponent(fraction) : fraction;
    if (exponent > end) {
      tokens.add(new Token(Token.Kind.DECIMAL, plain(at, exponent), line));
      return exponent;
    }
    boolean prefixed = source.charAt(at) == '0' && end == at + 1 && end < source.length();
    if (prefixed && "xXoObB".indexOf(source.charAt(end)) >= 0) {
      throw new TemplateException(line, "numbers of other bases than 10 are not understood");
    }
    tokens.add(new Token(Token.Kind.WHOLE, plain(at, end), line));
    return end;
  }

  private String plain(int start, int end) {
    return source.substring(start, end).replace("_", "");
  }

  private int digits(int at) {
    int end = at;
    while (digit(end)
        || (end > at && end < source.length() && source.charAt(end) == '_' && digit(end + 1))) {
      end++;
    }
    return end;
  }

  private int exponent(int at) {
    if (at >= source.length() || "eE".indexOf(source.charAt(at)) < 0) return at;
    boolean signed = at + 1 < source.length() && "+-".indexOf(source.charAt(at + 1)) >= 0;
    int digits = at + (signed ? 2 : 1);
    return digit(digits) ? digits(digits) : at;
  }

  private int string(int at, int line) {
    char quote = source.charAt(at);
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) throw new TemplateException(line, "a string does not end");
    String text = source.substring(at + 1, end);
    tokens.add(
        new Token(
            Token.Kind.STRING, text.indexOf('\\') < 0 ? text : Escapes.read(text, line), line));
    return end + 1;
  }
}
