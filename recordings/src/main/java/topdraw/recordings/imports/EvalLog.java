package topdraw.recordings.imports;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.file.InflatedLimit;
import topdraw.recordings.file.ScratchDatabase;

/// Logs of the evaluation framework Inspect in their packed form: a zip archive with an entry a
/// sample, stored, deflated or, as newer versions write them, Zstandard, which Java's own reader
/// does not know. Read entry by entry.
///
/// Source: PKWARE, *.ZIP File Format Specification*, 4.3.12, 4.3.16 and 4.5.3.
final class EvalLog {
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ZSTANDARD = 93;
  private static final long WIDE = 0xFFFFFFFFL;
  private static final int BATCH = 64 << 20;

  /// An entry of the archive.
  private record Entry(String name, int method, long sum, long packed, long whole, long header) {}

  private final Path file;
  private final FileChannel zip;
  private final InflatedLimit limit;
  private long inflated;

  private EvalLog(Path file, FileChannel zip, InflatedLimit limit) {
    this.file = file;
    this.zip = zip;
    this.limit = limit;
  }

  /// @param scratch where frames are unpacked on the way
  /// @throws InputException if the archive is no such log
  static void read(Path file, ScratchDatabase scratch, RowConsumer rows) throws IOException {
    try (FileChannel zip = FileChannel.open(file)) {
      new EvalLog(file, zip, InflatedLimit.of(file.toString(), Files.size(file)))
          .read(scratch, rows);
    }
  }

  private void read(ScratchDatabase scratch, RowConsumer rows) throws IOException {
    List<Entry> samples =
        directory().stream()
            .filter(entry -> entry.name().startsWith("samples/") && entry.name().endsWith(".json"))
            .toList();
    if (samples.isEmpty()) {
      throw new InputException(
          Problem.MALFORMED,
          "a zip archive without samples/….json, so no Inspect log with samples; unpack it and give"
              + " the files in it");
    }
    Set<String> names = new HashSet<>();
    for (Entry sample : samples) {
      if (!names.add(sample.name())) {
        throw new ZipException(
            sample.name() + " is in the archive twice, which does not say which of them counts");
      }
    }
    int from = 0;
    while (from < samples.size()) {
      if (samples.get(from).method() != ZSTANDARD) {
        plain(samples.get(from++), rows);
        continue;
      }
      int to = from;
      long size = 0;
      while (to < samples.size()
          && samples.get(to).method() == ZSTANDARD
          && (to == from || size + samples.get(to).packed() <= BATCH)) {
        size += samples.get(to++).packed();
      }
      frames(samples.subList(from, to), scratch, rows);
      from = to;
    }
  }

  private void plain(Entry entry, RowConsumer rows) throws IOException {
    byte[] packed = packed(entry);
    InputStream text = new ByteArrayInputStream(packed);
    if (entry.method() == DEFLATED) {
      text = limited(new InflaterInputStream(text, new Inflater(true)));
    } else if (entry.method() != STORED) {
      throw new ZipException(
          entry.name() + " is packed by method " + entry.method() + ", which is not known here");
    }
    CheckedInputStream summed = new CheckedInputStream(text, new CRC32());
    JsonNode row;
    try (JsonParser parser = ForeignJson.MAPPER.createParser(summed)) {
      parser.nextToken();
      row = JsonRows.sample(parser);
      // Asked for what follows it, the parser reads the rest, and the sum is that of all.
      if (parser.nextToken() != null || summed.getChecksum().getValue() != entry.sum()) {
        throw new ZipException(entry.name() + " is damaged: its checksum differs");
      }
    }
    rows.row(file + " " + entry.name(), row);
  }

  /// Frames one after the other are a Zstandard file again, and their documents come in their
  /// order.
  private void frames(List<Entry> entries, ScratchDatabase scratch, RowConsumer rows)
      throws IOException {
    Path together = Files.createTempFile(scratch.folder(), "log", ".zst");
    try {
      try (OutputStream out = Files.newOutputStream(together)) {
        for (Entry entry : entries) {
          out.write(packed(entry));
        }
      }
      ZstdFrames.requireWhole(together);
      EntrySums sums =
          new EntrySums(
              limited(new ZstdText(scratch, together)),
              entries.stream().mapToLong(Entry::whole).toArray());
      try (JsonParser parser = ForeignJson.MAPPER.createParser(sums)) {
        for (Entry entry : entries) {
          if (parser.nextToken() == null) {
            throw new EOFException(entry.name() + " is empty");
          }
          rows.row(file + " " + entry.name(), JsonRows.sample(parser));
        }
        // Asked for what follows the last, the parser reads the rest.
        if (parser.nextToken() != null) {
          throw new ZipException(entries.getLast().name() + " is longer than the archive says");
        }
      }
      for (int i = 0; i < entries.size(); i++) {
        if (sums.differs(i, entries.get(i).sum())) {
          throw new ZipException(entries.get(i).name() + " is damaged: its checksum differs");
        }
      }
    } finally {
      Files.deleteIfExists(together);
    }
  }

  /// All entries together may hold what a compressed file may.
  private InputStream limited(InputStream text) {
    return new java.io.FilterInputStream(text) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int at, int length) throws IOException {
        int read = super.read(into, at, length);
        inflated = limit.add(inflated, Math.max(0, read));
        return read;
      }
    };
  }

  private byte[] packed(Entry entry) throws IOException {
    ByteBuffer header = bytes(entry.header(), 30);
    if (header.getInt(0) != 0x04034B50 || entry.packed() > Integer.MAX_VALUE - 8) {
      throw new ZipException(entry.name() + " is not where the archive says");
    }
    int name = header.getShort(26) & 0xFFFF;
    if (!entry.name().equals(text(bytes(entry.header() + 30, name)))) {
      throw new ZipException(entry.name() + " has another name where the archive says that it is");
    }
    long from = entry.header() + 30 + name + (header.getShort(28) & 0xFFFF);
    return bytes(from, (int) entry.packed()).array();
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    if (from < 0 || count < 0 || from + count > zip.size()) {
      throw new EOFException("the archive ends early");
    }
    ByteBuffer read = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (read.hasRemaining() && zip.read(read, from + read.position()) >= 0) {
      // Reads on.
    }
    return read.flip();
  }

  private List<Entry> directory() throws IOException {
    int tail = (int) Math.min(zip.size(), 22 + 65535);
    long from = zip.size() - tail;
    ByteBuffer end = bytes(from, tail);
    int at = tail - 22;
    while (at >= 0 && end.getInt(at) != 0x06054B50) {
      at--;
    }
    if (at < 0) {
      throw new EOFException("the archive ends early: its directory is missing");
    }
    long count = end.getShort(at + 10) & 0xFFFF;
    long size = end.getInt(at + 12) & WIDE;
    long start = end.getInt(at + 16) & WIDE;
    long behind = from + at;
    if ((start == WIDE || size == WIDE) && at >= 20 && end.getInt(at - 20) == 0x07064B50) {
      behind = end.getLong(at - 20 + 8);
      ByteBuffer wide = bytes(behind, 56);
      count = wide.getLong(32);
      size = wide.getLong(40);
      start = wide.getLong(48);
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new ZipException("the archive's directory is too large");
    }
    if (start + size != behind) {
      throw new ZipException("the archive's directory is not where the archive says");
    }
    List<Entry> entries = entries(bytes(start, (int) size));
    // Writers of more than 65,535 entries that know no wide counts let this one run over.
    if (entries.size() != count && (entries.size() & 0xFFFF) != count) {
      throw new ZipException(
          "the archive's directory is damaged: it says %d entries and has %d"
              .formatted(count, entries.size()));
    }
    return entries;
  }

  private static List<Entry> entries(ByteBuffer directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at + 46 <= directory.limit() && directory.getInt(at) == 0x02014B50) {
      int name = directory.getShort(at + 28) & 0xFFFF;
      int extra = directory.getShort(at + 30) & 0xFFFF;
      int comment = directory.getShort(at + 32) & 0xFFFF;
      if (at + 46 + name + extra + comment > directory.limit()) {
        throw new EOFException("the archive's directory ends early");
      }
      long[] sizes = {
        directory.getInt(at + 24) & WIDE,
        directory.getInt(at + 20) & WIDE,
        directory.getInt(at + 42) & WIDE
      };
      wide(directory, at + 46 + name, extra, sizes);
      entries.add(
          new Entry(
              text(directory.slice(at + 46, name)),
              directory.getShort(at + 10) & 0xFFFF,
              directory.getInt(at + 16) & WIDE,
              sizes[1],
              sizes[0],
              sizes[2]));
      at += 46 + name + extra + comment;
    }
    return entries;
  }

  /// Other bytes are another name, whatever they are meant to be.
  private static String text(ByteBuffer name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(name.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1.decode(name).toString();
    }
  }

  /// Sizes that need more than four bytes stand in an extra field, in this order.
  private static void wide(ByteBuffer directory, int from, int length, long[] sizes) {
    int at = from;
    while (at + 4 <= from + length) {
      int id = directory.getShort(at) & 0xFFFF;
      int size = directory.getShort(at + 2) & 0xFFFF;
      int value = at + 4;
      for (int i = 0; id == 1 && i < sizes.length; i++) {
        if (sizes[i] == WIDE && value + 8 <= at + 4 + size) {
          sizes[i] = directory.getLong(value);
          value += 8;
        }
      }
      at += 4 + size;
    }
  }
}
