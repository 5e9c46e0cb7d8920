package topdraw.recordings.imports;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;

/// The frames of a Zstandard file, walked by the lengths that they state. DuckDB says nothing of a
/// file that ends early: it reads what is there.
///
/// Source: RFC 8878, *Zstandard Compression and the 'application/zstd' Media Type*, section 3.1.
final class ZstdFrames {
  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
  private static final int[] SIZE_BYTES = {0, 2, 4, 8};

  private final FileChannel file;
  private long at;

  private ZstdFrames(FileChannel file) {
    this.file = file;
  }

  /// @throws EOFException if the file ends within a frame
  /// @throws ZipException if it holds something else
  static void requireWhole(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      ZstdFrames frames = new ZstdFrames(file);
      while (frames.at < file.size()) {
        frames.frame();
      }
    }
  }

  private void frame() throws IOException {
    int magic = (int) number(4);
    if ((magic & ~0xF) == SKIPPABLE) {
      skip(number(4));
      return;
    }
    if (magic != MAGIC) {
      throw new ZipException("not in Zstandard format");
    }
    int descriptor = (int) number(1);
    boolean single = (descriptor & 0x20) != 0;
    int size = descriptor >> 6;
    skip(single ? 0 : 1);
    skip(DICTIONARY_BYTES[descriptor & 3]);
    skip(size == 0 && single ? 1 : SIZE_BYTES[size]);
    boolean last;
    do {
      long block = number(3);
      last = (block & 1) != 0;
      boolean repeatsOneByte = (block >> 1 & 3) == 1;
      skip(repeatsOneByte ? 1 : block >> 3);
    } while (!last);
    skip((descriptor & 4) == 0 ? 0 : 4);
  }

  private long number(int bytes) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(bytes);
    long from = at;
    skip(bytes);
    while (read.hasRemaining()) {
      if (file.read(read, from + read.position()) < 0) {
        throw early();
      }
    }
    return read.clear().getLong();
  }

  private void skip(long bytes) throws IOException {
    at += bytes;
    if (at > file.size()) {
      throw early();
    }
  }

  private static EOFException early() {
    return new EOFException("Unexpected end of Zstandard input");
  }
}
