package topdraw.recordings.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.file.WholeFiles;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.file.LineReader;

/// A file of JSON lines that is only ever appended to, a batch of lines at a time, and that
/// survives a writer that dies at any byte: what it had not finished is cut off when the file is
/// opened again.
final class BatchLog implements AutoCloseable {
  /// What a line must be, told by its number from 0.
  @FunctionalInterface
  interface LineCheck {
    /// Checks one line.
    ///
    /// @throws InputException saying what is wrong with it
    void check(long line, JsonNode json);
  }

  private final Path file;
  private final FileOutputStream out;
  private final boolean checksums;
  private long batches;

  private BatchLog(Path file, FileOutputStream out, boolean checksums, long batches) {
    this.file = file;
    this.out = out;
    this.checksums = checksums;
    this.batches = batches;
  }

  /// Opens a log, checking every line and cutting off a torn end.
  ///
  /// @param file made if it does not exist
  /// @param linesPerBatch lines of a batch
  /// @param checksums whether every line has a checksum
  /// @param check what each line must be
  /// @throws InputException if a line before the last is broken, or a line is not what it must be
  ///   or not as it was written, as `file:line: …`
  static BatchLog open(Path file, int linesPerBatch, boolean checksums, LineCheck check)
      throws IOException {
    boolean made = !Files.exists(file);
    Checked checked =
        made
            ? new Checked(0, 0)
            : check(
                GivenFile.lasting(file),
                linesPerBatch,
                (line, bytes, json) -> {
                  check.check(line, json);
                  LineChecksum.check(bytes, json, checksums);
                });
    try {
      if (!made && checked.end < Files.size(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(checked.end);
          channel.force(true);
        }
      }
      // Not a channel: an interrupt closes a channel in the middle of a write.
      FileOutputStream out = new FileOutputStream(file.toFile(), true);
      if (made) {
        WholeFiles.syncFolder(file);
      }
      return new BatchLog(file, out, checksums, checked.batches);
    } catch (IOException e) {
      throw WholeFiles.cannotWrite(file, e);
    }
  }

  private record Checked(long batches, long end) {}

  @FunctionalInterface
  private interface BytesCheck {
    void check(long line, byte[] bytes, JsonNode json);
  }

  private static Checked check(Path file, int linesPerBatch, BytesCheck check) throws IOException {
    try (LineReader lines = new LineReader(Files.newInputStream(file), file.toString())) {
      long good = 0;
      long end = 0;
      @Nullable IllegalArgumentException broken = null;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (broken != null) {
          throw broken;
        }
        if (lines.whole()) {
          try {
            check.check(good, line, json(line));
            good++;
            end = good % linesPerBatch == 0 ? lines.end() : end;
          } catch (TornLine e) {
            broken =
                new InputException(Problem.MALFORMED, lines.place() + ": " + e.getMessage()).by(e);
          } catch (IllegalArgumentException e) {
            throw InputException.at(lines.place(), e);
          }
        }
      }
      return new Checked(good / linesPerBatch, end);
    }
  }

  private static JsonNode json(byte[] line) {
    try {
      JsonNode json = Json.read(LineReader.utf8(line));
      if (json.isObject()) {
        return json;
      }
      throw new TornLine("not a JSON object", null);
    } catch (CharacterCodingException e) {
      throw new TornLine("not UTF-8", e);
    } catch (TornLine e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TornLine(String.valueOf(e.getMessage()), e);
    }
  }

  /// A line that a dying writer may have left, were it the last.
  private static final class TornLine extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TornLine(String message, @Nullable Exception cause) {
      super(message + "; only a torn last line can be mended", cause);
    }
  }

  /// Batches in the file.
  long batches() {
    return batches;
  }

  /// Appends the lines of one batch, in one go, and waits until they are on the disk.
  ///
  /// @throws IOException if that fails, naming the file: the run must end then, since nobody knows
  ///   what is on the disk
  void append(List<?> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Object line : lines) {
      String json = Json.line(line);
      text.append(checksums ? LineChecksum.added(json) : json).append('\n');
    }
    append(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Appends the lines of one batch as they stand, each with its line feed.
  ///
  /// @throws IOException as [#append(List)] does
  void append(byte[] lines) throws IOException {
    try {
      out.write(lines);
      out.getFD().sync();
    } catch (IOException e) {
      throw WholeFiles.cannotWrite(file, e);
    }
    batches++;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
