package topdraw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Pythons for tests of benches.
final class PeerPython {
  private PeerPython() {}

  /// Whether the Python that benches take by default has these modules.
  static boolean has(String modules) throws IOException, InterruptedException {
    String python = Optional.ofNullable(System.getenv("TOPDRAW_PYTHON")).orElse("python3");
    return new ProcessBuilder(python, "-c", "import " + modules)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /// A shell script in Python's place.
  ///
  /// @param folder it is put there
  /// @param body gets `-c`, the script and the script's arguments
  static Path standIn(Path folder, String body) throws IOException {
    Path script = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
