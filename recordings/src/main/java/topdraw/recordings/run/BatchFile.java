package topdraw.recordings.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.json.Json;

/// Reads a log's batches in any order. Keeps where each begins (8 bytes a batch), not what it
/// holds.
final class BatchFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final int linesPerBatch;
  private final long[] starts;
  private final int batches;

  private BatchFile(Path file, FileChannel channel, int linesPerBatch, long[] starts, int batches) {
    this.file = file;
    this.channel = channel;
    this.linesPerBatch = linesPerBatch;
    this.starts = starts;
    this.batches = batches;
  }

  /// Opens a log. Lines after its last whole batch, as of a writer at work, are not seen.
  static BatchFile open(Path file, int linesPerBatch) throws IOException {
    long[] starts = new long[1024];
    int batches = 0;
    long position = 0;
    int lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int k = 0; k < read; k++) {
          if (buffer[k] == '\n' && ++lines == linesPerBatch) {
            lines = 0;
            batches++;
            starts = batches < starts.length ? starts : Arrays.copyOf(starts, 2 * batches);
            starts[batches] = position + k + 1;
          }
        }
        position += read;
      }
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new BatchFile(file, channel, linesPerBatch, starts, batches);
  }

  int batches() {
    return batches;
  }

  /// The lines of a batch.
  ///
  /// @throws InputException if one is not JSON, as `file:line: …`
  /// @throws UncheckedIOException if the file cannot be read
  /// @throws CancellationException if the thread is interrupted
  List<JsonNode> read(long batch) {
    List<JsonNode> lines = new ArrayList<>(linesPerBatch);
    long number = batch * linesPerBatch;
    for (String line : new String(bytes(batch), StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      if (lines.size() < linesPerBatch) {
        lines.add(line(line, number));
      }
    }
    return lines;
  }

  /// The lines of a batch as they stand, each with its line feed.
  ///
  /// @throws UncheckedIOException if the file cannot be read
  /// @throws CancellationException if the thread is interrupted
  byte[] bytes(long batch) {
    int b = Math.toIntExact(batch);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(starts[b + 1] - starts[b]));
    fill(bytes, starts[b]);
    return bytes.array();
  }

  private void fill(ByteBuffer bytes, long start) {
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, start + bytes.position()) < 0) {
          throw new IOException(file + " has become shorter while it was read");
        }
      }
    } catch (ClosedByInterruptException e) {
      CancellationException interrupted = new CancellationException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode line(String line, long number) {
    try {
      return Json.read(line);
    } catch (IllegalArgumentException e) {
      throw InputException.at(file + ":" + number, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
