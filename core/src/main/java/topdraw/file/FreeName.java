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
    Path path = Path.of(name + end);
    for (int i = 2; Files.exists(path); i++) {
      path = Path.of(name + "-" + i + end);
    }
    return path;
  }
}
