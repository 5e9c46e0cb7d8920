package topdraw.recordings.file;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// A file that appears whole or not at all, and never in the place of another.
public final class NewFile {
  private NewFile() {}

  /// Writes what is in a file.
  ///
  /// @param <T> what is told of it
  @FunctionalInterface
  public interface Contents<T> {
    /// Writes to a stream.
    ///
    /// @param out the stream
    /// @return what is told of what was written
    /// @throws IOException if it cannot be written
    T writeTo(OutputStream out) throws IOException;
  }

  /// Writes beside the file, syncs, renames, syncs the folder.
  ///
  /// @param <T> what is told of what was written
  /// @param file the file
  /// @param contents writes it
  /// @return what is told
  /// @throws InputException if there is such a file
  /// @throws IOException if it cannot be written
  public static <T> T write(Path file, Contents<T> contents) throws IOException {
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
      throw new InputException(
          Problem.EXISTS,
          file + " is there already; give another name with ",
          Parameter.OUTPUT,
          ", or move it away");
    }
  }
}
