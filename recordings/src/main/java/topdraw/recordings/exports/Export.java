package topdraw.recordings.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;

/// Writes a recording as training data or as a table. Memory holds one prompt's samples; the same
/// recording and shape give the same bytes of JSON and CSV.
public final class Export {
  private final ExportFormat format;
  private final ExportShape shape;
  private final Map<String, Long> leftOut = new LinkedHashMap<>();
  private long prompts;
  private long rows;
  private @Nullable Prompt first;

  private Export(ExportFormat format, ExportShape shape) {
    this.format = format;
    this.shape = shape;
  }

  /// Writes a new file, which appears when it is whole.
  ///
  /// @param recording the samples
  /// @param format how rows are written
  /// @param shape what the rows are; a [TableShape] for `csv` and `parquet`
  /// @param file where to
  /// @return what was written
  /// @throws InputException if the file is there already, or nothing is left to write
  /// @throws IOException if the recording cannot be read or the file cannot be written
  public static ExportSummary toFile(
      Recording recording, ExportFormat format, ExportShape shape, Path file) throws IOException {
    return WholeFiles.writeNew(file, out -> toStream(recording, format, shape, out));
  }

  /// Writes to a stream, which stays open.
  ///
  /// @param recording the samples
  /// @param format how rows are written
  /// @param shape what the rows are; a [TableShape] for `csv` and `parquet`
  /// @param out where to
  /// @return what was written
  /// @throws InputException if nothing is left to write
  /// @throws IOException if the recording cannot be read or the stream cannot be written
  public static ExportSummary toStream(
      Recording recording, ExportFormat format, ExportShape shape, OutputStream out)
      throws IOException {
    Export export = new Export(format, shape);
    try (RowWriter writer = writer(format, shape, out)) {
      recording.forEach(prompt -> export.add(prompt, writer));
      export.requireRows();
      writer.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new ExportSummary(export.prompts, export.rows, export.leftOut);
  }

  private static RowWriter writer(ExportFormat format, ExportShape shape, OutputStream out)
      throws IOException {
    if (shape instanceof TableShape table) {
      if (format == ExportFormat.CSV || format == ExportFormat.PARQUET) {
        ScratchDatabase.require("tables in CSV and Parquet");
      }
      return switch (format) {
        case CSV -> TableWriter.csv(table.columns(), out);
        case PARQUET -> TableWriter.parquet(table.columns(), out);
        case JSONL, SFT, DPO, KTO -> new RowWriter.JsonLines(out);
      };
    }
    return new RowWriter.JsonLines(out);
  }

  private void add(PromptDraws prompt, RowWriter writer) {
    if (format.trains()) {
      requireOneKind(prompt);
    }
    ExportShape.Rows made = shape.rows(prompt);
    made.leftOut().forEach((what, count) -> leftOut.merge(what, (long) count, Long::sum));
    prompts++;
    rows += made.rows().size();
    try {
      for (Map<String, @Nullable Object> row : made.rows()) {
        writer.row(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Trainers read a column as one type.
  private void requireOneKind(PromptDraws prompt) {
    Optional<Prompt> asked = prompt.prompt();
    if (first == null) {
      first = asked.orElse(null);
    } else if (asked.isPresent() && first.getClass() != asked.get().getClass()) {
      throw new InputException(
          Problem.CONFLICT,
          "prompt "
              + prompt.key()
              + ": some prompts are messages and some plain texts, and trainers read one kind; export"
              + " them apart");
    }
  }

  private void requireRows() {
    if (rows == 0) {
      throw new InputException(
          Problem.MISSING,
          "nothing to write; left out: "
              + leftOut.entrySet().stream()
                  .map(left -> left.getValue() + " " + left.getKey())
                  .collect(Collectors.joining(", ")));
    }
  }
}
