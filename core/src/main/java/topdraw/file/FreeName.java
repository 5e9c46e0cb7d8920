package topdraw.file;

import java.nio.file.Files;
import java.nio.file.Path;

/// A name that nothing has yet.
public final class FreeName {
  private FreeName() {}

  /// The name itself, or the first of `name-2`, `name-3` and so on that is free.
  ///
  /// @param name a name without its end
  /// @param end what every name ends with, as `.json`; may be empty
  /// @return a path where there is nothing now
  public static Path of(String name, String end) {
    int i = 1;
    while (Files.exists(nth(name, end, i))) i++;
    return nth(name, end, i);
  }

  /// The name itself, then `name-2`, `name-3` and so on.
  ///
  /// @param name a name without its end
  /// @param end what every name ends with, as `.json`; may be empty
  /// @param i which of them, from 1
  /// @return its path, whatever is there
  public static Path nth(String name, String end, int i) {
    return Path.of(i == 1 ? name + end : name + "-" + i + end);
  }
}
