package topdraw.llama.file;

/// Text of strangers made safe for a terminal: names in model files, tokens, what native code says
/// of them.
public final class Printable {
  private Printable() {}

  /// The text with `?` for whatever a terminal might take for a command: control characters (also
  /// those above ASCII), invisible marks that change the direction or the line, halves of
  /// characters.
  ///
  /// @param text anything
  /// @return as many characters
  public static String text(String text) {
    int[] characters = text.codePoints().map(c -> shows(c) ? c : '?').toArray();
    return new String(characters, 0, characters.length);
  }

  private static boolean shows(int character) {
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
