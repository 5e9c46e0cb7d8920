package topdraw.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Set;

/// What the embedded engine asks of the machine, told without loading the engine.
public final class EngineHost {
  /// Memory for the default model, its caches and the JVM, in bytes; the peak measured is 0.48 GB
  /// at 64 completions.
  public static final long MEMORY_NEEDED = 600_000_000;

  private static final Set<String> PLATFORMS =
      Set.of(
          "linux-x86_64",
          "linux-aarch64",
          "mac-x86_64",
          "mac-aarch64",
          "windows-x86_64",
          "windows-x86");

  private EngineHost() {}

  /// Whether the engine's library is built for an operating system and processor. Only Linux on
  /// x86_64 is tested.
  ///
  /// @param system the system property `os.name`
  /// @param processor the system property `os.arch`
  /// @return true if there is a build
  public static boolean supports(String system, String processor) {
    return PLATFORMS.contains(family(system.toLowerCase(Locale.ROOT)) + "-" + processor(processor));
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

  private static String family(String system) {
    if (system.startsWith("mac")) return "mac";
    return system.startsWith("windows") ? "windows" : system;
  }

  private static String processor(String processor) {
    return switch (processor) {
      case "amd64", "x86_64" -> "x86_64";
      case "arm64", "aarch64" -> "aarch64";
      default -> processor;
    };
  }
}
