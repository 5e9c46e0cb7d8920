package topdraw.llama.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;
import topdraw.provider.DownloadProgress;

/// A file while it arrives. A fault of the disk is final ([ModelException]), unlike one of the
/// source; more bytes than the model has are never written.
final class PartialFile implements AutoCloseable {
  private final Path path;
  private final PinnedModel model;
  private final DownloadProgress progress;
  private final FileChannel channel;
  private long length;

  PartialFile(Path path, PinnedModel model, DownloadProgress progress) {
    this.path = path;
    this.model = model;
    this.progress = progress;
    try {
      this.channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      this.length = channel.size();
    } catch (IOException e) {
      throw fault(e);
    }
    if (length > model.bytes()) restart();
  }

  long length() {
    return length;
  }

  boolean complete() {
    return length == model.bytes();
  }

  void restart() {
    try {
      channel.truncate(0);
      length = 0;
    } catch (IOException e) {
      throw fault(e);
    }
  }

  void append(byte[] bytes, int count) throws IOException {
    if (count > model.bytes() - length) {
      throw new IOException("sent more than the " + model.bytes() + " bytes that the model has");
    }
    try {
      for (ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count); rest.hasRemaining(); ) {
        length += channel.write(rest, length);
      }
    } catch (IOException e) {
      throw fault(e);
    }
    progress.bytes(length, model.bytes());
  }

  /// Forces the bytes to the disk before anyone renames the file.
  @Override
  public void close() {
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private ModelException fault(IOException e) {
    return new ModelException(
        path
            + ": cannot be written: "
            + Faults.reason(e)
            + "; make room there, or set TOPDRAW_CACHE to a folder on another disk",
        e);
  }
}
