package topdraw.llama.template;

/// How names and values of a template are spoken of in errors: short, and without control
/// characters, since whoever wrote the template chose them.
final class Shown {
  private static final int LONGEST = 64;

  private Shown() {}

  /// A name in quotation marks.
  static String name(String name) {
    int end =
        name.codePointCount(0, name.length()) > LONGEST
            ? name.offsetByCodePoints(0, LONGEST)
            : name.length();
    var shown = new StringBuilder("\"");
    name.substring(0, end)
        .codePoints()
        .map(c -> printable(c) ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.append(end < name.length() ? "…\"" : "\"").toString();
  }

  /// A template's own sentence, such as why it refuses a conversation; one line, a little longer.
  static String sentence(String words) {
    var shown = new StringBuilder();
    words.codePoints().limit(500).map(c -> printable(c) ? c : ' ').forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }

  /// What kind of thing a value is.
  static String type(Value value) {
    return switch (value) {
      case Value.None _ -> "none";
      case Value.Undefined undefined -> "nothing, since " + undefined.why();
      case Value.Truth _ -> "a truth value";
      case Value.Whole _ -> "a whole number";
      case Value.Decimal _ -> "a number";
      case Value.Text _ -> "text";
      case Value.Sequence sequence ->
          switch (sequence.kind()) {
            case LIST -> "a list";
            case TUPLE -> "a tuple";
            case VIEW -> "the entries of a map";
            case RANGE -> "a range";
          };
      case Value.Mapping _ -> "a map";
      case Value.Generator _ -> "the result of a filter";
      case Value.Namespace _ -> "a namespace";
      case Value.Special special -> special.what();
    };
  }

  static boolean printable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
