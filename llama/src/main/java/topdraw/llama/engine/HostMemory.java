package topdraw.llama.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The memory of this machine, or of the container that this process lives in.
///
/// @param total bytes that a process could have if it were alone, those on disk (swap) included
/// @param available bytes that a process can have now, with nothing taken from others
public record HostMemory(long total, long available) {
  /// Looks at it.
  ///
  /// @return what there is now
  public static HostMemory now() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long memory = system.getTotalMemorySize(); // no more than a control group may have
    long available =
        meminfo()
            .orElseGet(
                // macOS counts only what it has no use at all for as free.
                () ->
                    System.getProperty("os.name").startsWith("Mac")
                        ? memory
                        : system.getFreeMemorySize());
    return new HostMemory(
        memory + Math.max(0, system.getTotalSwapSpaceSize()), Math.min(memory, available));
  }

  /// Linux counts files it has cached as used; `MemAvailable` is what a program can get.
  private static Optional<Long> meminfo() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
