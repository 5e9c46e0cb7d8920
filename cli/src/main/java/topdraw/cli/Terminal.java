package topdraw.cli;

/// What can be shown where: a live progress bar only on a terminal.
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
}
