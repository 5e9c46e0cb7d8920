package topdraw.llama.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/// What the embedded engine asks of the machine, told without loading the engine.
public final class EngineHost {
  /// Memory for the default model, its caches and the JVM, in bytes; the peak measured is 0.48 GB
  /// at 64 completions.
  public static final long MEMORY_NEEDED = 600_000_000;

  private EngineHost() {}

  /// Whether the engine's library is built for an operating system and processor. Only Linux on
  /// x86_64 is tested.
  ///
  /// @param system the system property `os.name`
  /// @param processor the system property `os.arch`
  /// @return true if there is a build
  public static boolean supports(String system, String processor) {
    return EnginePlatform.of(system, processor).isPresent();
  }

  /// Whether the operating system can load GNU OpenMP, which the engine's Linux builds need.
  ///
  /// @return false if `libgomp.so.1` is missing
  @SuppressWarnings("restricted")
  public static boolean openMpPresent() {
    try (Arena arena = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup("libgomp.so.1", arena)
          .find("omp_get_max_threads")
          .isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
