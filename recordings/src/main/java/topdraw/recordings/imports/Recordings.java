package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.run.RunFiles;
import topdraw.recordings.run.RunRecording;

/// Opens recorded samples of any origin.
public final class Recordings {
  private Recordings() {}

  /// Opens a run folder, or imports files: JSON Lines, JSON, CSV, Parquet; also as `.gz` and
  /// `.zst`.
  ///
  /// @param inputs a run folder alone, or files, folders of them, and patterns such as `s-*.jsonl`
  ///   or `data/**/*.parquet`
  /// @param mapping what is said of the columns
  /// @return the recording; close it, which removes what the import wrote to disk
  /// @throws topdraw.input.InputException if nothing is there, or nothing in it is a sample, or
  ///   files are to be read without DuckDB, which this module's users bring along
  /// @throws IOException if a file cannot be read
  public static Recording open(List<String> inputs, Mapping mapping) throws IOException {
    if (inputs.size() == 1 && RunFiles.isRun(Path.of(inputs.getFirst()))) {
      return RunRecording.open(Path.of(inputs.getFirst()));
    }
    ScratchDatabase.require("files of others");
    List<Path> files = NamedFiles.of(inputs);
    Optional<Recording> columns = ParquetRecording.open(files, mapping);
    return columns.isPresent() ? columns.get() : ImportedRecording.read(files, mapping);
  }
}
