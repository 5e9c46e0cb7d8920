package topdraw.cli;

/// What can be shown where: a live progress bar only on a terminal, and no control characters of a
/// model's making.
final class Terminal {
  private Terminal() {}

  /// Whether standard error is a terminal; the launcher knows.
  static boolean live() {
    return Boolean.getBoolean("topdraw.stderr.terminal");
  }

  /// From here on nothing is shown live.
  static void silence() {
    System.clearProperty("topdraw.stderr.terminal");
  }

  /// A text safe to show: control characters other than line feed and tab become visible, so that
  /// model output cannot move the cursor or recolour the screen.
  static String visible(String text) {
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
  static String oneLine(String text, int width) {
    String line = visible(text).strip().replaceAll("\\s+", " ");
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }
}
