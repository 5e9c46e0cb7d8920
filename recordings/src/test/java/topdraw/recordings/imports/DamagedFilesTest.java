package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.input.InputException;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;

/// A damaged file is refused in one line that names it; none is read as a shorter or another one.
class DamagedFilesTest {
  private static final Mapping LENIENT =
      new Mapping(Map.of(), List.of(), false, Map.of(), true, Optional.empty());
  private static final int ROWS = 61;

  @TempDir private Path temp;

  private static long read(Path file) throws IOException {
    try (Recording recording = Recordings.open(List.of(file.toString()), LENIENT)) {
      long[] draws = new long[1];
      recording.forEach(prompt -> draws[0] += prompt.draws().size());
      return draws[0];
    }
  }

  private static void assertRefused(Path file, String words) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  private Path parquet(int rows, String options) throws IOException, SQLException {
    Path file = temp.resolve("table.parquet");
    try (ScratchDatabase scratch = ScratchDatabase.open();
        Statement duck = scratch.duck().createStatement()) {
      duck.execute(
          "copy (select 'p' || i % 3 as prompt, 'answer ' || i as response, i / 8 as score from"
              + " range("
              + rows
              + ") t(i)) to '"
              + file
              + "' (format parquet"
              + options
              + ")");
    }
    return file;
  }

  @Test
  void aTableThatWasCutSaysWhereItEnds() throws IOException, SQLException {
    Path file = parquet(ROWS, "");
    byte[] whole = Files.readAllBytes(file);
    for (int size : new int[] {4, 11, 12, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, size));
      assertRefused(file, "the file ends early, at byte %,d, where no footer ends".formatted(size));
    }
  }

  /// In the footer's form a whole number of 64 bits that follows its neighbour is 0x16 and twice
  /// the number: the file's rows, those of its group, and the values of each column.
  @Test
  void aTableWhoseCountsDifferIsRefused() throws IOException, SQLException {
    Path file = parquet(ROWS, "");
    assertThat(read(file)).isEqualTo(ROWS);
    byte[] whole = Files.readAllBytes(file);
    int edited = 0;
    for (int at = 4; at < whole.length - 8; at++) {
      if (whole[at] == 0x16 && whole[at + 1] == 2 * ROWS) {
        byte[] fewer = whole.clone();
        fewer[at + 1] -= 2;
        Files.write(file, fewer);
        assertRefused(file, "cannot be read: its footer is damaged");
        edited++;
      }
    }
    assertThat(edited).isGreaterThanOrEqualTo(2);
  }

  /// A footer names each column in the schema and in each group of rows.
  @Test
  void aTableThatCallsAColumnByTwoNamesIsRefused() throws IOException, SQLException {
    Path file = parquet(ROWS, "");
    byte[] whole = Files.readAllBytes(file);
    int edited = 0;
    for (int at = find(whole, "response", 1); at >= 0; at = find(whole, "response", edited + 1)) {
      byte[] other = whole.clone();
      other[at] = 'R';
      Files.write(file, other);
      assertRefused(file, "its footer is damaged; it calls a column by two names");
      edited++;
    }
    assertThat(edited).isEqualTo(2);
  }

  @Test
  void aTableWithDamagedPagesIsTheUsersToMend() throws IOException, SQLException {
    Path file = parquet(6000, ", row_group_size 2048, compression zstd");
    byte[] whole = Files.readAllBytes(file);
    Arrays.fill(whole, whole.length / 8, whole.length / 8 + 400, (byte) 7);
    Files.write(file, whole);
    assertRefused(file, "cannot be read");
  }

  private static String sample(int epoch) {
    return """
    {"id": "q", "epoch": %d, "input": "why?", "target": "x", "output": {"model": "m", "choices": [{"message":
    {"role": "assistant", "content": "because"}, "stop_reason": "stop"}]}, "scores": {"judge": {"value": 1}}}\
    """
        .formatted(epoch);
  }

  /// As pandas writes columns, one name of a row damaged: read as anything else, three rows would
  /// be one.
  @Test
  void columnsOfOtherRowsAreNoTable() throws IOException {
    String table =
        "{\"prompt\":{\"0\":\"a\",\"1\":\"a\",\"2\":\"b\"},\"response\":{\"0\":\"x\",\"1\":\"y\",\"2\":\"z\"},"
            + "\"score\":{\"0\":1,\"1\":0,\"2\":1}}";
    assertThat(read(Files.writeString(temp.resolve("whole.json"), table))).isEqualTo(3);
    Path damaged =
        Files.writeString(
            temp.resolve("damaged.json"), table.replace("\"1\":\"y\"", "\"null1\":\"y\""));
    assertThatThrownBy(() -> read(damaged))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("damaged.json")
        .hasMessageContaining("not of the same rows: 'response' differs from 'prompt'");
  }

  private Path log() throws IOException {
    Path file = temp.resolve("log.eval");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(0);
      for (int epoch = 1; epoch <= 3; epoch++) {
        zip.putNextEntry(new ZipEntry("samples/q_epoch_" + epoch + ".json"));
        zip.write(sample(epoch).getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(read(file)).isEqualTo(3);
    return file;
  }

  private static int find(byte[] bytes, String text, int nth) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = -1;
    for (int i = 0; i < nth; i++) at = all.indexOf(text, at + 1);
    return at;
  }

  @Test
  void anEntryOfALogIsHeldToItsChecksum() throws IOException {
    Path file = log();
    byte[] bytes = Files.readAllBytes(file);
    bytes[find(bytes, "\"value\": 1", 2) + 9] = '9';
    Files.write(file, bytes);
    assertRefused(file, "samples/q_epoch_2.json is damaged: its checksum differs");
  }

  /// Zstandard frames need no checksum of their own, and Inspect's have none: the archive's counts.
  @Test
  void anEntryPackedByZstandardIsHeldToItsChecksum() throws IOException {
    Path file = Files.write(temp.resolve("packed.eval"), zstandardLog());
    assertThat(read(file)).isEqualTo(3);
    byte[] bytes = Files.readAllBytes(file);
    bytes[find(bytes, "\"value\": 1", 2) + 9] = '9';
    Files.write(file, bytes);
    assertRefused(file, "samples/q_epoch_2.json is damaged: its checksum differs");
  }

  /// A zip archive of method 93, which Java does not write.
  private static byte[] zstandardLog() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (int epoch = 1; epoch <= 3; epoch++) {
      byte[] name = ("samples/q_epoch_" + epoch + ".json").getBytes(StandardCharsets.UTF_8);
      byte[] text = (sample(epoch) + " ".repeat(300)).getBytes(StandardCharsets.UTF_8);
      byte[] packed = zstd(text);
      CRC32 sum = new CRC32();
      sum.update(text);
      ByteBuffer common = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
      common.putShort((short) 63).putShort((short) 0).putShort((short) 93).putInt(0);
      common.putInt((int) sum.getValue()).putInt(packed.length).putInt(text.length);
      common.putShort((short) name.length).putShort((short) 0);
      ByteBuffer entry = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
      entry.putInt(0x02014B50).putShort((short) 63).put(common.array(), 0, 26);
      entry.position(42);
      entry.putInt(out.size());
      directory.writeBytes(entry.array());
      directory.writeBytes(name);
      out.writeBytes(new byte[] {'P', 'K', 3, 4});
      out.writeBytes(common.array());
      out.writeBytes(name);
      out.writeBytes(packed);
    }
    ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(0x06054B50).putInt(0).putShort((short) 3).putShort((short) 3);
    end.putInt(directory.size()).putInt(out.size());
    out.writeBytes(directory.toByteArray());
    out.writeBytes(end.array());
    return out.toByteArray();
  }

  @Test
  void anEntryOfALogHasOneNameAndThatIsItsOwn() throws IOException {
    Path file = log();
    byte[] bytes = Files.readAllBytes(file);
    int digit = "samples/q_epoch_".length();
    bytes[find(bytes, "samples/q_epoch_3", 2) + digit] = '4'; // in the directory, which is last
    Files.write(file, bytes);
    assertRefused(
        file, "samples/q_epoch_4.json has another name where the archive says that it is");
    bytes[find(bytes, "samples/q_epoch_3", 1) + digit] = '4';
    Files.write(file, bytes);
    assertThat(read(file)).isEqualTo(3);
    for (int i = 0; i < 2; i++) bytes[find(bytes, "samples/q_epoch_4", 1) + digit] = '2';
    Files.write(file, bytes);
    assertRefused(
        file,
        "samples/q_epoch_2.json is in the archive twice, which does not say which of them counts");
  }

  /// Names that differ in bytes of an old code page are two.
  @Test
  void namesThatAreNotUtf8StayApart() throws IOException {
    Path file = log();
    byte[] bytes = Files.readAllBytes(file);
    for (int epoch = 2; epoch <= 3; epoch++) {
      for (int i = 0; i < 2; i++) {
        int at = find(bytes, "samples/q_epoch_" + epoch, 1) + "samples/q_epoch_".length();
        bytes[at] = (byte) (0x80 + epoch);
      }
    }
    Files.write(file, bytes);
    assertThat(read(file)).isEqualTo(3);
  }

  @Test
  void aLogWhoseDirectoryBreaksOffIsRefused() throws IOException {
    Path file = log();
    byte[] bytes = Files.readAllBytes(file);
    bytes[find(bytes, "PK\1\2", 2)] = 'Q';
    Files.write(file, bytes);
    assertRefused(file, "the archive's directory is damaged: it says 3 entries and has 1");
  }

  @Test
  void aLogWithSomethingBehindItsDirectoryIsRefused() throws IOException {
    Path file = log();
    byte[] bytes = Files.readAllBytes(file);
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    int end = find(bytes, "PK\5\6", 1);
    more.write(bytes, 0, end);
    more.write(7);
    more.write(bytes, end, bytes.length - end);
    Files.write(file, more.toByteArray());
    assertRefused(file, "the archive's directory is not where the archive says");
  }

  /// The quote that is lost makes one cell of what lies up to the next.
  @Test
  void rowsThatALostQuoteSwallowsAreNamed() throws IOException {
    StringBuilder csv = new StringBuilder("prompt,response,score\n");
    for (int i = 0; i < 6; i++)
      csv.append("\"p\",\"answer ").append(i).append("\",").append(i).append('\n');
    Path file = temp.resolve("rows.csv");
    Files.writeString(file, csv.toString().replace("2\",", "2,"));
    try (Recording recording = Recordings.open(List.of(file.toString()), LENIENT)) {
      assertThat(recording.bad().count()).isPositive();
    }
    Files.writeString(
        file,
        csv.toString().replace("answer 2\",2", "said \"so\" 2\" ,2").replace("\"said", "said"));
    try (Recording recording = Recordings.open(List.of(file.toString()), LENIENT)) {
      assertThat(recording.bad().count())
          .as("quotes within a cell that has none around it")
          .isZero();
    }
    Files.writeString(file, "\"" + csv);
    assertRefused(file, "row 1, which names the columns: a cell goes on behind its closing quotes");
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text);
    }
    return out.toByteArray();
  }

  private static String lines() {
    return "{\"prompt\": \"ü\", \"response\": \""
        + "ok ".repeat(90)
        + "\", \"score\": 1}\n{\"prompt\": \"ü\", \"response\": \"no\", \"score\": 0}\n";
  }

  @Test
  void rowsWithoutAColumnAreCalledThat() throws IOException {
    Path rows = Files.writeString(temp.resolve("bare.jsonl"), "{}\n{}\n");
    assertRefused(rows, "no columns: each row needs a prompt, a completion and a reward");
  }

  @Test
  void columnsWhoseNamesHaveLinesAreListedInOne() throws IOException {
    Path table = Files.writeString(temp.resolve("lines.csv"), "\"a\nb\",c\n1,2\n");
    assertRefused(table, "no column for the prompt among a b, c;");
    Mapping named =
        new Mapping(
            Map.of("prompt", List.of("d")), List.of(), false, Map.of(), true, Optional.empty());
    assertThatThrownBy(() -> Recordings.open(List.of(table.toString()), named).close())
        .hasMessageContaining("There is a b, c")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aGzipHeaderOfAnUnknownKindIsRefused() throws IOException {
    byte[] bytes = gzip(lines().getBytes(StandardCharsets.UTF_8));
    bytes[3] |= (byte) 0x80;
    assertRefused(Files.write(temp.resolve("rows.jsonl.gz"), bytes), "a header of an unknown kind");
  }

  @Test
  void textOfTwoBytesACharacterIsReadInGzipAsInAPlainFile() throws IOException {
    for (var charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] text = lines().getBytes(charset);
      assertThat(read(Files.write(temp.resolve("rows.jsonl.gz"), gzip(text)))).isEqualTo(2);
      assertThat(read(Files.write(temp.resolve("rows.jsonl"), text))).isEqualTo(2);
    }
  }

  /// In Zstandard too, or refused with the way out.
  @Test
  void textOfTwoBytesACharacterIsRefusedInZstandard() throws IOException {
    for (var charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file = Files.write(temp.resolve("rows.jsonl.zst"), zstd(lines().getBytes(charset)));
      assertRefused(file, "unpack it with zstd -d and give the plain file");
    }
    assertThat(
            read(
                Files.write(
                    temp.resolve("rows.jsonl.zst"),
                    zstd(lines().getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo(2);
  }

  /// A frame of one block that is not compressed.
  private static byte[] zstd(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x60});
    int size = text.length - 256;
    out.write(size);
    out.write(size >> 8);
    int block = text.length << 3 | 1;
    out.write(block);
    out.write(block >> 8);
    out.write(block >> 16);
    out.writeBytes(text);
    return out.toByteArray();
  }
}
