package topdraw.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import topdraw.recordings.file.LineReader;
import topdraw.spark.InputFiles.InputFile;
import topdraw.spark.InputFiles.Kind;

/// Some lines of a text: those that begin between two positions of it.
///
/// @param file which file it is
/// @param path where it lies
/// @param kind how it is kept
/// @param from the first position, in bytes
/// @param to the first one behind it
/// @param length of the file
/// @param before how many lines of the file stand before it; -1 until they are counted
record TextSlice(int file, URI path, Kind kind, long from, long to, long length, long before)
    implements Serializable {
  /// Lines that a slice has at most, in bytes.
  private static final long LARGEST = 64L << 20;

  private static final long SMALLEST = 1L << 20;
  private static final int BUFFER = 1 << 16;

  /// The slices of all texts, each small enough that a few of them are read by every core.
  static List<TextSlice> of(List<InputFile> files, int cores) {
    long all = files.stream().filter(TextSlice::text).mapToLong(InputFile::length).sum();
    long size = Math.clamp(all / (2L * cores) + 1, SMALLEST, LARGEST);
    List<TextSlice> slices = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      InputFile file = files.get(f);
      if (!text(file)) {
        continue;
      }
      if (file.kind() == Kind.PACKED_LINES || file.length() <= size) {
        slices.add(of(f, file, 0, file.length(), 0));
        continue;
      }
      for (long from = 0; from < file.length(); from += size) {
        slices.add(of(f, file, from, Math.min(file.length(), from + size), -1));
      }
    }
    return slices;
  }

  private static boolean text(InputFile file) {
    return file.kind() != Kind.PARQUET;
  }

  private static TextSlice of(int number, InputFile file, long from, long to, long before) {
    return new TextSlice(number, file.path().toUri(), file.kind(), from, to, file.length(), before);
  }

  /// The same slices, each with the number of lines before it.
  static List<TextSlice> counted(
      JavaSparkContext context, List<TextSlice> slices, SerializableConfiguration hadoop) {
    List<TextSlice> unknown = slices.stream().filter(slice -> slice.before < 0).toList();
    Iterator<Long> lines =
        unknown.isEmpty()
            ? List.<Long>of().iterator()
            : context
                .parallelize(unknown, unknown.size())
                .map(slice -> slice.lines(hadoop.value()))
                .collect()
                .iterator();
    List<TextSlice> counted = new ArrayList<>();
    long before = 0;
    for (TextSlice slice : slices) {
      if (slice.before >= 0) {
        counted.add(slice);
        continue;
      }
      before = slice.from == 0 ? 0 : before;
      counted.add(
          new TextSlice(
              slice.file, slice.path, slice.kind, slice.from, slice.to, slice.length, before));
      before += lines.next();
    }
    return counted;
  }

  /// How many lines begin in it: one at the beginning of the file, and one behind each line feed.
  private long lines(Configuration hadoop) throws IOException {
    long count = from == 0 ? 1 : 0;
    byte[] buffer = new byte[BUFFER];
    Path file = new Path(path);
    // The line feed before a line is at `from - 1` or later, and at `to - 2` or before.
    long left = to - 1 - Math.max(0, from - 1);
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      in.seek(Math.max(0, from - 1));
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException(file + " has become shorter while it was read");
        }
        for (int k = 0; k < read; k++) {
          count += buffer[k] == '\n' ? 1 : 0;
        }
        left -= read;
      }
    }
    return count;
  }

  /// The draws of all slices, a task each.
  static JavaRDD<Row> rows(
      JavaSparkContext context,
      List<TextSlice> slices,
      Reading reading,
      SerializableConfiguration hadoop) {
    var shared = context.broadcast(reading);
    return context
        .parallelize(slices, Math.max(1, slices.size()))
        .mapPartitionsWithIndex(
            (task, some) ->
                some.hasNext()
                    ? new Lines(some.next(), shared.value(), task, hadoop.value())
                    : List.<Row>of().iterator(),
            false);
  }

  /// Reads the lines that begin in a slice.
  private static final class Lines extends Scattered {
    private final TextSlice slice;
    private final LineReader lines;
    private long next;
    private long position;

    Lines(TextSlice slice, Reading reading, int task, Configuration hadoop) throws IOException {
      super(reading, task);
      this.slice = slice;
      next = slice.before;
      Path file = new Path(slice.path);
      if (slice.from == 0) {
        BufferedInputStream in =
            new BufferedInputStream(
                InputFiles.open(hadoop, this.task.name(slice.file), file, slice.kind), BUFFER);
        position = InputFiles.pastMark(in);
        lines = new LineReader(in, slice.path.toString());
      } else {
        FSDataInputStream in = file.getFileSystem(hadoop).open(file);
        in.seek(slice.from - 1);
        position = slice.from - 1;
        lines = new LineReader(in, slice.path.toString());
        line(); // what begins before the slice
      }
    }

    private byte @Nullable [] line() {
      try {
        long before = lines.end();
        byte[] line = lines.next();
        position += lines.end() - before;
        return line;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    boolean read(Consumer<Row> out) {
      if (slice.kind == Kind.LINES && position >= slice.to) {
        return close();
      }
      byte[] line = line();
      if (line == null) {
        return close();
      }
      long number = ++next;
      String place = task.name(slice.file) + ":" + number;
      task.take(
          slice.file,
          Reading.row(slice.file, number - 1),
          place,
          task.reader(slice.file).line(place, line, lines.whole() || slice.kind != Kind.LINES),
          out);
      return true;
    }

    private boolean close() {
      try {
        lines.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return false;
    }
  }
}
