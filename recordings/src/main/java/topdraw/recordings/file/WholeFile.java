package topdraw.recordings.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import topdraw.json.Json;

/// Files that appear whole or not at all.
public final class WholeFile {
  /// Ends the name of a file that is not whole yet.
  public static final String PARTIAL = ".partial";

  private WholeFile() {}

  /// Writes beside the file, syncs, renames, syncs the folder.
  ///
  /// @param file the file
  /// @param value what serialises to JSON
  /// @throws IOException if that fails, naming the file
  public static void write(Path file, Object value) throws IOException {
    String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    Path partial = file.resolveSibling(file.getFileName() + PARTIAL);
    try (FileOutputStream out = new FileOutputStream(partial.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /// Puts a whole, synced file in the place of another.
  ///
  /// @param file the place
  /// @param by the whole file
  /// @throws IOException if that fails, naming the file
  public static void replace(Path file, Path by) throws IOException {
    try {
      Files.move(by, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /// Makes the file's name last through a power cut, where the system can do so.
  ///
  /// @param file the file
  /// @throws IOException if its folder cannot be synced
  public static void syncFolder(Path file) throws IOException {
    if (!System.getProperty("os.name").startsWith("Windows")) {
      Path folder = file.toAbsolutePath().getParent();
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /// One line that names the file and what to do.
  ///
  /// @param path the file
  /// @param cause what went wrong
  /// @return the error to throw
  public static IOException cannotWrite(Path path, IOException cause) {
    String why =
        switch (cause) {
          case AccessDeniedException denied -> "permission denied";
          case FileAlreadyExistsException exists -> "a file of that name is in the way";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> String.valueOf(cause.getMessage());
        };
    return new IOException(
        "cannot write " + path + ": " + why + "; free some space or give another folder", cause);
  }
}
