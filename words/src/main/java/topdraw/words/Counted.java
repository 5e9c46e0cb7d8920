package topdraw.words;

/// Numbers of things.
public final class Counted {
  private Counted() {}

  /// How many of a thing.
  ///
  /// @param count how many
  /// @param thing one of them, whose plural ends in s
  /// @return such as `1 prompt` or `12 prompts`
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
