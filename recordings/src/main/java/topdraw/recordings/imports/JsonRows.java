package topdraw.recordings.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.file.LineReader;

/// The rows of a JSON document: a list of them, one after the other, or somewhere inside. Of a
/// document no more than a row is held in memory, and its outline.
final class JsonRows {
  private static final int OUTLINE = 50;

  /// What a log of Inspect keeps beside a sample, and may be large.
  private static final Set<String> BESIDE = Set.of("events", "events_data", "store", "attachments");

  /// Opens the same text again.
  @FunctionalInterface
  interface Text {
    InputStream open() throws IOException;
  }

  private final Path file;
  private final Optional<Envelope> told;
  private final RowConsumer rows;
  private long count;

  JsonRows(Path file, Optional<String> told, RowConsumer rows) {
    this.file = file;
    this.told = told.map(Envelope::told);
    this.rows = rows;
  }

  /// @throws InputException if the document does not end, or goes on after its end
  void read(Text text) throws IOException {
    boolean list;
    boolean several;
    Envelope envelope;
    try (JsonParser parser = ForeignJson.MAPPER.createParser(text.open())) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return; // no rows: said where those of all files are counted
      }
      list = first == JsonToken.START_ARRAY;
      if (list) {
        several = true;
        envelope = Envelope.one();
      } else {
        JsonNode outline = outline(parser);
        several = parser.nextToken() != null;
        envelope = told.isPresent() ? told.get() : several ? Envelope.one() : Envelope.of(outline);
        if (!several && envelope.kind() == Envelope.Kind.ONE) {
          requireSamples(outline);
        }
      }
    }
    try (JsonParser parser = ForeignJson.MAPPER.createParser(text.open())) {
      parser.nextToken();
      if (list) {
        list(parser);
      } else if (several || envelope.kind() != Envelope.Kind.ROWS) {
        documents(parser, envelope);
      } else {
        walk(parser, envelope, 0, "");
        requireEnd(parser);
      }
    }
  }

  private static void requireSamples(JsonNode outline) {
    if (outline.path("eval").isObject() && outline.has("version") && outline.has("status")) {
      throw new InputException(
          Problem.MALFORMED,
          "an Inspect log without samples; write it with them: inspect log dump FILE > LOG.json");
    }
  }

  /// The document with long lists and long dictionaries cut short.
  private static JsonNode outline(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      ObjectNode object = Json.mapper().createObjectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (object.size() < 4 * OUTLINE) {
          object.set(name, outline(parser));
        } else {
          parser.skipChildren();
        }
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      ArrayNode array = Json.mapper().createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (array.size() < OUTLINE) {
          array.add(outline(parser));
        } else {
          parser.skipChildren();
        }
      }
      return array;
    }
    return parser.readValueAsTree();
  }

  private void list(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      document(parser.readValueAsTree());
    }
    requireEnd(parser);
  }

  private void requireEnd(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw new InputException(
          Problem.MALFORMED,
          "the document ends after row " + count + ", and the file goes on behind it");
    }
  }

  private void documents(JsonParser parser, Envelope envelope) throws IOException {
    for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
      JsonNode document = parser.readValueAsTree();
      Optional<List<ObjectNode>> table = envelope.table(document);
      if (table.isPresent()) {
        for (ObjectNode row : table.get()) {
          row(row);
        }
      } else {
        document(document);
      }
    }
  }

  /// A row, or a document of rows among others.
  private void document(JsonNode document) throws IOException {
    if (told.isPresent()) {
      inside(document, told.get(), 0, "");
    } else if (document.path("samples").isArray() && document.path("eval").isObject()) {
      for (JsonNode sample : document.get("samples")) {
        row(sample);
      }
    } else {
      row(document);
    }
  }

  /// The rows of a document in memory.
  void inside(JsonNode node, Envelope envelope, int step, String name) throws IOException {
    if (step == envelope.steps().size()) {
      if (envelope.list() && node.isArray()) {
        for (JsonNode row : node) {
          row(keyed(row, name));
        }
      } else {
        row(node);
      }
      return;
    }
    String wanted = envelope.steps().get(step);
    for (var entry : node.properties()) {
      if (wanted.equals(Envelope.EVERY) || wanted.equals(entry.getKey())) {
        inside(
            entry.getValue(),
            envelope,
            step + 1,
            wanted.equals(Envelope.EVERY) ? entry.getKey() : name);
      }
    }
  }

  private void walk(JsonParser parser, Envelope envelope, int step, String name)
      throws IOException {
    if (step == envelope.steps().size()) {
      if (!envelope.list()) {
        row(sample(parser));
      } else if (parser.currentToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          row(keyed(sample(parser), name));
        }
      } else {
        parser.skipChildren();
      }
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    String wanted = envelope.steps().get(step);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (wanted.equals(Envelope.EVERY)) {
        walk(parser, envelope, step + 1, key);
      } else if (wanted.equals(key)) {
        walk(parser, envelope, step + 1, name);
      } else {
        parser.skipChildren();
      }
    }
  }

  /// A row, without what Inspect keeps beside a sample.
  static JsonNode sample(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return parser.readValueAsTree();
    }
    ObjectNode row = Json.mapper().createObjectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (BESIDE.contains(name)) {
        parser.skipChildren();
      } else {
        row.set(name, parser.<JsonNode>readValueAsTree());
      }
    }
    return row;
  }

  /// A row of a dictionary of lists has its name, unless it says one of its own.
  private static JsonNode keyed(JsonNode row, String name) {
    if (!name.isEmpty() && row instanceof ObjectNode object && !object.has("key")) {
      object.put("key", name);
    }
    return row;
  }

  private void row(JsonNode row) throws IOException {
    count++;
    String sample = row.has("epoch") && row.path("output").has("choices") ? " sample " : " row ";
    rows.row(file + sample + count, row);
  }

  /// The rows of text of which each line is one.
  static void lines(Path file, InputStream text, Optional<String> told, RowConsumer rows)
      throws IOException {
    JsonRows nested = new JsonRows(file, told, rows);
    try (LineReader lines = new LineReader(text, file.toString())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (told.isEmpty()) {
          rows.line(lines.place(), line, lines.whole());
          continue;
        }
        try {
          JsonNode row = ForeignJson.line(lines.place(), line, lines.whole());
          if (row != null) {
            nested.inside(row, Envelope.told(told.get()), 0, "");
          }
        } catch (Unparsed e) {
          rows.bad(lines.place(), String.valueOf(e.getMessage()));
        }
      }
    }
  }
}
