package topdraw.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import topdraw.cli.Topdraw;

/// The recording that everyone analyses, and the commands that do it.
///
/// @param file a Parquet table
/// @param grid the values of n
/// @param threshold where early stop and rewind-and-repeat accept
record AnalysisRecording(Path file, List<Integer> grid, double threshold) {
  private static final int GRID = 64;

  /// Copies the list.
  AnalysisRecording {
    grid = List.copyOf(grid);
  }

  /// 64 values of n from 1 to one below the samples, evenly on a logarithmic scale as far as whole
  /// numbers can be; fewer where there are not so many.
  static List<Integer> grid(int samples) {
    SortedSet<Integer> grid = new TreeSet<>();
    int most = samples - 1;
    for (int steps = 1; grid.size() < Math.min(GRID, most); steps++) {
      grid.clear();
      for (int k = 0; k <= steps; k++) {
        grid.add((int) Math.round(Math.pow(most, (double) k / steps)));
      }
    }
    return List.copyOf(grid);
  }

  /// What a person runs.
  List<String> ours(AnalysisWork work) {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of("analyze", file.toString(), "--quiet", "--json", "-n", words()));
    command.addAll(work.options(threshold));
    return command;
  }

  /// The launcher, where it started this; else the same Java with its flags.
  static List<String> program() {
    String launcher = System.getProperty("topdraw.launcher");
    return launcher != null
        ? List.of(launcher)
        : List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Topdraw.class.getName());
  }

  /// The peer, which reads the same file.
  List<String> theirs(AnalysisPeer peer, String python) throws IOException {
    List<String> command = new ArrayList<>(greeting(peer, python));
    command.addAll(List.of(file.toString(), words(), Double.toString(threshold)));
    return command;
  }

  /// The peer, which only says what it is.
  static List<String> greeting(AnalysisPeer peer, String python) throws IOException {
    return List.of(python, "-c", PythonPeer.text("analysis_bench.py"), peer.toString());
  }

  private String words() {
    return grid.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
