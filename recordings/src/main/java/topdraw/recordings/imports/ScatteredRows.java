package topdraw.recordings.imports;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.file.LineReader;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.ScoreWords;
import topdraw.recordings.row.TableColumns;

/// What the rows of a file of others mean, wherever each is read: found out once from the first
/// rows, as [Recordings] does, and then sent to where the rows are. A row is a whole draw or a list
/// of them; rows that are parts of draws (raters' views, turns of a rollout) are refused, for those
/// are understood only beside the others of their file.
public final class ScatteredRows implements Serializable {
  private static final long serialVersionUID = 1;

  /// Reads its own NaN again as one.
  private static final JsonMapper WRITER =
      ForeignJson.MAPPER.rebuild().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private final ArrayList<String> first;
  private final HashMap<String, ArrayList<String>> told = new HashMap<>();
  private final ArrayList<String> rewards;
  private final boolean policyLogProbabilities;
  private final HashMap<String, Double> words;
  private transient @Nullable Columns columns;

  private ScatteredRows(List<String> first, Mapping mapping) {
    this.first = new ArrayList<>(first);
    mapping.columns().forEach((field, paths) -> told.put(field, new ArrayList<>(paths)));
    rewards = new ArrayList<>(mapping.rewards());
    policyLogProbabilities = mapping.policyLogProbabilities();
    words = new HashMap<>(mapping.words());
  }

  /// Finds out what the rows of a file mean.
  ///
  /// @param file what the file is called in a message
  /// @param rows its rows from the first on, of which as many are looked at as are needed
  /// @param mapping what is said of the columns; neither rows of a document nor a second file
  /// @return what they mean; empty where no row can be read
  /// @throws InputException if a column is not there, none is a prompt, or a row is a part of a
  ///   draw
  public static Optional<ScatteredRows> of(String file, Iterator<JsonNode> rows, Mapping mapping) {
    if (mapping.join().isPresent() || mapping.of(Field.ROWS).isPresent()) {
      throw alone(file, mapping.join().isPresent() ? "--join" : "--map rows=");
    }
    List<String> first = new ArrayList<>();
    while (rows.hasNext() && first.size() < ImportedRecording.LOOK) {
      try {
        JsonNode row = rows.next();
        flat(row);
        first.add(WRITER.writeValueAsString(row));
      } catch (IllegalArgumentException e) {
        // What is wrong with it is said where all rows are read.
      }
    }
    if (first.isEmpty()) {
      return Optional.empty();
    }
    ScatteredRows found = new ScatteredRows(first, mapping);
    try {
      Columns columns = found.columns();
      for (Field part : List.of(Field.RATER, Field.ROLLOUT, Field.TURN)) {
        if (columns.has(part)) {
          throw alone(
              file,
              "'%s', which makes a row a %s"
                  .formatted(
                      columns.column(part),
                      part == Field.RATER ? "rater's view" : "turn of a rollout"));
        }
      }
      return Optional.of(found);
    } catch (IllegalArgumentException e) {
      throw new InputException(
              Problem.MALFORMED,
              String.valueOf(e.getMessage()).startsWith(file)
                  ? String.valueOf(e.getMessage())
                  : file + ": " + e.getMessage())
          .by(e);
    }
  }

  private static InputException alone(String file, String what) {
    return new InputException(
        Problem.UNSUPPORTED,
        file
            + ": "
            + what
            + ", is read on one machine only; leave --spark out, or write a row for each draw");
  }

  /// Refuses a text none of whose lines is a row, by the first that is something else.
  ///
  /// @param file what the file is called in a message
  /// @param lines its lines from the first on, none of them a row
  /// @throws InputException if a line is not empty
  /// @throws IOException if it cannot be read
  public static void refuse(String file, LineReader lines) throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      try {
        JsonNode row = ForeignJson.line(lines.place(), line, lines.whole());
        if (row != null) requireFlat(row);
      } catch (Unparsed e) {
        throw Unreadable.noSample(file, 1, Optional.of(lines.place() + ": " + e.getMessage()));
      }
    }
  }

  private static void requireFlat(JsonNode row) throws Unparsed {
    try {
      flat(row);
    } catch (IllegalArgumentException e) {
      throw new Unparsed(e.getMessage() == null ? "unreadable" : e.getMessage(), e);
    }
  }

  /// Whether a file of a folder is taken for a recording.
  ///
  /// @param name the file's name
  /// @return true where its ending is that of one
  public static boolean knows(String name) {
    return RowSource.knows(name);
  }

  /// Whether a text has a row on each line, by its name and its beginning.
  ///
  /// @param name the file's name
  /// @param beginning its first characters, some ten thousand of them
  /// @return false where it is one document, a table, or something else
  public static boolean inLines(String name, String beginning) {
    String start = beginning.stripLeading();
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|bz2)$", "");
    boolean named = plain.matches(".*\\.(jsonl|ndjson)");
    boolean json = start.startsWith("{");
    return json ? RowSource.lines(start, beginning, plain) : named && !start.startsWith("[");
  }

  static JsonNode flat(JsonNode foreign) {
    if (!foreign.isObject()) {
      throw new InputException(Problem.MALFORMED, "not a JSON object");
    }
    return TableColumns.tree((ObjectNode) ApiAnswer.flat(foreign));
  }

  private Columns columns() {
    Columns known = columns;
    if (known == null) {
      List<JsonNode> rows = first.stream().map(row -> flat(RowSource.parse(row))).toList();
      known = Recognition.of(rows, mapping());
      columns = known;
    }
    return known;
  }

  private Mapping mapping() {
    return new Mapping(
        Map.copyOf(told), rewards, policyLogProbabilities, words, false, Optional.empty());
  }

  /// Whether the rows of another file mean the same.
  ///
  /// @param other what the rows of that file mean
  /// @return true where either reads the rows of both
  public boolean alike(ScatteredRows other) {
    return columns().equals(other.columns());
  }

  /// Which column was taken for what.
  ///
  /// @param file what the file is called
  /// @return a sentence for a person
  public String words(String file) {
    return columns().words(file);
  }

  /// What a person would say to have the file read so.
  ///
  /// @return a `--map` option
  public String map() {
    return columns().map();
  }

  /// Columns that were taken for nothing.
  ///
  /// @return their names
  public List<String> unused() {
    return columns().unused();
  }

  /// Columns of which only all rows together say whether they tell prompts or policies apart.
  ///
  /// @return their paths
  public List<String> marks() {
    return columns().marks().stream().map(RowPath::text).toList();
  }

  /// A reader of such rows.
  ///
  /// @return the reader
  public Reader reader() {
    return new Reader(columns(), policyLogProbabilities);
  }

  /// What a row holds.
  public sealed interface Read {
    /// Draws of one prompt.
    ///
    /// @param key what the row calls its prompt
    /// @param prompt what was asked, as [ScatteredPrompt] reads it
    /// @param beside what else tells its prompt from others
    /// @param draws the draws in their order
    /// @param unreadable what could not be read in a score
    record Samples(
        String key, String prompt, String beside, List<Sample> draws, Optional<String> unreadable)
        implements Read {
      /// Copies the list.
      public Samples {
        draws = List.copyOf(draws);
      }
    }

    /// No draw, and it says so.
    ///
    /// @param why what it says
    record PassedOver(String why) implements Read {}

    /// Nothing that can be read.
    ///
    /// @param why what is wrong
    record Bad(String why) implements Read {}

    /// An event beside the samples.
    record Event() implements Read {}

    /// Not even a row: an empty line.
    record Nothing() implements Read {}
  }

  /// One draw of a row.
  ///
  /// @param bytes all of it, as [ScatteredPrompt] reads it
  /// @param marks its values of [#marks()], as [ScatteredMarks] reads them; null where it has none
  /// @param rewards the rewards that it has a value of
  public record Sample(byte[] bytes, @Nullable String marks, List<String> rewards) {
    /// Copies the list.
    public Sample {
      rewards = List.copyOf(rewards);
    }
  }

  /// A row with what only the others of its file explain.
  ///
  /// @param read what it holds
  /// @param row the same before it became bytes; null where it is no draw
  record Taken(Read read, RowReader.@Nullable Row row) {}

  /// Reads rows, each by itself: any number of threads may share it.
  public static final class Reader {
    private final Columns columns;
    private final boolean policyLogProbabilities;

    Reader(Columns columns, boolean policyLogProbabilities) {
      this.columns = columns;
      this.policyLogProbabilities = policyLogProbabilities;
    }

    /// Reads a line of text.
    ///
    /// @param place where it stands
    /// @param line its bytes, without the end of the line
    /// @param whole whether the line's end was there, as it must be but in the last one
    /// @return what it holds
    /// @throws InputException if the file ends within it, or a score is infinite
    public Read line(String place, byte[] line, boolean whole) {
      return takenLine(place, line, whole).read();
    }

    Taken takenLine(String place, byte[] line, boolean whole) {
      if (line.length > LineReader.LONGEST) {
        throw new InputException(
            Problem.TOO_LARGE,
            place + ": the line is longer than " + (LineReader.LONGEST >> 20) + " MiB");
      }
      try {
        JsonNode foreign = ForeignJson.line(place, line, whole);
        return foreign == null ? new Taken(new Read.Nothing(), null) : taken(place, foreign);
      } catch (Unparsed e) {
        return new Taken(new Read.Bad(String.valueOf(e.getMessage())), null);
      }
    }

    /// Reads a row.
    ///
    /// @param place where it stands
    /// @param foreign the row
    /// @return what it holds
    /// @throws InputException if a score is infinite
    public Read row(String place, JsonNode foreign) {
      return taken(place, foreign).read();
    }

    Taken taken(String place, JsonNode foreign) {
      try {
        JsonNode row = flat(foreign);
        RowReader rows = new RowReader(columns, policyLogProbabilities);
        if (rows.beside(row)) {
          return new Taken(new Read.Event(), null);
        }
        RowReader.Row read = rows.read(row, place);
        List<Sample> draws = new ArrayList<>();
        for (PartDraw part : read.draws()) {
          draws.add(
              new Sample(
                  StoredDraw.bytes(part),
                  StoredRow.marks(part, columns.marks()),
                  valued(part.draw().scores())));
        }
        return new Taken(
            new Read.Samples(
                StoredRow.key(read),
                StoredRow.prompt(read),
                read.beside(),
                draws,
                read.unreadable()),
            read);
      } catch (ScoreWords.InfiniteScore e) {
        throw new InputException(Problem.MALFORMED, place + ": " + e.getMessage()).by(e);
      } catch (PassedOver e) {
        return new Taken(new Read.PassedOver(String.valueOf(e.getMessage())), null);
      } catch (IllegalArgumentException e) {
        return new Taken(
            new Read.Bad(e.getMessage() == null ? "unreadable" : e.getMessage()), null);
      }
    }

    private static List<String> valued(Scores scores) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < scores.names().size(); i++) {
        if (scores.scores().get(i) instanceof Score.Value) {
          names.add(scores.names().get(i));
        }
      }
      return names;
    }
  }

  /// Reads the first rows of a text of lines.
  ///
  /// @param lines its lines
  /// @return those of them that are JSON
  public static Iterator<JsonNode> parsed(Iterator<byte[]> lines) {
    return new Iterator<>() {
      private @Nullable JsonNode next;

      @Override
      public boolean hasNext() {
        while (next == null && lines.hasNext()) {
          try {
            String text = LineReader.utf8(lines.next());
            next = text.isBlank() ? null : RowSource.parse(text);
          } catch (CharacterCodingException | JacksonException e) {
            next = null; // said where all rows are read
          }
        }
        return next != null;
      }

      @Override
      public JsonNode next() {
        if (!hasNext() || next == null) {
          throw new NoSuchElementException();
        }
        JsonNode row = next;
        next = null;
        return row;
      }
    };
  }

  /// The rewards in the order in which they are told: those named first.
  ///
  /// @param found the rewards that some draw has, in the order of their first
  /// @param mapping what is said of the columns
  /// @return the names
  public static List<String> ordered(Set<String> found, Mapping mapping) {
    return mapping.ordered(found);
  }
}
