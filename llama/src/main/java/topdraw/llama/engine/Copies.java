package topdraw.llama.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Which weights a build keeps a second time, in an order that this processor computes faster with.
///
/// @param always by how they are stored
/// @param withAmx those, too, where the processor multiplies tiles (AMX)
/// @param onAllOfX86 whether the build runs on no processor of that kind that does without
record Copies(Set<String> always, Set<String> withAmx, boolean onAllOfX86) {
  /// How much longer some blocks are in tiles. Source: `get_row_size` of `mmq.cpp`.
  private static final Map<String, Double> TILES =
      Map.of("Q8_0", 38.0 / 34, "Q4_K", 148.0 / 144, "Q5_K", 180.0 / 176, "IQ4_XS", 138.0 / 136);

  /// Bytes of the copies.
  ///
  /// @param matrices bytes of the weights, by how they are stored
  long bytes(Map<String, Long> matrices) {
    return bytes(matrices, Copies::hasAmx);
  }

  long bytes(Map<String, Long> matrices, BooleanSupplier amx) {
    boolean tiles = !withAmx.isEmpty() && amx.getAsBoolean();
    double bytes = 0;
    for (Map.Entry<String, Long> stored : matrices.entrySet()) {
      if (tiles && withAmx.contains(stored.getKey())) {
        bytes += stored.getValue() * TILES.getOrDefault(stored.getKey(), 1.0);
      } else if (always.contains(stored.getKey())) {
        bytes += stored.getValue();
      }
    }
    return (long) bytes;
  }

  /// Whether they are made for certain.
  ///
  /// @param processor the system property `os.arch`
  boolean certain(String processor) {
    return onAllOfX86 && (processor.equals("amd64") || processor.equals("x86_64"));
  }

  private static boolean hasAmx() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.anyMatch(line -> line.startsWith("flags") && line.contains(" amx_int8"));
    } catch (IOException e) {
      return false;
    }
  }
}
