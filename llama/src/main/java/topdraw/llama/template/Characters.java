package topdraw.llama.template;

/// Text as Python counts it: by code points, with Python's idea of whitespace.
final class Characters {
  private Characters() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /// Whether Python's `str.isspace` says so: Unicode's spaces, and the separators of ASCII.
  static boolean space(int character) {
    return switch (character) {
      case '\t', '\n', 0x0B, '\f', '\r', 0x1C, 0x1D, 0x1E, 0x1F, ' ', 0x85, 0xA0 -> true;
      default ->
          character > 0xFF
              && switch (Character.getType(character)) {
                case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
                default -> false;
              };
    };
  }

  /// Whether Python breaks lines there.
  static boolean lineBreak(char character) {
    return switch (character) {
      case '\n', '\r', 0x0B, '\f', 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  static String stripLeft(String text) {
    return text.substring(leading(text));
  }

  static String stripRight(String text) {
    return text.substring(0, trailing(text));
  }

  static String strip(String text) {
    return stripLeft(stripRight(text));
  }

  /// Without any of the characters `of` at its left.
  static String stripLeft(String text, String of) {
    int start = 0;
    while (start < text.length() && of.indexOf(text.codePointAt(start)) >= 0) {
      start += Character.charCount(text.codePointAt(start));
    }
    return text.substring(start);
  }

  /// Without any of the characters `of` at its right.
  static String stripRight(String text, String of) {
    int end = text.length();
    while (end > 0 && of.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  private static int leading(String text) {
    int start = 0;
    while (start < text.length() && space(text.charAt(start))) start++;
    return start;
  }

  private static int trailing(String text) {
    int end = text.length();
    while (end > 0 && space(text.charAt(end - 1))) end--;
    return end;
  }

  static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  /// The first character as a title begins, the rest in small letters.
  static String capital(String text) {
    if (text.isEmpty()) return text;
    int first = text.offsetByCodePoints(0, 1);
    return title(text.substring(0, first))
        + lower(text).substring(lower(text.substring(0, first)).length());
  }

  /// Every run of letters begun as a title begins, as Python's `str.title` does.
  static String titled(String text) {
    var titled = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      String one = Character.toString(character);
      titled.append(inside ? lower(one) : title(one));
      inside = cased(character);
      i += Character.charCount(character);
    }
    return titled.toString();
  }

  static boolean cased(int character) {
    return Character.isUpperCase(character)
        || Character.isLowerCase(character)
        || Character.isTitleCase(character);
  }

  /// Whether it has letters with a case and all of those are small, or all large.
  static boolean allCased(String text, boolean large) {
    boolean any = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!cased(character)) continue;
      if (Character.isTitleCase(character) || large != Character.isUpperCase(character))
        return false;
      any = true;
    }
    return any;
  }

  private static String title(String character) {
    String upper = upper(character);
    int titled = Character.toTitleCase(character.codePointAt(0));
    // Where capitals are several letters, as of ß, only the first stays large.
    if (upper.codePointCount(0, upper.length()) == 1) return Character.toString(titled);
    int first = upper.offsetByCodePoints(0, 1);
    return upper.substring(0, first) + lower(upper.substring(first));
  }
}
