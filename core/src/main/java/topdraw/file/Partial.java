package topdraw.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/// A file that is being written beside its place. While it is, the system holds its lock, so that
/// what a dead writer left is told from what a live one needs.
final class Partial implements AutoCloseable {
  static final String BEGINS = ".topdraw-";
  static final String ENDS = ".partial";

  private static final AtomicLong COUNT = new AtomicLong();

  private final Path path;
  // Not a channel: an interrupt closes a channel in the middle of a write.
  private final FileOutputStream out;

  private Partial(Path path, FileOutputStream out) {
    this.path = path;
    this.out = out;
  }

  /// Begins one. Its name does not grow with the name of what it will be.
  static Partial in(Path folder) throws IOException {
    Leftovers.ofWriters(folder);
    while (true) {
      Path path = folder.resolve(BEGINS + Leftovers.SELF + "-" + COUNT.incrementAndGet() + ENDS);
      Partial partial = new Partial(path, new FileOutputStream(Files.createFile(path).toFile()));
      partial.lock();
      if (Files.exists(path)) {
        return partial;
      }
      partial.close(); // another process took it for a leftover before it was locked
    }
  }

  private void lock() {
    try {
      out.getChannel().lock();
    } catch (IOException e) {
      // A disk that knows no locks: leftovers there are nobody's to remove.
    }
  }

  OutputStream out() {
    return out;
  }

  void sync() throws IOException {
    out.getFD().sync();
  }

  void moveTo(Path file) throws IOException {
    Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Takes the place only if it is free, also where another takes it at the same moment.
  ///
  /// @throws FileAlreadyExistsException if it is not
  void moveToFree(Path file) throws IOException {
    try {
      Files.createLink(file, path);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      Files.move(path, file); // a disk that knows no second names
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    out.close();
  }
}
