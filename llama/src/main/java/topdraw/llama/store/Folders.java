package topdraw.llama.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Whole folders, while somebody else may be writing into them.
final class Folders {
  private Folders() {}

  /// Bytes in all files below, those that vanish meanwhile left out.
  static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) files::iterator) bytes += size(file);
      return bytes;
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  /// The file that a package client has left: a plain one, for reading a pipe waits for a writer,
  /// and a link may lead anywhere.
  ///
  /// @throws IOException if there is none of that ending
  static Path delivered(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .findFirst()
          .orElseThrow(() -> new IOException("delivered no package"));
    }
  }

  /// Deletes a folder and all in it, links and not what they lead to.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
    List<Path> inner;
    try (Stream<Path> files = Files.walk(folder)) {
      inner = files.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause(); // somebody takes away what is looked at
    }
    for (Path file : inner) Files.deleteIfExists(file);
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
