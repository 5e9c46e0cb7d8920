package topdraw.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A folder for as long as it is open, below the system's folder for temporary files. Where the
/// program is killed it is left, and removed by the next one.
public final class Scratch implements AutoCloseable {
  /// Held by the system's lock while the folder is in use.
  static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;

  private Scratch(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Makes an empty folder that only this user can read.
  ///
  /// @return the folder
  /// @throws IOException if it cannot be made
  public static Scratch open() throws IOException {
    Path folder;
    try {
      folder = Files.createTempDirectory(Leftovers.SCRATCH + Leftovers.SELF + "-");
    } catch (NoSuchFileException | AccessDeniedException e) { // whose messages are the path alone
      throw new IOException(
          "cannot make a folder for temporary files in %s: %s; set java.io.tmpdir to one that can be written to"
              .formatted(
                  System.getProperty("java.io.tmpdir"),
                  e instanceof NoSuchFileException ? "it is not there" : "no permission"),
          e);
    }
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    return new Scratch(folder, lock);
  }

  /// Where things may be put.
  ///
  /// @return the folder
  public Path folder() {
    return folder;
  }

  /// Removes the folder and all that is in it.
  @Override
  public void close() throws IOException {
    try (lock) {
      Leftovers.remove(folder);
    }
  }
}
