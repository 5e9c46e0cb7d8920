package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
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
  ///   Parquet or Zstandard is to be read without DuckDB, which this module's users bring along
  /// @throws IOException if a file cannot be read
  public static Recording open(List<String> inputs, Mapping mapping) throws IOException {
    if (inputs.size() == 1 && RunFiles.isRun(Path.of(inputs.getFirst()))) {
      return RunRecording.open(Path.of(inputs.getFirst()));
    }
    List<Path> files = NamedFiles.of(inputs);
    Optional<Recording> columns = ParquetRecording.open(files, mapping);
    return columns.isPresent() ? columns.get() : ImportedRecording.read(files, mapping);
  }

  /// Opens a run folder or files as [#open] does, to be read and measured by a cluster.
  ///
  /// @param master the cluster, such as `spark://host:7077`
  /// @param inputs a run folder alone, or files, folders of them, and patterns
  /// @param mapping what is said of the columns
  /// @return the recording; close it
  /// @throws InputException if nothing is there, it can be read on one machine only, or no module
  ///   that knows clusters is on the class path
  /// @throws IOException if a file cannot be read
  public static Recording onCluster(String master, List<String> inputs, Mapping mapping)
      throws IOException {
    ClusterProvider provider =
        ServiceLoader.load(ClusterProvider.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.MISSING,
                        "--spark "
                            + master
                            + " needs the module topdraw-spark on the class path, where ./topdraw"
                            + " of a checkout puts it"));
    return provider.open(master, inputs, mapping);
  }
}
