package topdraw.bench;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which Python has the peers: the one that tools/peers.sh installs them into, where it is named.
final class PythonOption {
  private static final String VARIABLE = "TOPDRAW_PYTHON";

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description =
          "A Python that has the peers (tools/peers.sh). Default: " + VARIABLE + ", else python3.")
  private @Nullable String path;

  PythonOption() {}

  /// The interpreter.
  String interpreter() {
    String named = System.getenv(VARIABLE);
    if (path != null) return path;
    return named != null ? named : "python3";
  }
}
