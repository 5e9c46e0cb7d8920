package topdraw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The machine that measures.
final class Machine {
  private Machine() {}

  /// Its cores, its processor where Linux tells it, system and Java, in a line.
  static String described() throws IOException {
    return "%d cores, %s, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(Path.of("/proc/cpuinfo")),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version());
  }

  static String processor(Path cpuinfo) throws IOException {
    if (!Files.isReadable(cpuinfo)) return System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    }
  }
}
