package topdraw.bench;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  private final List<String> settings;

  private BatchedBench(Path program, String build, List<String> settings) {
    this.program = program;
    this.build = build;
    this.settings = settings;
  }

  /// One run.
  ///
  /// @param seconds of the prompt and all steps
  /// @param stepTokensPerSecond tokens of the steps only
  record Run(double seconds, double stepTokensPerSecond) {}

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
    // Since it can be told to choose by itself, flash attention has a value, and there is a choice
    // between one cache for all sequences, as ours has it, and one for each.
    boolean chooses = output(List.of(program.toString(), "--help"), true).contains("[on|off|auto]");
    return new BatchedBench(
        program,
        program.getFileName() + ", " + version.lines().findFirst().orElse("unknown build"),
        chooses ? List.of("-fa", "on", "-kvu", "-pps") : List.of("-fa", "-pps"));
  }

  /// The programs that the environment names, separated as in the PATH, else the one on the PATH.
  ///
  /// @param environment the process's environment
  /// @return the peers that there are
  /// @throws InputException if the environment names something that is no program
  /// @throws IOException if one cannot be run
  static List<BatchedBench> find(Map<String, String> environment) throws IOException {
    List<Path> named = paths(environment.getOrDefault(VARIABLE, "")).toList();
    List<Path> programs =
        named.isEmpty()
            ? paths(environment.getOrDefault("PATH", ""))
                .map(folder -> folder.resolve(PROGRAM))
                .filter(Files::isExecutable)
                .limit(1)
                .toList()
            : named;
    List<BatchedBench> found = new ArrayList<>();
    for (Path program : programs) found.add(at(program));
    return found;
  }

  /// The first of them, where only one can be compared with.
  ///
  /// @param environment the process's environment
  /// @param told is told which it is, where there are several
  /// @return the peer, null where there is none
  /// @throws InputException if the environment names something that is no program
  /// @throws IOException if one cannot be run
  static @Nullable BatchedBench first(Map<String, String> environment, Consumer<String> told)
      throws IOException {
    List<BatchedBench> found = find(environment);
    if (found.size() > 1) {
      told.accept(
          "%s names %d programs; the first is compared with, %s; --peer takes another"
              .formatted(VARIABLE, found.size(), found.getFirst().program));
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Stream<Path> paths(String list) {
    return Stream.of(list.split(File.pathSeparator, -1))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  /// The program's name and what it says of its build.
  ///
  /// @return one line
  String build() {
    return build;
  }

  /// Decodes a prompt shared by n sequences, then `steps` steps of all of them.
  ///
  /// @return how fast it was
  Run run(Path model, int threads, int promptTokens, int steps, int n) throws IOException {
    return run(List.of(), model, threads, promptTokens, steps, n);
  }

  /// The same, started by another command.
  ///
  /// @param by that command and its own arguments; empty to start it at once
  Run run(List<String> by, Path model, int threads, int promptTokens, int steps, int n)
      throws IOException {
    int cells = promptTokens + n * steps;
    var whole = new ArrayList<>(by);
    whole.addAll(command(model, threads, promptTokens, steps, n, cells));
    return read(output(whole, false));
  }

  private List<String> command(
      Path model, int threads, int promptTokens, int steps, int n, int cells) {
    var command = new ArrayList<>(List.of(program.toString(), "-m", model.toString()));
    command.addAll(settings);
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

  /// Reads the columns `T s` and `S_TG t/s` of the one row in the program's table.
  ///
  /// @throws IOException if there is no such table, or flash attention was off
  static Run read(String output) throws IOException {
    List<List<String>> table =
        output.lines().filter(line -> line.startsWith("|")).map(BatchedBench::cells).toList();
    if (table.size() != 3
        || !table.getFirst().containsAll(List.of("T s", "S_TG t/s"))
        || table.getLast().size() != table.getFirst().size()) {
      throw new IOException(PROGRAM + " printed no table of one row; it said: " + brief(output));
    }
    if (!output.contains("flash_attn = 1,")) {
      throw new IOException(PROGRAM + " ran without flash attention; it said: " + brief(output));
    }
    return new Run(number(table, "T s"), number(table, "S_TG t/s"));
  }

  private static double number(List<List<String>> table, String column) {
    return Double.parseDouble(table.getLast().get(table.getFirst().indexOf(column)));
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
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
