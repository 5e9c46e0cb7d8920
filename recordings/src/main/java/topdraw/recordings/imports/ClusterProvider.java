package topdraw.recordings.imports;

import java.io.IOException;
import java.util.List;
import topdraw.recordings.Recording;

/// Reads recordings with the machines of a cluster: found through [java.util.ServiceLoader], where
/// a module that can is on the class path.
public interface ClusterProvider {
  /// Opens a recording whose prompts are measured where they are read.
  ///
  /// @param master the cluster, as it is called there
  /// @param inputs a run folder alone, or files, folders of them, and patterns
  /// @param mapping what is said of the columns
  /// @return the recording; close it
  /// @throws topdraw.input.InputException if nothing is there, or it can be read on one machine
  ///   only
  /// @throws IOException if a file cannot be read
  Recording open(String master, List<String> inputs, Mapping mapping) throws IOException;
}
