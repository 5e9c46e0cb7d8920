package topdraw.llama.template;

/// Python's escapes in strings; a backslash before anything else stands for itself.
final class Escapes {
  private final String text;
  private final int line;
  private final StringBuilder read = new StringBuilder();
  private int at;

  private Escapes(String text, int line) {
    this.text = text;
    this.line = line;
  }

  static String read(String text, int line) {
    var escapes = new Escapes(text, line);
    while (escapes.at < text.length()) escapes.next();
    return escapes.read.toString();
  }

  private void next() {
    char character = text.charAt(at++);
    if (character != '\\') {
      read.append(character);
      return;
    }
    char escape = text.charAt(at++);
    switch (escape) {
      case '\n' -> {}
      case '\\', '\'', '"' -> read.append(escape);
      case 'n' -> read.append('\n');
      case 'r' -> read.append('\r');
      case 't' -> read.append('\t');
      case 'a' -> read.append('\u0007');
      case 'b' -> read.append('\b');
      case 'f' -> read.append('\f');
      case 'v' -> read.append('\u000b');
      case 'x' -> number(2);
      case 'u' -> number(4);
      case 'U' -> number(8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
      case 'N' -> throw new TemplateException(line, "the escape \\N is not understood");
      default -> other(escape);
    }
  }

  private void number(int digits) {
    int end = at + digits;
    if (end > text.length() || !text.substring(at, end).chars().allMatch(Escapes::hexadecimal)) {
      throw new TemplateException(line, "an escape needs " + digits + " hexadecimal digits");
    }
    long character = Long.parseLong(text.substring(at, end), 16);
    if (character > Character.MAX_CODE_POINT) {
      throw new TemplateException(line, "an escape is beyond the last character");
    }
    read.appendCodePoint((int) character);
    at = end;
  }

  private static boolean hexadecimal(int character) {
    return Character.digit(character, 16) >= 0 && character < 0x80;
  }

  private void octal() {
    int end = at;
    while (end < text.length() && end < at + 2 && "01234567".indexOf(text.charAt(end)) >= 0) end++;
    read.append((char) Integer.parseInt(text.substring(at - 1, end), 8));
    at = end;
  }

  /// Jinja writes characters beyond ASCII as escapes before it reads them, so that a backslash
  /// before one leaves the escape itself.
  private void other(char escape) {
    read.append('\\');
    if (escape < 0x80) {
      read.append(escape);
      return;
    }
    int character = text.codePointAt(at - 1);
    at += Character.charCount(character) - 1;
    read.append(
        character < 0x100
            ? "x%02x".formatted(character)
            : character < 0x10000 ? "u%04x".formatted(character) : "U%08x".formatted(character));
  }
}
