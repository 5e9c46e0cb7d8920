package topdraw.words;

/// Text of a model's or a file's making, safe to show.
public final class Visible {
  private Visible() {}

  /// Control characters other than line feed and tab become visible, so that what is shown cannot
  /// move the cursor or recolour the screen.
  ///
  /// @param text the text
  /// @return the same without control characters
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                shown.append(String.format("\\x%02x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /// A text on one line of at most `width` characters.
  ///
  /// @param text the text
  /// @param width the most characters, at least 1
  /// @return the same, cut with an ellipsis where it is longer
  public static String oneLine(String text, int width) {
    String line = of(text).strip().replaceAll("\\s+", " ");
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }
}
