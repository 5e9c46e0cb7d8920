package topdraw.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;

/// One run of the embedded engine in a process of its own, without the launcher, as in a program
/// that has Topdraw for a library: what it sets up for itself is what is measured.
///
/// @param threads that decoded, as many as the settings take by themselves
/// @param stepTokensPerSecond tokens of the decode steps
record EngineRun(int threads, double stepTokensPerSecond) {
  private static final int WARM_UP = 16;

  /// Draws in this process and prints what came of it.
  ///
  /// @param arguments the model's file, the build, how many completions, and of how many tokens
  public static void main(String[] arguments) {
    var file = new ModelFile("", Path.of(arguments[0]), "", "");
    int threads = LlamaSettings.defaults().threads();
    int n = Integer.parseInt(arguments[2]);
    int tokens = Integer.parseInt(arguments[3]);
    try (EngineBench bench = EngineBench.open(file, EngineBuild.of(arguments[1]), threads)) {
      bench.draw(n, Math.min(WARM_UP, tokens));
      System.out.println(threads + " " + bench.draw(n, tokens).stepTokensPerSecond());
    }
  }

  /// Draws in another process.
  ///
  /// @param by the command that starts it; empty to start it at once
  /// @param n completions side by side
  /// @param tokens of each
  /// @throws IOException if it cannot be run, or does not end well
  static EngineRun in(List<String> by, ModelFile file, EngineBuild build, int n, int tokens)
      throws IOException {
    List<String> command = new ArrayList<>(by);
    command.addAll(
        List.of(
            ServerProcess.java(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            EngineRun.class.getName(),
            file.path().toString(),
            build.label(),
            Integer.toString(n),
            Integer.toString(tokens)));
    String[] printed = BatchedBench.output(command, true).strip().split("\\s+", -1);
    return new EngineRun(
        Integer.parseInt(printed[printed.length - 2]),
        Double.parseDouble(printed[printed.length - 1]));
  }
}
