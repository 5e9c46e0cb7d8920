package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// The real launcher in a folder of its own, over the classes under test as jars: nothing is built,
/// and no cache of classes is made ([#withoutCache] and [#withoutDrawingCache] let it be made).
record LaunchedProgram(Path home) {
  private static final int SECONDS = 120;
  private static List<Path> libraries = List.of();

  static LaunchedProgram in(Path home) throws IOException {
    Path lib = Files.createDirectories(home.resolve("cli/target/topdraw/lib"));
    Files.createDirectories(home.resolve("tools"));
    Files.createDirectories(home.resolve("cli/src/main"));
    for (String file : List.of("topdraw", "tools/jdk.sh", "pom.xml", "cli/pom.xml")) {
      Files.copy(
          Path.of("..").resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (Path library : libraries()) {
      Files.createSymbolicLink(lib.resolve(library.getFileName()), library);
    }
    Files.writeString(lib.resolveSibling("version"), "topdraw " + Versions.topdraw() + "\n");
    Files.createFile(lib.resolveSibling("built"));
    LaunchedProgram program = new LaunchedProgram(home);
    Files.createFile(program.cache());
    Files.createFile(program.tried());
    return program;
  }

  /// The class path under test as jars, made once for all programs of these tests.
  private static synchronized List<Path> libraries() throws IOException {
    if (!libraries.isEmpty()) return libraries;
    Path made = Files.createTempDirectory("launched-");
    made.toFile().deleteOnExit();
    List<Path> jars = new ArrayList<>();
    int folders = 0;
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = made.resolve("classes-" + folders++ + ".jar");
        jar(jar, path);
        jar.toFile().deleteOnExit();
        jars.add(jar);
      } else if (Files.exists(path)) {
        jars.add(path);
      }
    }
    libraries = List.copyOf(jars);
    return libraries;
  }

  /// This program, whose next call makes its cache of classes: an empty file says not to try.
  LaunchedProgram withoutCache() throws IOException {
    Files.delete(cache());
    return this;
  }

  /// This program, whose next call of `sample` has its cache made when it has ended: a fresh file
  /// says that this was tried.
  LaunchedProgram withoutDrawingCache() throws IOException {
    Files.delete(tried());
    return this;
  }

  /// The file that the launcher keeps this JDK's cache of classes in.
  Path cache() throws IOException {
    return file("start-%s.aot");
  }

  /// The same for drawing.
  Path drawingCache() throws IOException {
    return file("draw-%s.aot");
  }

  /// The file that says when the latter was tried to be made.
  Path tried() throws IOException {
    return file("draw-%s.tried");
  }

  /// The folders that caches are being made in, and those that a killed making left.
  List<Path> trainings() throws IOException {
    List<Path> found = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(tried().resolveSibling(""), "training.*")) {
      folders.forEach(found::add);
    }
    return found;
  }

  /// The Java that makes the cache of drawing. Its command line is longer than what
  /// [ProcessHandle.Info] tells of one.
  Optional<ProcessHandle> making() {
    String output = "-XX:AOTCacheOutput=" + home + "/";
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains(output))
        .findFirst();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", "" + process.pid(), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) { // it has ended
      return "";
    }
  }

  /// Something that comes by itself in the end.
  interface Coming {
    boolean isThere() throws IOException;
  }

  /// Waits for something, but not for ever.
  void until(Coming coming) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!coming.isThere()) {
      assertThat(System.nanoTime()).as("it does not come").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private Path file(String name) throws IOException {
    String script = "cksum <\"$0/release\" | tr ' ' -";
    Process sum = new ProcessBuilder("bash", "-c", script, System.getProperty("java.home")).start();
    String jdk = new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return home.resolve("cli/target/topdraw").resolve(name.formatted(jdk));
  }

  private static void jar(Path jar, Path classes) {
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "-cf0", jar.toString(), "-C", classes.toString(), ".");
    assertThat(code).isZero();
  }

  /// Leader of its own process group, heeding SIGINT whatever this test runs under.
  ProcessBuilder command(Map<String, String> environment, String... args) {
    List<String> words = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT,TERM"));
    words.add(home.resolve("topdraw").toString());
    words.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    builder.environment().put("TOPDRAW_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  Ran run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Process process = command(environment, args).start();
    process.outputWriter().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return ended(process, out, process.errorReader());
  }

  /// The whole program's output to a device that is full.
  Ran toAFullDevice(String... args) throws IOException, InterruptedException {
    Process process =
        command(Map.of(), args)
            .redirectOutput(ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile()))
            .start();
    return ended(process, "", process.errorReader());
  }

  /// Sends a signal to the program alone, or to all of its group as a terminal does.
  static void signal(Process process, String name, boolean group)
      throws IOException, InterruptedException {
    String target = (group ? "-" : "") + process.pid();
    assertThat(new ProcessBuilder("kill", "-" + name, "--", target).start().waitFor()).isZero();
  }

  static Ran ended(Process process, String out, BufferedReader err)
      throws IOException, InterruptedException {
    String said = String.join("\n", err.lines().toList());
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(said).isTrue();
    return new Ran(process.exitValue(), out, said);
  }
}
