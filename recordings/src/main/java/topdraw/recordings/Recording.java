package topdraw.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import topdraw.draw.PromptDraws;

/// Recorded samples of any origin, prompt by prompt: a run of ours, or files of others. Memory
/// holds one prompt's samples, however many rows there are.
public interface Recording extends AutoCloseable {

  /// Opens a run folder, or imports files: JSON Lines, JSON, CSV, Parquet; also as `.gz` and
  /// `.zst`.
  ///
  /// @param inputs a run folder alone, or files, folders of them, and patterns such as `s-*.jsonl`
  ///   or `data/**/*.parquet`
  /// @param mapping what is said of the columns
  /// @return the recording; close it, which removes what the import wrote to disk
  /// @throws IllegalArgumentException if nothing is there, or nothing in it is a sample
  /// @throws IOException if a file cannot be read
  static Recording open(List<String> inputs, Mapping mapping) throws IOException {
    if (inputs.size() == 1 && Files.exists(Path.of(inputs.getFirst(), "run.json"))) {
      return RunRecording.open(Path.of(inputs.getFirst()));
    }
    List<Path> files = NamedFiles.of(inputs);
    Optional<Recording> columns = ParquetRecording.open(files, mapping);
    return columns.isPresent() ? columns.get() : ImportedRecording.read(files, mapping);
  }

  /// Goes through all prompts, in the order of their first samples.
  ///
  /// @param prompts takes each prompt
  /// @throws IOException if the recording cannot be read
  void forEach(Consumer<PromptDraws> prompts) throws IOException;

  /// Goes through all prompts as [#forEach] does, for whoever asks for no completion's text: it is
  /// left out where that makes reading faster.
  ///
  /// @param prompts takes each prompt
  /// @throws IOException if the recording cannot be read
  default void forEachWithoutTexts(Consumer<PromptDraws> prompts) throws IOException {
    forEach(prompts);
  }

  /// The rewards that samples have, the first of them the one that selects unless another is named.
  ///
  /// @return their names; empty when there is none
  List<String> rewards();

  /// Which column was taken for what, a line a file.
  ///
  /// @return sentences for a person; empty for a run of ours
  List<String> columns();

  /// Rows that could not be read.
  ///
  /// @return their number and the first of them
  BadRows bad();

  /// The files that were read.
  ///
  /// @return their paths, in the order read
  /// @throws IOException if a run's folder cannot be listed
  List<Path> files() throws IOException;

  /// What it takes to draw the same samples again, by name, as far as the recording says.
  ///
  /// @return words for a person, in order; empty for files that do not say
  default Map<String, String> provenance() {
    return Map.of();
  }

  @Override
  void close() throws IOException;
}
