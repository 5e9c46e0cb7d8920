package topdraw.draw;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the samples of an analysis come from.
///
/// @param files what was read, as it was named, at least one
/// @param inputs the files found there, with what identifies each
/// @param columns which column was taken for what, a sentence a file
/// @param badRows how many rows could not be read
/// @param firstBad the first of them: file, line and what is wrong
/// @param provenance what it takes to draw the same samples again, by name; empty where unknown
public record SampleSource(
    List<String> files,
    List<InputFile> inputs,
    List<String> columns,
    long badRows,
    List<String> firstBad,
    Map<String, String> provenance) {
  /// Copies the lists and the map, keeping their order.
  ///
  /// @throws IllegalArgumentException if there is no file
  public SampleSource {
    files = List.copyOf(files);
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
    firstBad = List.copyOf(firstBad);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (files.isEmpty()) {
      throw new IllegalArgumentException("samples come from somewhere; name the file or the run");
    }
  }

  /// The files in a few words.
  ///
  /// @return the first, and how many more there are
  public String words() {
    return files.size() == 1
        ? files.getFirst()
        : files.getFirst() + " and " + (files.size() - 1) + " more";
  }
}
