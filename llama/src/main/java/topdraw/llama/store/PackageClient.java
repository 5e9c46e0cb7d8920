package topdraw.llama.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One of the machine's own package clients, as it is found on the `PATH`.
///
/// @param command the program and the arguments that make it the client
record PackageClient(List<String> command) {
  private static final int PROBE_SECONDS = 20;

  private static final List<List<String>> PIP =
      List.of(
          List.of("python3", "-m", "pip"),
          List.of("python", "-m", "pip"),
          List.of("pip3"),
          List.of("pip"));

  /// Python's.
  static Optional<PackageClient> pip(Map<String, String> environment) {
    return find(PIP, environment);
  }

  /// Node's.
  static Optional<PackageClient> npm(Map<String, String> environment) {
    return find(List.of(List.of("npm")), environment);
  }

  private static Optional<PackageClient> find(
      List<List<String>> known, Map<String, String> environment) {
    return known.stream()
        .flatMap(command -> located(command, environment).stream())
        .filter(command -> answers(command, environment))
        .map(PackageClient::new)
        .findFirst();
  }

  String shown() {
    return String.join(" ", command);
  }

  private static Optional<List<String>> located(
      List<String> command, Map<String, String> environment) {
    return folders(environment)
        .flatMap(
            folder -> Stream.of("", ".exe").map(end -> folder.resolve(command.getFirst() + end)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(file -> Stream.concat(Stream.of(file.toString()), command.stream().skip(1)).toList())
        .findFirst();
  }

  private static Stream<Path> folders(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
    return Stream.of(path.split(File.pathSeparator)).flatMap(PackageClient::absolute);
  }

  /// Only absolute folders: an empty or relative one would run a program of the current folder.
  private static Stream<Path> absolute(String folder) {
    try {
      return Stream.of(Path.of(folder)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /// Python is often there without pip, and a name on the path may lead nowhere.
  private static boolean answers(List<String> command, Map<String, String> environment) {
    try {
      Process probe =
          process(Stream.concat(command.stream(), Stream.of("--version")).toList(), environment)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) return probe.exitValue() == 0;
      probe.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The client with further arguments, under the user's own environment.
  ProcessBuilder with(List<String> arguments, Map<String, String> environment) {
    return process(Stream.concat(command.stream(), arguments.stream()).toList(), environment);
  }

  private static ProcessBuilder process(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(nothing()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static File nothing() {
    return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
  }
}
