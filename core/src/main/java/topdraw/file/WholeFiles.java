package topdraw.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// Files that appear whole or not at all, whatever ends the program or fills the disk meanwhile.
///
/// Each is written under a name of its own beside its place, synced, and moved there. Of a set
/// nothing is moved before all of it is written, and the files appear in the order in which they
/// were added: whoever finds the last finds all. What a writer that was killed left beside is
/// removed when something is written into that folder again.
public final class WholeFiles implements AutoCloseable {
  private record Part(Path file, Partial partial) {}

  private final List<Part> parts = new ArrayList<>();

  /// A set without files.
  public WholeFiles() {}

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

  /// Writes one file; one that stood there is replaced in one step.
  ///
  /// @param file its place; its folder is made when missing
  /// @param bytes what it holds
  /// @throws IOException if it cannot be written, in one line that names it
  public static void write(Path file, byte[] bytes) throws IOException {
    try (WholeFiles set = new WholeFiles()) {
      set.add(file, bytes);
      set.appear();
    }
  }

  /// Writes one file, and never in the place of another.
  ///
  /// @param <T> what is told of what was written
  /// @param file its place, in a folder that is there
  /// @param contents writes it
  /// @return what is told
  /// @throws InputException if there is such a file
  /// @throws IOException if it cannot be written
  public static <T> T writeNew(Path file, Contents<T> contents) throws IOException {
    requireFree(file);
    try (Partial partial = open(file)) {
      OutputStream out = new BufferedOutputStream(partial.out(), 1 << 16);
      T result = contents.writeTo(out);
      out.flush();
      partial.sync();
      try {
        partial.moveToFree(file);
      } catch (FileAlreadyExistsException e) {
        throw taken(file).by(e);
      }
      syncFolder(file);
      return result;
    }
  }

  /// Refuses a place that is taken, before the work for it begins.
  ///
  /// @param file the place of a new file
  /// @throws InputException if there is such a file
  public static void requireFree(Path file) {
    if (Files.exists(file)) {
      throw taken(file);
    }
  }

  private static InputException taken(Path file) {
    return new InputException(
        Problem.EXISTS,
        file + " is there already; give another name with ",
        Parameter.OUTPUT,
        ", or move it away");
  }

  private static Partial open(Path file) throws IOException {
    try {
      return Partial.in(folder(file));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /// Adds a file to the set: written, but not in its place yet.
  ///
  /// @param file its place; its folder is made when missing
  /// @param bytes what it holds
  /// @throws IOException if it cannot be written, in one line that names it
  public void add(Path file, byte[] bytes) throws IOException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, bytes, StandardOpenOption.WRITE); // a device: it has no place to keep
        return;
      }
      Path place = Files.exists(file) ? file.toRealPath() : file;
      Files.createDirectories(folder(place));
      Partial partial = Partial.in(folder(place));
      parts.add(new Part(place, partial));
      partial.out().write(bytes);
      partial.sync();
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /// Moves every file to its place, in the order added.
  ///
  /// @throws IOException if one cannot be moved, in one line that names it
  public void appear() throws IOException {
    for (Part part : parts) {
      try {
        part.partial.moveTo(part.file);
        syncFolder(part.file);
      } catch (IOException e) {
        throw cannotWrite(part.file, e);
      }
    }
  }

  /// Removes what did not appear.
  @Override
  public void close() throws IOException {
    for (Part part : parts) {
      part.partial.close();
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

  /// Whether a file is what a writer that was killed left.
  ///
  /// @param file the file
  /// @return true where its name is such a one's
  public static boolean leftover(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(Partial.BEGINS) && name.endsWith(Partial.ENDS);
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  /// Makes the file's name last through a power cut, where the system can do so.
  ///
  /// @param file the file
  /// @throws IOException if its folder cannot be synced
  public static void syncFolder(Path file) throws IOException {
    if (!System.getProperty("os.name").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(folder(file), StandardOpenOption.READ)) {
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
          case FileAlreadyExistsException e -> e.getFile() + " is a file, not a folder";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> String.valueOf(cause.getMessage());
        };
    return new IOException(
        "cannot write " + path + ": " + why + "; free some space or give another folder", cause);
  }
}
