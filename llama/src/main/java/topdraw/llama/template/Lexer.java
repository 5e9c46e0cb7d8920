package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;

/// Cuts a template into tokens, with `trim_blocks` and `lstrip_blocks` as Jinja does them: the line
/// break after a tag is dropped, and so is the space before one that begins its line; `-` at a
/// tag's end drops all space on that side, `+` keeps it.
final class Lexer {
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private boolean lineStarts = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    var lexer = new Lexer(withLineFeeds(template));
    while (lexer.at < lexer.source.length()) lexer.next();
    lexer.tokens.add(new Token(Token.Kind.END, "", lexer.line));
    return lexer.tokens;
  }

  /// One line break at the very end is not part of a template.
  private static String withLineFeeds(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    return source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
  }

  private void next() {
    int tag = opening(at);
    if (tag < 0) {
      data(source.substring(at));
      at = source.length();
      return;
    }
    String text = source.substring(at, tag);
    char kind = source.charAt(tag + 1);
    at = tag + 2;
    char sign = at < source.length() ? source.charAt(at) : ' ';
    if (sign == '-' || sign == '+') at++;
    data(before(text, sign, kind != '{'));
    countLines(text);
    switch (kind) {
      case '#' -> comment();
      case '{' -> inside(Token.Kind.PRINT_BEGIN, Token.Kind.PRINT_END);
      default -> {
        if (!raw()) inside(Token.Kind.TAG_BEGIN, Token.Kind.TAG_END);
      }
    }
  }

  private int opening(int from) {
    for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) return i;
    }
    return -1;
  }

  private void data(String text) {
    if (!text.isEmpty()) tokens.add(new Token(Token.Kind.DATA, text, line));
  }

  private void countLines(String text) {
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) line++;
  }

  /// What is left of the text before a tag.
  private String before(String text, char sign, boolean block) {
    if (sign == '-') return Characters.stripRight(text);
    if (sign == '+' || !block) return text;
    int start = text.lastIndexOf('\n') + 1;
    boolean begins = start > 0 || lineStarts;
    return begins && Characters.stripRight(text.substring(start)).isEmpty()
        ? text.substring(0, start)
        : text;
  }

  private void comment() {
    int end = source.indexOf("#}", at);
    if (end < 0) throw new TemplateException(line, "a comment {# does not end");
    boolean signed = end > at && "+-".indexOf(source.charAt(end - 1)) >= 0;
    char sign = signed ? source.charAt(end - 1) : ' ';
    int start = at;
    at = end + 2;
    skipAfter(sign);
    countLines(source.substring(start, at));
  }

  /// Moves past what a tag's end takes with it, and notes whether a line begins there.
  private void skipAfter(char sign) {
    if (sign == '-') skipSpace();
    else if (sign != '+' && at < source.length() && source.charAt(at) == '\n') at++;
    lineStarts = source.charAt(at - 1) == '\n';
  }

  private void skipSpace() {
    while (at < source.length() && Characters.space(source.charAt(at))) at++;
  }

  /// Text between `{% raw %}` and `{% endraw %}` as it stands.
  private boolean raw() {
    int start = at;
    skipSpace();
    int ending = rawEnd("raw", false);
    if (ending < 0) {
      at = start;
      return false;
    }
    int from = ending;
    countLines(source.substring(start, from));
    for (int tag = source.indexOf("{%", from); tag >= 0; tag = source.indexOf("{%", tag + 1)) {
      at = tag + 2;
      char sign = at < source.length() ? source.charAt(at) : ' ';
      if (sign == '-' || sign == '+') at++;
      skipSpace();
      int end = rawEnd("endraw", true);
      if (end < 0) continue;
      String text = source.substring(from, tag);
      lineStarts = source.charAt(from - 1) == '\n';
      data(before(text, sign, true));
      countLines(source.substring(from, end));
      at = end;
      lineStarts = source.charAt(at - 1) == '\n';
      return true;
    }
    throw new TemplateException(line, "{% raw %} does not end");
  }

  /// Where a tag of this one word ends, with what it takes along; -1 if it is another.
  private int rawEnd(String word, boolean trimmed) {
    if (!source.startsWith(word, at)) return -1;
    int place = at;
    at += word.length();
    skipSpace();
    boolean minus = source.startsWith("-%}", at);
    boolean plus = trimmed && source.startsWith("+%}", at);
    if (!minus && !plus && !source.startsWith("%}", at)) {
      at = place;
      return -1;
    }
    at += minus || plus ? 3 : 2;
    if (minus) skipSpace();
    else if (trimmed && !plus && at < source.length() && source.charAt(at) == '\n') at++;
    return at;
  }

  private void inside(Token.Kind begin, Token.Kind end) {
    tokens.add(new Token(begin, "", line));
    var words = new TagLexer(source, tokens);
    boolean block = begin == Token.Kind.TAG_BEGIN;
    String close = block ? "%}" : "}}";
    int opened = line;
    while (true) {
      int start = at;
      skipSpace();
      countLines(source.substring(start, at));
      if (at >= source.length()) {
        throw new TemplateException(opened, (block ? "{%" : "{{") + " does not end");
      }
      char sign = source.charAt(at);
      boolean signed = sign == '-' || (block && sign == '+');
      if (words.balanced() && source.startsWith(close, signed ? at + 1 : at)) {
        tokens.add(new Token(end, "", line));
        int from = at;
        at += signed ? 3 : 2;
        // Only the end of a block takes the line break along unasked.
        skipAfter(signed ? sign : block ? ' ' : '+');
        countLines(source.substring(from, at));
        return;
      }
      start = at;
      at = words.next(at, line);
      countLines(source.substring(start, at));
    }
  }
}
