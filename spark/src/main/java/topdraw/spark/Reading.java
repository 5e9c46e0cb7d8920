package topdraw.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import topdraw.recordings.imports.ScatteredRows;

/// How the rows of all files are read: what each is called, and what its rows mean.
///
/// @param names of the files, in their order
/// @param meanings what rows mean, each once
/// @param meaning which of them is that of each file; -1 where a file has no row that can be read
/// @param marked whether some column may tell prompts apart that nobody knows yet
record Reading(
    ArrayList<String> names, ArrayList<ScatteredRows> meanings, int[] meaning, boolean marked)
    implements Serializable {
  /// Prompts that a task remembers to have told of.
  private static final int REMEMBERED = 10_000;

  /// The bits of a row's number among all that say where it stands in its file.
  static final int IN_FILE = 40;

  static long row(int file, long inFile) {
    return (long) file << IN_FILE | inFile;
  }

  /// Reads the rows of one task, in their order.
  Task task() {
    return new Task(this);
  }

  /// The rows of one task.
  static final class Task {
    private final Reading reading;
    private final List<ScatteredRows.Reader> readers;
    private final Survey survey = new Survey();
    private final Map<String, PromptHash> told =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, PromptHash> eldest) {
            return size() > REMEMBERED;
          }
        };

    private Task(Reading reading) {
      this.reading = reading;
      readers = reading.meanings.stream().map(ScatteredRows::reader).toList();
    }

    ScatteredRows.Reader reader(int file) {
      return readers.get(reading.meaning[file]);
    }

    String name(int file) {
      return reading.names.get(file);
    }

    Survey survey() {
      return survey;
    }

    /// Takes in what a row holds.
    ///
    /// @param out takes its draws
    void take(int file, long row, String place, ScatteredRows.Read read, Consumer<Row> out) {
      survey.add(file, row, place, read);
      if (!(read instanceof ScatteredRows.Read.Samples samples)) {
        return;
      }
      String whole = samples.key() + '\0' + samples.beside() + '\0' + samples.prompt();
      PromptHash known = told.get(whole);
      PromptHash prompt = known == null ? hash(samples) : known;
      boolean tells = known == null || reading.marked;
      told.put(whole, prompt);
      for (int item = 0; item < samples.draws().size(); item++) {
        ScatteredRows.Sample draw = samples.draws().get(item);
        boolean first = tells && (item == 0 || reading.marked);
        out.accept(
            SampleTable.draw(
                prompt,
                row,
                item,
                first ? samples.key() : null,
                first ? samples.prompt() : null,
                draw.bytes(),
                draw.marks()));
      }
    }

    private static PromptHash hash(ScatteredRows.Read.Samples samples) {
      return PromptHash.of(samples.key(), samples.beside(), samples.prompt());
    }
  }
}
