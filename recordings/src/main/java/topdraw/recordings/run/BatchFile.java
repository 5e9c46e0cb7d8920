package topdraw.recordings.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.file.LineReader;

/// Reads a log's batches in any order, each line held to its checksum. Keeps where each batch
/// begins (8 bytes a batch), not what it holds.
final class BatchFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final int linesPerBatch;
  private final boolean checksums;
  private final long[] starts;
  private final int batches;

  private BatchFile(
      Path file,
      FileChannel channel,
      int linesPerBatch,
      boolean checksums,
      long[] starts,
      int batches) {
    this.file = file;
    this.channel = channel;
    this.linesPerBatch = linesPerBatch;
    this.checksums = checksums;
    this.starts = starts;
    this.batches = batches;
  }

  /// Opens a log. Lines after its last whole batch, as of a writer at work or one that died, are
  /// not seen, but must be what such a one leaves.
  ///
  /// @param checksums whether every line must have its checksum
  /// @throws InputException if it is no file, or what follows its last whole batch is damaged
  static BatchFile open(Path file, int linesPerBatch, boolean checksums) throws IOException {
    long[] starts = new long[1024];
    int batches = 0;
    long position = 0;
    int lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(GivenFile.lasting(file))) {
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
    BatchFile opened = new BatchFile(file, channel, linesPerBatch, checksums, starts, batches);
    try {
      opened.checkUnfinished();
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// A writer leaves whole lines and the beginning of one, nothing else.
  @SuppressWarnings("resource") // the channel stays open
  private void checkUnfinished() throws IOException {
    long number = (long) batches * linesPerBatch;
    LineReader lines =
        new LineReader(Channels.newInputStream(channel.position(starts[batches])), file.toString());
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (lines.whole()) {
        line(line, number);
      } else if (goesOnBehindItsEnd(line)) {
        throw new InputException(
            Problem.MALFORMED, place(number) + ": something follows the end of the line");
      }
    }
  }

  private static boolean goesOnBehindItsEnd(byte[] line) {
    try (JsonParser parser = Json.mapper().createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return true;
      }
      parser.skipChildren();
      return parser.currentLocation().getByteOffset() < line.length;
    } catch (JacksonException e) {
      return false; // only its beginning is there
    }
  }

  int batches() {
    return batches;
  }

  /// Where a line stands.
  ///
  /// @param number from 1
  /// @return `file:line`
  String place(long number) {
    return file + ":" + number;
  }

  /// The lines of a batch.
  ///
  /// @throws InputException if one is not JSON or not as it was written, as `file:line: …`
  /// @throws UncheckedIOException if the file cannot be read
  /// @throws CancellationException if the thread is interrupted
  List<JsonNode> read(long batch) {
    List<JsonNode> lines = new ArrayList<>(linesPerBatch);
    byte[] bytes = bytes(batch);
    int start = 0;
    for (int k = 0; k < bytes.length; k++) {
      if (bytes[k] == '\n') {
        long number = batch * linesPerBatch + lines.size() + 1;
        lines.add(line(Arrays.copyOfRange(bytes, start, k), number));
        start = k + 1;
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
    long length = starts[b + 1] - starts[b];
    if (length > Integer.MAX_VALUE - 8) {
      throw new InputException(
          Problem.TOO_LARGE, place(batch * linesPerBatch + 1) + ": a batch of more than 2 GiB");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
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

  private JsonNode line(byte[] line, long number) {
    try {
      JsonNode json = Json.read(LineReader.utf8(line));
      LineChecksum.check(line, json, checksums);
      return json;
    } catch (CharacterCodingException e) {
      throw new InputException(Problem.MALFORMED, place(number) + ": not UTF-8").by(e);
    } catch (IllegalArgumentException e) {
      throw InputException.at(place(number), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
