package topdraw.bench;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// llama.cpp's own `llama-batched-bench`, run as a program of its own: the same decode steps with
/// nothing drawn. `tools/batched-bench.sh` builds one.
final class BatchedBench {
  /// The environment variable that says where it is.
  static final String VARIABLE = "TOPDRAW_BATCHED_BENCH";

  private static final String PROGRAM = "llama-batched-bench";

  private final Path program;
  private final String build;

  private BatchedBench(Path program, String build) {
    this.program = program;
    this.build = build;
  }

  /// The program at a place.
  ///
  /// @param program the file
  /// @return the peer, which has told its build
  /// @throws InputException if there is no such program
  /// @throws IOException if it cannot be run
  static BatchedBench at(Path program) throws IOException {
    if (!Files.isExecutable(program) || Files.isDirectory(program)) {
      throw new InputException(
          Problem.MISSING, program + " is not a program; tools/batched-bench.sh builds " + PROGRAM);
    }
    String version = output(List.of(program.toString(), "--version"), true);
    return new BatchedBench(program, version.lines().findFirst().orElse("unknown build"));
  }

  /// The program that the environment names, else the one on the PATH.
  ///
  /// @param environment the process's environment
  /// @return the peer, if there is one
  /// @throws InputException if the environment names something that is no program
  /// @throws IOException if it cannot be run
  static Optional<BatchedBench> find(Map<String, String> environment) throws IOException {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) return Optional.of(at(Path.of(named)));
    Optional<Path> onPath =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, PROGRAM))
            .filter(Files::isExecutable)
            .findFirst();
    return onPath.isPresent() ? Optional.of(at(onPath.get())) : Optional.empty();
  }

  /// What the program says of its build.
  ///
  /// @return one line
  String build() {
    return build;
  }

  /// Decodes a prompt shared by n sequences, then `steps` steps of all of them.
  ///
  /// @return tokens per second of the steps
  double run(Path model, int threads, int promptTokens, int steps, int n) throws IOException {
    return run(List.of(), model, threads, promptTokens, steps, n);
  }

  /// The same, started by another command.
  ///
  /// @param by that command and its own arguments; empty to start it at once
  double run(List<String> by, Path model, int threads, int promptTokens, int steps, int n)
      throws IOException {
    int cells = promptTokens + n * steps;
    var whole = new ArrayList<>(by);
    whole.addAll(command(model, threads, promptTokens, steps, n, cells));
    return stepTokensPerSecond(output(whole, false));
  }

  private List<String> command(
      Path model, int threads, int promptTokens, int steps, int n, int cells) {
    var command =
        new ArrayList<>(List.of(program.toString(), "-m", model.toString(), "-fa", "-pps"));
    option(command, "-t", threads);
    option(command, "-c", cells);
    option(command, "-npp", promptTokens);
    option(command, "-ntg", steps);
    option(command, "-npl", n);
    return command;
  }

  private static void option(List<String> command, String name, int value) {
    command.add(name);
    command.add(Integer.toString(value));
  }

  /// Reads the column `S_TG t/s` of the one row in the program's table.
  ///
  /// @throws IOException if there is no such table, or flash attention was off
  static double stepTokensPerSecond(String output) throws IOException {
    List<String[]> table =
        output.lines().filter(line -> line.startsWith("|")).map(BatchedBench::cells).toList();
    int column = table.isEmpty() ? -1 : Arrays.asList(table.getFirst()).indexOf("S_TG t/s");
    if (table.size() != 3 || column < 0 || column >= table.getLast().length) {
      throw new IOException(PROGRAM + " printed no table of one row; it said: " + brief(output));
    }
    if (!output.contains("flash_attn = 1,")) {
      throw new IOException(PROGRAM + " ran without flash attention; it said: " + brief(output));
    }
    return Double.parseDouble(table.getLast()[column]);
  }

  private static String[] cells(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toArray(String[]::new);
  }

  private static String brief(String output) {
    String line = output.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + " …";
  }

  /// What a program prints until it ends.
  ///
  /// @param errors whether what it prints as errors is wanted too
  /// @throws IOException if it cannot be run, or does not end well
  static String output(List<String> command, boolean errors) throws IOException {
    // What is not wanted is thrown away by the system, so that a full pipe cannot stop the program.
    var builder = new ProcessBuilder(command).redirectErrorStream(errors);
    if (!errors) builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with code " + code + ": " + brief(output));
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + command.getFirst() + " ran");
    } finally {
      process.destroy();
    }
  }
}
