package topdraw.recordings.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import topdraw.attack.Mutation;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;

/// A sound recording that is going to be damaged.
///
/// @param name its file's name
/// @param bytes what it holds
/// @param map what has to be said of it
/// @param join the file that completes it
/// @param words what the reader says of its columns
record Sample(String name, byte[] bytes, List<String> map, Optional<Join> join, String words) {
  private static final Path FOREIGN =
      Path.of("src/test/resources/topdraw/recordings/foreign-tools");
  private static final List<String> ONE_DRAW =
      List.of(
          "plain",
          "array",
          "utf-16",
          "zipped",
          "members",
          "frames",
          "zipped-utf-16",
          "flat",
          "groups");

  static List<Sample> all(Path folder) throws IOException, SQLException {
    List<Sample> samples = new ArrayList<>();
    for (int draws : new int[] {3, 40}) {
      Path of = Files.createDirectories(folder.resolve("of-" + draws));
      Written pool = pool(6, draws);
      List<Written.Input> inputs = new ArrayList<>(pool.write(of));
      for (String name : more(of, pool)) inputs.add(Written.Input.of(name));
      for (Written.Input input : inputs)
        samples.add(of(of.resolve(input.name()), input.map(), input.join()));
    }
    try (Stream<Path> files = Files.list(FOREIGN)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".py")).sorted().toList()) {
        samples.add(of(file, List.of(), Optional.empty()));
      }
    }
    return List.copyOf(samples);
  }

  private static Sample of(Path file, List<String> map, Optional<Join> join) throws IOException {
    Sample sample =
        new Sample(String.valueOf(file.getFileName()), Files.readAllBytes(file), map, join, "");
    if (!sample.plain()) return sample; // only of those is it asked
    try (Recording recording = Recordings.open(List.of(file.toString()), sample.mapping(false))) {
      String words =
          String.join("\n", recording.columns()).replace(file.toString(), "FILE")
              + recording.rewards();
      return new Sample(sample.name, sample.bytes, map, join, words);
    }
  }

  private static Written pool(int prompts, int draws) {
    List<String> asked =
        IntStream.range(0, prompts).mapToObj(p -> "Question, " + p + " \"why\"?").toList();
    return new Written(
        asked,
        asked.stream()
            .map(
                p ->
                    IntStream.range(0, draws)
                        .mapToObj(i -> "answer " + i + "\nü𝔘, \"" + i % 3 + "\"")
                        .toList())
            .toList(),
        asked.stream()
            .map(p -> IntStream.range(0, draws).mapToObj(i -> (i % 7) + i / 64.0).toList())
            .toList());
  }

  /// Containers that the layouts have not.
  private static List<String> more(Path folder, Written pool) throws IOException, SQLException {
    String lines = Files.readString(folder.resolve("plain.jsonl"));
    int half = lines.indexOf('\n', lines.length() / 2) + 1;
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (String part : List.of(lines.substring(0, half), lines.substring(half)))
      members.write(gzip(part.getBytes(StandardCharsets.UTF_8)));
    Files.write(folder.resolve("members.jsonl.gz"), members.toByteArray());
    Files.write(
        folder.resolve("zipped-utf-16.jsonl.gz"), gzip(lines.getBytes(StandardCharsets.UTF_16LE)));
    Files.write(
        folder.resolve("plain.csv.gz"), gzip(Files.readAllBytes(folder.resolve("plain.csv"))));
    try (ScratchDatabase scratch = ScratchDatabase.open();
        Statement duck = scratch.duck().createStatement()) {
      String rows =
          "read_json('"
              + folder.resolve("plain.jsonl")
              + "', format = 'newline_delimited', columns = {prompt: 'VARCHAR', response: 'VARCHAR', score: 'DOUBLE'})";
      duck.execute(
          "copy (select * from "
              + rows
              + ") to '"
              + folder.resolve("flat.parquet")
              + "' (format parquet, compression uncompressed)");
      duck.execute(
          "copy (select *, i as response_tokens from "
              + rows
              + ", range(60) r(i)) to '"
              + folder.resolve("groups.parquet")
              + "' (format parquet, row_group_size 2048)");
      duck.execute(
          "copy (select prompt, list(response) as responses, list(score) as scores from "
              + rows
              + " group by prompt) to '"
              + folder.resolve("nested.parquet")
              + "' (format parquet)");
      Path part = folder.resolve("part.zst");
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (String text : List.of(lines.substring(0, half), lines.substring(half))) {
        Path file = Files.writeString(folder.resolve("part.txt"), text);
        duck.execute(
            "copy (select line from read_csv('"
                + file
                + "', columns = {line: 'VARCHAR'}, delim = '\\x01', quote = '', escape = '', header = false, auto_detect = false)) to '"
                + part
                + "' (format csv, header false, delim '\\x01', quote '', escape '', compression zstd)");
        frames.write(Files.readAllBytes(part));
      }
      Files.write(folder.resolve("frames.jsonl.zst"), frames.toByteArray());
    }
    return List.of(
        "members.jsonl.gz",
        "zipped-utf-16.jsonl.gz",
        "plain.csv.gz",
        "flat.parquet",
        "groups.parquet",
        "nested.parquet",
        "frames.jsonl.zst");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private boolean text() {
    return !name.matches(".*(gz|zst|parquet|eval)|utf-16.*|zipped.*");
  }

  /// A copy with injuries: of its lines or its text where it is one, of its bytes, or of what it is
  /// packed in.
  byte[] damaged(Mutation mutation) throws IOException {
    if (!text()) {
      if (bytes[0] == 0x1F && mutation.random().nextBoolean()) {
        return gzip(
            mutation.of(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()));
      }
      if (name.endsWith(".parquet") && mutation.random().nextBoolean()) return footer(mutation);
      return mutation.of(bytes);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (mutation.random().nextInt(4)) {
      case 0 -> mutation.of(bytes);
      case 1 -> mutation.of(text).getBytes(StandardCharsets.UTF_8);
      default -> mutation.linesOf(text).getBytes(StandardCharsets.UTF_8);
    };
  }

  /// Changes the footer only: counts, offsets, names, lengths.
  private byte[] footer(Mutation mutation) {
    byte[] changed = bytes.clone();
    int length = Integer.reverseBytes(ByteBuffer.wrap(bytes, bytes.length - 8, 4).getInt());
    for (int i = mutation.random().nextInt(1, 3); i > 0; i--) {
      int at = bytes.length - 1 - mutation.random().nextInt(length + 8);
      changed[at] =
          mutation.random().nextBoolean()
              ? (byte) (changed[at] + 2)
              : (byte) mutation.random().nextInt(256);
    }
    return changed;
  }

  Mapping mapping(boolean lenient) {
    return new Mapping(Mapping.parse(map), List.of(), false, Map.of(), lenient, join);
  }

  /// The name without what the container adds to it.
  String plainName() {
    return name.replaceFirst("\\.(gz|zst)$", "");
  }

  boolean oneDraw() {
    return ONE_DRAW.contains(name.replaceFirst("\\..*", ""));
  }

  /// Whether its rows are read by another parser too.
  boolean plain() {
    return List.of("plain.jsonl", "plain.csv", "plain.tsv").contains(name);
  }

  /// The rows that another parser takes for sound.
  List<ReaderAttackTest.Plain> plainRows(byte[] damaged) {
    List<ReaderAttackTest.Plain> rows = new ArrayList<>();
    if (name.endsWith(".jsonl")) {
      for (byte[] line : CountedRows.nonBlank(damaged)) {
        try {
          JsonNode row = Json.mapper().readTree(line);
          if (row.path("prompt").isString()
              && row.path("response").isString()
              && row.path("score").isNumber()) {
            rows.add(
                new ReaderAttackTest.Plain(
                    row.get("prompt").asString(),
                    row.get("response").asString(),
                    row.get("score").asDouble()));
          }
        } catch (JacksonException e) {
          // No row: counted, not compared.
        }
      }
      return rows;
    }
    String text = new String(damaged, StandardCharsets.UTF_8);
    List<List<String>> records =
        CountedRows.records(text, name.endsWith(".csv") ? ',' : '\t').orElse(List.of());
    for (List<String> cells : records) {
      if (cells.size() == 3 && cells.get(2).matches("-?[0-9]{1,9}\\.[0-9]{1,9}")) {
        rows.add(
            new ReaderAttackTest.Plain(
                cells.get(0), cells.get(1), Double.parseDouble(cells.get(2))));
      }
    }
    return rows;
  }

  /// How many rows a document of this layout has.
  Function<JsonNode, OptionalLong> inside() {
    return switch (name) {
      case "nested.json" -> of("/results/rows");
      case "pandas-split.json", "pandas-table.json" -> of("/data");
      case "pandas-columns.json" -> of("/prompt");
      case "dictionary.json", "opencompass.json" -> of("");
      case "deepeval.json" -> of("/testCases");
      case "inspect.json" -> of("/samples");
      default -> document -> OptionalLong.empty();
    };
  }

  private static Function<JsonNode, OptionalLong> of(String path) {
    return document -> {
      JsonNode rows = document.at(path);
      return rows.isContainer() ? OptionalLong.of(rows.size()) : OptionalLong.empty();
    };
  }
}
