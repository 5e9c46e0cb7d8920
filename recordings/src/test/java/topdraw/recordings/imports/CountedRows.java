package topdraw.recordings.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// How many rows a file has, found out another way than the reader's: lines are counted, documents
/// parsed as a whole, gzip and Zstandard unpacked by the programs of these names, and of a Parquet
/// file its footer is read.
///
/// @param broken why no one may read the file without an error; empty where it is whole
/// @param rows how many rows it has; empty where only its being whole is known
/// @param suspect whether a row at least must be named as left out
record CountedRows(Optional<String> broken, OptionalLong rows, boolean suspect) {
  private static final JsonMapper WHOLE =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final JsonMapper ONCE =
      WHOLE.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final long BATCH = 1 << 26;

  static final CountedRows UNKNOWN = new CountedRows(Optional.empty(), OptionalLong.empty(), false);
  private static final CountedRows SUSPECT =
      new CountedRows(Optional.empty(), OptionalLong.empty(), true);

  static CountedRows broken(String why) {
    return new CountedRows(Optional.of(why), OptionalLong.empty(), false);
  }

  static CountedRows rows(long rows) {
    return new CountedRows(Optional.empty(), OptionalLong.of(rows), false);
  }

  /// @param name the file's name, without the ending of what packs it
  /// @param inside how many rows a single document has
  static CountedRows of(Path file, String name, Function<JsonNode, OptionalLong> inside)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (starts(bytes, 'P', 'A', 'R', '1')) return parquet(bytes);
    if (starts(bytes, 'P', 'K', 3, 4) || starts(bytes, 'P', 'K', 5, 6)) return zip(file);
    if (starts(bytes, 0x1F, 0x8B)) return packed("gzip", file, name, inside);
    if (starts(bytes, 0x28, 0xB5, 0x2F, 0xFD)) return packed("zstd", file, name, inside);
    return text(bytes, name, inside);
  }

  private static boolean starts(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) return false;
    }
    return true;
  }

  /// What a program unpacks; nothing is known where there is no such program.
  private static CountedRows packed(
      String program, Path file, String name, Function<JsonNode, OptionalLong> inside)
      throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(program, "-dc")
              .redirectInput(file.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return UNKNOWN;
    }
    byte[] text = process.getInputStream().readAllBytes();
    try {
      return process.waitFor() == 0 ? text(text, name, inside) : broken(program + " refuses it");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static CountedRows text(
      byte[] packed, String name, Function<JsonNode, OptionalLong> inside) {
    byte[] bytes;
    try {
      bytes = utf8(packed);
    } catch (CharacterCodingException e) {
      return broken("not UTF-16");
    }
    String start = new String(bytes, StandardCharsets.UTF_8).stripLeading();
    boolean lines = name.matches(".*\\.(jsonl|ndjson)");
    boolean list = start.matches("(?s)\\[\\s*(\\{.*|\\]\\s*)");
    if (lines && !list) {
      List<byte[]> full = nonBlank(bytes);
      String first = full.isEmpty() ? "" : new String(full.getFirst(), StandardCharsets.UTF_8);
      if (first.strip().equals("{")) return documents(bytes, inside);
      return full.size() == 1 && first.startsWith("{") ? UNKNOWN : rows(full.size());
    }
    if (!name.contains(".")) return bare(bytes);
    if (list || start.startsWith("{") || name.endsWith(".json")) return documents(bytes, inside);
    return name.matches(".*\\.[ct]sv") ? csv(bytes) : UNKNOWN;
  }

  /// A file whose name says nothing: a row each line where the first is one and more follow.
  private static CountedRows bare(byte[] bytes) {
    List<byte[]> full = nonBlank(bytes);
    try {
      return full.size() > 1 && WHOLE.readTree(full.getFirst()).isObject()
          ? rows(full.size())
          : UNKNOWN;
    } catch (JacksonException e) {
      return UNKNOWN;
    }
  }

  private static byte[] utf8(byte[] bytes) throws CharacterCodingException {
    if (starts(bytes, 0xEF, 0xBB, 0xBF)) return Arrays.copyOfRange(bytes, 3, bytes.length);
    if (starts(bytes, 0xFE, 0xFF)) return recoded(bytes, 2, StandardCharsets.UTF_16BE);
    if (starts(bytes, 0xFF, 0xFE)) return recoded(bytes, 2, StandardCharsets.UTF_16LE);
    if (bytes.length < 4) return bytes;
    boolean zeros = bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0;
    if (zeros) return recoded(bytes, 0, StandardCharsets.UTF_16BE);
    boolean between = bytes[0] != 0 && bytes[1] == 0 && bytes[3] == 0;
    return between ? recoded(bytes, 0, StandardCharsets.UTF_16LE) : bytes;
  }

  private static byte[] recoded(byte[] bytes, int from, Charset charset)
      throws CharacterCodingException {
    ByteBuffer text = ByteBuffer.wrap(bytes, from, bytes.length - from);
    return charset.newDecoder().decode(text).toString().getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> nonBlank(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '\n') {
        byte[] line = Arrays.copyOfRange(bytes, start, at);
        if (!new String(line, StandardCharsets.UTF_8).isBlank()) lines.add(line);
        start = at + 1;
      }
    }
    return lines;
  }

  private static CountedRows documents(byte[] bytes, Function<JsonNode, OptionalLong> inside) {
    List<JsonNode> all;
    try (MappingIterator<JsonNode> values =
        WHOLE.readerFor(JsonNode.class).readValues(bytes, 0, bytes.length)) {
      all = values.readAll();
    } catch (JacksonException e) {
      return broken("no JSON: " + e.getOriginalMessage());
    }
    try (MappingIterator<JsonNode> values =
        ONCE.readerFor(JsonNode.class).readValues(bytes, 0, bytes.length)) {
      values.readAll();
    } catch (JacksonException e) {
      return UNKNOWN; // a name comes twice: which one counts is anybody's guess
    }
    if (all.isEmpty()) return rows(0);
    if (all.getFirst().isArray()) {
      if (all.size() > 1) return broken("the file goes on behind its list");
      boolean logs = all.getFirst().valueStream().anyMatch(row -> row.has("samples"));
      return logs ? UNKNOWN : rows(all.getFirst().size());
    }
    if (all.size() > 1) return UNKNOWN;
    OptionalLong rows = inside.apply(all.getFirst());
    return new CountedRows(Optional.empty(), rows, false);
  }

  private static CountedRows csv(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return broken("not UTF-8");
    }
    Optional<List<List<String>>> records = records(text, CsvRows.separator(text));
    if (records.isEmpty()) return SUSPECT;
    List<List<String>> all = records.get();
    if (all.isEmpty()) return rows(0);
    int columns = all.getFirst().size();
    return rows(
        all.stream()
            .skip(1)
            .filter(cells -> columns == 1 || cells.size() > 1 || !cells.getFirst().isEmpty())
            .count());
  }

  /// The cells of a table as RFC 4180 has them; empty where it has something else, so that a reader
  /// may say so of the rows or of the file.
  static Optional<List<List<String>>> records(String text, char separator) {
    List<List<String>> records = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at < text.length() || !cells.isEmpty()) {
      StringBuilder cell = new StringBuilder();
      if (at < text.length() && text.charAt(at) == '"') {
        int close = at;
        do {
          int next = text.indexOf('"', close + 1);
          if (next < 0) return Optional.empty();
          cell.append(text, close + 1, next);
          close = next + 1;
          if (close < text.length() && text.charAt(close) == '"') cell.append('"');
        } while (close < text.length() && text.charAt(close) == '"');
        at = close;
        while (at < text.length() && text.charAt(at) == ' ') {
          cell.append(' ');
          at++;
        }
        if (at < text.length()
            && "\r\n".indexOf(text.charAt(at)) < 0
            && text.charAt(at) != separator) return Optional.empty();
      } else {
        int end = at;
        while (end < text.length()
            && "\r\n".indexOf(text.charAt(end)) < 0
            && text.charAt(end) != separator) end++;
        cell.append(text, at, end);
        at = end;
      }
      cells.add(cell.toString());
      boolean more = at < text.length() && text.charAt(at) == separator;
      at += text.startsWith("\r\n", at) ? 2 : 1;
      if (!more) {
        records.add(cells);
        cells = new ArrayList<>();
      }
    }
    return Optional.of(records);
  }

  private static CountedRows zip(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long rows = 0;
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.getName().matches("samples/.*\\.json")) continue;
        rows++;
        CRC32 sum = new CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
          sum.update(in.readNBytes((int) BATCH));
        } catch (IOException e) {
          return broken(entry.getName() + ": " + e.getMessage());
        }
        if (sum.getValue() != entry.getCrc()) return broken(entry.getName() + " is damaged");
      }
      return rows(rows);
    } catch (ZipException e) {
      return broken("no zip: " + e.getMessage());
    }
  }

  private static CountedRows parquet(byte[] bytes) {
    int end = bytes.length - 8;
    if (end < 4 || !Arrays.equals(Arrays.copyOfRange(bytes, end + 4, end + 8), PARQUET)) {
      return broken("no footer");
    }
    int length = Integer.reverseBytes(ByteBuffer.wrap(bytes, end, 4).getInt());
    if (length < 1 || length > end - 4) return broken("a footer of " + length + " bytes");
    return ParquetFooter.rows(Arrays.copyOfRange(bytes, end - length, end));
  }
}
