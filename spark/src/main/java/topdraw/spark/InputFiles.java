package topdraw.spark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.file.GzipMembers;
import topdraw.recordings.file.InflatedLimit;
import topdraw.recordings.file.LineReader;
import topdraw.recordings.imports.ScatteredRows;
import topdraw.recordings.run.RunFiles;

/// The files that a person names, on any file system that Spark reads: files, folders of them,
/// patterns. Each is Parquet or has a row on each line; all else is refused.
///
/// @param all in the order named, those of a folder or a pattern in order of name
record InputFiles(List<InputFile> all) {
  private static final int LOOK = 1 << 16;

  /// Stands before UTF-8 where somebody has put it there.
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /// How the rows of a file are kept.
  enum Kind {
    /// Rows and columns.
    PARQUET,
    /// A row on each line.
    LINES,
    /// The same, packed; read in one piece.
    PACKED_LINES
  }

  /// One of the files.
  ///
  /// @param name as it is called to a person
  /// @param path the whole path
  /// @param length in bytes
  /// @param kind how its rows are kept
  record InputFile(String name, Path path, long length, Kind kind) {}

  static InputFiles of(SparkSession spark, List<String> inputs) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<InputFile> all = new ArrayList<>();
    Set<Path> known = new HashSet<>();
    for (String input : inputs) {
      for (FileStatus file : ask(input, () -> named(hadoop, input))) {
        String name = ask(input, () -> name(hadoop, input, file));
        if (!known.add(file.getPath())) {
          throw new InputException(
              Problem.CONFLICT,
              name + " is named twice, and its samples would count twice; name it once");
        }
        Kind kind = ask(name, () -> kind(hadoop, name, file));
        all.add(new InputFile(name, file.getPath(), file.getLen(), kind));
      }
    }
    return new InputFiles(List.copyOf(all));
  }

  /// What a file system is asked.
  @FunctionalInterface
  interface Asked<T> {
    T answer() throws IOException;
  }

  /// Asks a file system of what a person named.
  ///
  /// @throws InputException if it is no name, or of no file system that is there
  static <T> T ask(String input, Asked<T> asked) throws IOException {
    try {
      return asked.answer();
    } catch (InputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.named(input, e);
    }
  }

  private static List<FileStatus> named(Configuration hadoop, String input) throws IOException {
    Path path = new Path(input);
    FileSystem system = path.getFileSystem(hadoop);
    FileStatus[] found;
    if (system.exists(new Path(path, RunFiles.MANIFEST))) {
      throw new InputException(
          Problem.CONFLICT,
          input + " is a run, which is read alone; or name its " + RunFiles.SAMPLES);
    } else if (system.exists(path) && system.getFileStatus(path).isDirectory()) {
      found =
          Arrays.stream(system.listStatus(path))
              .filter(file -> file.isFile() && ScatteredRows.knows(file.getPath().getName()))
              .toArray(FileStatus[]::new);
    } else if (system.exists(path)) {
      found = new FileStatus[] {system.getFileStatus(path)};
    } else if (input.contains("**")) {
      throw Failure.refused(
          input + ": ** is for one machine; with --spark name each folder, or write */*.jsonl");
    } else {
      FileStatus[] matching = system.globStatus(path);
      found = matching == null ? new FileStatus[0] : matching;
    }
    if (found.length == 0) {
      throw new InputException(
          Problem.UNKNOWN,
          input
              + ": no such file, and no recording in it; give a run folder, JSON Lines or Parquet");
    }
    return Arrays.stream(found)
        .filter(FileStatus::isFile)
        .sorted((a, b) -> a.getPath().toString().compareTo(b.getPath().toString()))
        .toList();
  }

  /// A path without a scheme is told as it was named.
  private static String name(Configuration hadoop, String input, FileStatus file)
      throws IOException {
    Path path = new Path(input);
    if (path.toUri().getScheme() != null) {
      return file.getPath().toString();
    }
    FileSystem system = path.getFileSystem(hadoop);
    if (system.makeQualified(path).equals(file.getPath())) {
      return input;
    }
    String whole = file.getPath().toUri().getPath();
    String here = system.getWorkingDirectory().toUri().getPath() + "/";
    return !input.startsWith("/") && whole.startsWith(here)
        ? whole.substring(here.length())
        : whole;
  }

  private static Kind kind(Configuration hadoop, String name, FileStatus file) throws IOException {
    byte[] head;
    try (InputStream in = file.getPath().getFileSystem(hadoop).open(file.getPath())) {
      head = in.readNBytes(4);
    }
    if (Arrays.equals(head, "PAR1".getBytes(StandardCharsets.ISO_8859_1))) {
      return Kind.PARQUET;
    }
    int two = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
    boolean packed = two == 0x1F8B;
    Kind kind = packed ? Kind.PACKED_LINES : Kind.LINES;
    boolean text = packed || head.length < 4 || (head[0] != 0 && head[1] != 0 && head[3] != 0);
    if (!text || two == 0xFEFF || two == 0xFFFE || two == 0x28B5 || two == 0x504B) {
      throw other(name);
    }
    try (BufferedInputStream in =
        new BufferedInputStream(open(hadoop, name, file.getPath(), kind))) {
      pastMark(in);
      String beginning = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
      if (!beginning.isBlank() && !ScatteredRows.inLines(file.getPath().getName(), beginning)) {
        throw other(name);
      }
    }
    return kind;
  }

  /// Leaves a byte order mark behind.
  ///
  /// @return how many bytes it has
  static int pastMark(BufferedInputStream in) throws IOException {
    in.mark(MARK.length);
    if (Arrays.equals(in.readNBytes(MARK.length), MARK)) {
      return MARK.length;
    }
    in.reset();
    return 0;
  }

  private static InputException other(String name) {
    return Failure.refused(
        name
            + ": --spark reads Parquet, and JSON Lines in UTF-8 (.jsonl, .jsonl.gz) with a row on"
            + " each line; leave --spark out to have it read on this machine");
  }

  /// The text of a file, unpacked; one that is damaged is refused by its name.
  static InputStream open(Configuration hadoop, String name, Path path, Kind kind)
      throws IOException {
    FileSystem system = path.getFileSystem(hadoop);
    InputStream in = system.open(path);
    return kind == Kind.PACKED_LINES
        ? InflatedLimit.of(name, system.getFileStatus(path).getLen()).over(new Unpacked(name, in))
        : in;
  }

  private static final class Unpacked extends InputStream {
    private final String name;
    private final InputStream in;

    Unpacked(String name, InputStream packed) throws IOException {
      this.name = name;
      try {
        in = new GzipMembers(new BufferedInputStream(packed));
      } catch (ZipException | EOFException e) {
        packed.close();
        throw refused(e);
      }
    }

    private InputException refused(IOException e) {
      return new InputException(
              Problem.MALFORMED, name + ": cannot be read: " + String.valueOf(e.getMessage()))
          .by(e);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        return in.read(into, from, length);
      } catch (ZipException | EOFException e) {
        throw refused(e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /// The lines of a text, read as they are asked for.
  static Iterator<byte[]> lines(LineReader reader) {
    return new Iterator<>() {
      private byte @Nullable [] next;
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (next == null && !ended) {
          try {
            next = reader.next();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          ended = next == null;
        }
        return next != null;
      }

      @Override
      public byte[] next() {
        byte[] line = hasNext() ? next : null;
        if (line == null) {
          throw new NoSuchElementException();
        }
        next = null;
        return line;
      }
    };
  }
}
