package topdraw.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Removes what programs of ours that were killed left behind. What a process still alive needs is
/// locked by it, and stays; so does what belongs to another user, and every link.
public final class Leftovers {
  /// Begins the name of every folder for temporary files; what follows is [#SELF].
  static final String SCRATCH = "topdraw-";

  /// This process, in names: process numbers come again.
  static final String SELF = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  /// Copies of DuckDB's library, made by it anew each time it is loaded.
  private static final String LIBRARY = "libduckdb_java*";

  /// How old such a copy is at least that no one is about to load.
  private static final Duration LOADED = Duration.ofMinutes(10);

  private Leftovers() {}

  /// Removes what was left in the system's folder for temporary files. What cannot be removed
  /// stays: it does not concern what the program is asked for.
  ///
  /// @param folder the system's folder for temporary files
  public static void ofScratch(Path folder) {
    for (Path left : matching(folder, "topdraw*")) {
      if (Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS) && ours(left)) {
        removeUnused(left, String.valueOf(left.getFileName()));
      }
    }
    for (Path library : matching(folder, LIBRARY)) {
      if (Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) && ours(library)) {
        removeUnusedLibrary(library);
      }
    }
  }

  /// Removes what writers left beside the files that they did not finish.
  static void ofWriters(Path folder) {
    for (Path left : matching(folder, Partial.BEGINS + "*" + Partial.ENDS)) {
      boolean mine = String.valueOf(left.getFileName()).startsWith(Partial.BEGINS + SELF);
      if (!mine && Files.isRegularFile(left, LinkOption.NOFOLLOW_LINKS)) {
        ifUnused(left, () -> Files.deleteIfExists(left));
      }
    }
  }

  private static List<Path> matching(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed cannot be removed.
    }
    return found;
  }

  private static boolean ours(Path left) {
    try {
      return Files.getOwner(left, LinkOption.NOFOLLOW_LINKS)
          .equals(
              left.getFileSystem()
                  .getUserPrincipalLookupService()
                  .lookupPrincipalByName(System.getProperty("user.name")));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static void removeUnused(Path folder, String name) {
    if (name.startsWith(SCRATCH + SELF)) {
      return; // to open its lock and close it again would let go of it
    }
    Path lock = folder.resolve(Scratch.LOCK);
    if (name.matches(SCRATCH + "[0-9a-f]{16}-\\d+")) {
      if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
        ifUnused(lock, () -> remove(folder));
      } else if (old(folder)) {
        ignoringFailure(() -> Files.delete(folder)); // only if it is empty
      }
    } else if (name.matches("topdraw\\d{8,}")) {
      // Earlier versions had no lock of their own, but DuckDB holds one on its database.
      ifUnused(folder.resolve("samples.db"), () -> remove(folder));
    }
  }

  private static void removeUnusedLibrary(Path library) {
    if (old(library) && !mapped(library)) {
      ignoringFailure(() -> Files.deleteIfExists(library));
    }
  }

  private static boolean old(Path path) {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
          .toInstant()
          .isBefore(Instant.now().minus(LOADED));
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether a process that can be asked has loaded a library. Where none can be asked the system
  /// keeps a loaded file until it is let go of (Unix), or does not delete it (Windows).
  private static boolean mapped(Path library) {
    for (Path process : matching(Path.of("/proc"), "[0-9]*")) {
      try (Stream<String> lines = Files.lines(process.resolve("maps"))) {
        if (lines.anyMatch(line -> line.endsWith(library.toString()))) {
          return true;
        }
      } catch (IOException | UncheckedIOException e) {
        // Another user's, or over by now.
      }
    }
    return false;
  }

  /// Something that may fail.
  @FunctionalInterface
  private interface Removal {
    void run() throws IOException;
  }

  private static void ignoringFailure(Removal removal) {
    try {
      removal.run();
    } catch (IOException e) {
      // It stays; nothing that the program is asked for depends on it.
    }
  }

  /// Does something while it holds the lock of a file that nobody else holds.
  private static void ifUnused(Path lock, Removal removal) {
    ignoringFailure(
        () -> {
          if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return; // opening a pipe would wait for ever
          }
          try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            @Nullable FileLock held = channel.tryLock();
            if (held != null) {
              removal.run();
            }
          }
        });
  }

  /// Removes a folder and all that is in it.
  static void remove(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path path : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Somebody else has removed it.
    }
  }
}
