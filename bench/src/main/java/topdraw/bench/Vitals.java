package topdraw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a process holds, as Linux tells it.
///
/// @param residentBytes its resident memory
/// @param peakBytes the most that was
/// @param threads of the system; virtual ones are none
/// @param descriptors open files and sockets
record Vitals(long residentBytes, long peakBytes, int threads, int descriptors) {
  /// @throws IOException if the system does not say, or the process has ended
  static Vitals of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(process.resolve("status"));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new Vitals(
          number(status, "VmRSS:").orElse(0) << 10,
          number(status, "VmHWM:").orElse(0) << 10,
          (int) number(status, "Threads:").orElse(0),
          (int) files.count());
    }
  }

  /// The most memory that a process held, which the kernel keeps itself.
  ///
  /// @return in bytes; empty where the system does not say, or the process has ended
  static OptionalLong peakBytes(long pid) {
    try {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      OptionalLong kilobytes = number(Files.readAllLines(status), "VmHWM:");
      return kilobytes.isEmpty() ? kilobytes : OptionalLong.of(kilobytes.getAsLong() << 10);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }
}
