package topdraw.llama.store;

import java.nio.file.Path;
import java.util.Optional;

/// A model file in the user's cache.
///
/// @param name as a person would say it
/// @param quantization how its weights are stored; `?` if its header is not sound
/// @param bytes its size
/// @param sha256 its hash, empty while nobody has read the whole file
/// @param state what the hash says
/// @param path the GGUF file
public record InstalledModel(
    String name, String quantization, long bytes, Optional<String> sha256, State state, Path path) {

  /// What is known about a file's bytes.
  public enum State {
    /// The hash is one that Topdraw knows.
    VERIFIED,
    /// A sound file that Topdraw does not know; it needs `--trust-model`.
    UNKNOWN,
    /// Its bytes are not what its name promises.
    DAMAGED,
    /// Nobody has read the whole file yet.
    UNCHECKED
  }
}
