package topdraw.recordings;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that appears whole or not at all, and never in the place of another.
final class NewFile {
  private NewFile() {}

  /// Writes what is in a file.
  @FunctionalInterface
  interface Contents<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  /// Writes beside the file, syncs, renames, syncs the folder.
  ///
  /// @throws IllegalArgumentException if there is such a file
  static <T> T write(Path file, Contents<T> contents) throws IOException {
    refuseExisting(file);
    Path partial = file.resolveSibling(file.getFileName() + WholeFile.PARTIAL);
    FileOutputStream plain;
    try {
      plain = new FileOutputStream(partial.toFile());
    } catch (IOException e) {
      throw WholeFile.cannotWrite(file, e);
    }
    try (plain;
        OutputStream out = new BufferedOutputStream(plain, 1 << 16)) {
      T result = contents.writeTo(out);
      out.flush();
      plain.getFD().sync();
      refuseExisting(file);
      Files.move(partial, file);
      WholeFile.syncFolder(file);
      return result;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void refuseExisting(Path file) {
    if (Files.exists(file)) {
      throw new IllegalArgumentException(
          file + " is there already; give another name with -o, or move it away");
    }
  }
}
