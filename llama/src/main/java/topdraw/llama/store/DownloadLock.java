package topdraw.llama.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import topdraw.provider.DownloadProgress;

/// Lets one thread of one process at a time fetch a model; the others wait and say so.
final class DownloadLock implements AutoCloseable {
  // A file lock belongs to the whole process, so its threads need a lock among themselves.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private DownloadLock(FileChannel channel) {
    this.channel = channel;
  }

  static DownloadLock acquire(Path file, DownloadProgress progress)
      throws IOException, InterruptedException {
    if (!IN_THIS_PROCESS.tryLock()) {
      sayWaiting(progress);
      IN_THIS_PROCESS.lockInterruptibly();
    }
    try {
      return new DownloadLock(locked(file, progress));
    } catch (IOException | RuntimeException e) {
      IN_THIS_PROCESS.unlock();
      throw e;
    }
  }

  private static FileChannel locked(Path file, DownloadProgress progress) throws IOException {
    FileChannel channel = opened(file);
    try {
      if (channel.tryLock() == null) {
        sayWaiting(progress);
        channel.lock();
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Makes the file, or opens the one that is there; never what a link leads to, nor a pipe, which
  /// would wait for a reader.
  private static FileChannel opened(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(file.getFileName() + " is not a plain file; remove it", e);
      }
      return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static void sayWaiting(DownloadProgress progress) {
    progress.note("the model is being fetched already; waiting for that to end");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close(); // gives the lock back
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
