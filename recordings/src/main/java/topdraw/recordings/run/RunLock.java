package topdraw.recordings.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Keeps a run to one writer, in this process and among processes. The system lets go of it when
/// the process dies, however it dies.
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws InputException if somebody else is writing the run, or the lock is no file
  static RunLock of(Path folder) throws IOException {
    Path file = folder.resolve(RunFiles.LOCK);
    if (Files.exists(file)) {
      GivenFile.lasting(file); // opening a pipe would wait for ever
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return new RunLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(folder, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw taken(folder, null);
  }

  private static IllegalArgumentException taken(Path folder, @Nullable Exception cause) {
    return new InputException(
            Problem.CONFLICT,
            folder + " is being written by another topdraw; wait for it, or give another folder")
        .by(cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
