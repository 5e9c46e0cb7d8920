package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The script that a person calls: it starts, it stops when told, it says what is in the way.
@Execution(ExecutionMode.CONCURRENT) // each in a folder of its own
class LauncherTest {
  @TempDir private Path temp;
  private LaunchedProgram program;

  LauncherTest() {
    program = new LaunchedProgram(Path.of("."));
  }

  @BeforeEach
  void theLauncherInAFolderOfItsOwn() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "the launcher's signals are tested on Linux");
    program = LaunchedProgram.in(temp.resolve("home"));
  }

  @Test
  void theVersionFromTheFileIsTheProgramsOwn() throws IOException, InterruptedException {
    String fromFile = program.run(Map.of(), "--version").out();
    assertThat(fromFile).isEqualTo(program.run(Map.of(), "--version", "--quiet").out());
    assertThat(fromFile).isEqualTo("topdraw " + Versions.topdraw() + "\n");
  }

  @Test
  void theCacheIsMadeOnceAndABrokenOneIsPassedOver() throws IOException, InterruptedException {
    Ran first = program.withoutCache().run(Map.of(), "compute", "--list");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(program.cache()).isNotEmptyFile();
    Files.writeString(program.cache(), "broken");
    Ran second = program.run(Map.of(), "compute", "--list");
    assertThat(second).isEqualTo(first);
    assertThat(second.err()).isEmpty();
  }

  /// Two calls at once, and what a killed one left; then with the cache, a broken one and one of
  /// other commands.
  @Test
  void aCallThatHasDrawnHasTheCacheMadeForTheNext() throws IOException, InterruptedException {
    String[] draw = {"sample", "Hi", "-n", "2", "--max-tokens", "4", "--seed", "7", "--quiet"};
    Path left = Files.createDirectory(program.drawingCache().resolveSibling("training.killed"));
    Process beside = program.withoutDrawingCache().command(Map.of(), draw).start();
    Ran first = program.run(Map.of(), draw);
    assertThat(first.exitCode()).as(first.err()).isZero();
    String out = new String(beside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(LaunchedProgram.ended(beside, out, beside.errorReader())).isEqualTo(first);
    program.until(() -> Files.exists(program.drawingCache()) && program.trainings().isEmpty());
    assertThat(left).doesNotExist();
    assertThat(program.drawingCache()).isNotEmptyFile();

    Path log = temp.resolve("classes.log");
    Map<String, String> logging = Map.of("TOPDRAW_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    String cached = "topdraw.llama.LlamaPolicy source: shared objects file";
    assertThat(program.run(logging, draw)).isEqualTo(first);
    assertThat(log).content().contains(cached);
    Files.writeString(program.drawingCache(), "broken");
    assertThat(program.run(logging, draw)).isEqualTo(first);
    assertThat(log).content().doesNotContain(cached).contains("topdraw.llama.LlamaPolicy");
    program.withoutCache().run(Map.of(), "compute", "--list");
    Files.copy(program.cache(), program.drawingCache(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(program.run(Map.of(), draw)).isEqualTo(first);
  }

  @Test
  void whoWaitsForTheBuildOfAnotherCallIsToldSo() throws IOException, InterruptedException {
    Path lock = Files.createDirectories(program.home().resolve("target")).resolve("build.lock");
    Process building =
        new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo locked; cat").start();
    assertThat(building.inputReader().readLine()).isEqualTo("locked");
    Process waiting = program.withoutCache().command(Map.of(), "compute", "--list").start();
    BufferedReader err = waiting.errorReader();
    assertThat(err.readLine()).isEqualTo("Another call is building Topdraw; waiting for it ...");
    building.outputWriter().close();
    String out = new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Ran ran = LaunchedProgram.ended(waiting, out, err);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).isNotEmpty();
  }

  /// The calls do not draw, by a setting that the making of the cache does not heed.
  @Test
  void aKilledMakingOfTheCacheLeavesNothingAndIsTriedAgainLater()
      throws IOException, InterruptedException {
    Map<String, String> wrong = Map.of("TOPDRAW_REWARD", "none");
    String lock = temp.resolve("lock").toString();
    ProcessBuilder call = program.withoutDrawingCache().command(wrong, "sample", "Hi");
    call.command().addAll(0, List.of("bash", "-c", "exec 11>\"$0\" && flock 11 && \"$@\"", lock));
    Process locked = call.start();
    Ran first = LaunchedProgram.ended(locked, "", locked.errorReader());
    assertThat(first.exitCode()).isEqualTo(2);
    assertThat(new ProcessBuilder("flock", "-n", lock, "true").start().waitFor())
        .as("what a caller has locked is not held")
        .isZero();
    program.until(() -> program.making().isPresent());
    program.making().orElseThrow().destroyForcibly();
    program.until(() -> program.trainings().isEmpty());
    assertThat(program.drawingCache()).doesNotExist();
    assertThat(program.run(wrong, "sample", "Hi")).isEqualTo(first);
    assertThat(program.tried()).exists();
    Files.setLastModifiedTime(
        program.tried(), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    assertThat(program.run(wrong, "sample", "Hi")).isEqualTo(first);
    program.until(() -> Files.exists(program.drawingCache()) && program.trainings().isEmpty());
    assertThat(program.drawingCache()).isNotEmptyFile();
  }

  @Test
  void nothingIsWrittenToAProgramThatIsReadOnly() throws IOException, InterruptedException {
    Path folder = program.withoutDrawingCache().drawingCache().getParent();
    String bind = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\"";
    int code =
        new ProcessBuilder("bash", "-c", bind, folder.toString())
            .redirectErrorStream(true)
            .start()
            .waitFor();
    assumeTrue(code == 0, "a read-only folder needs root, to mount one");
    try {
      Ran ran = program.run(Map.of(), "sample", "Hi", "-n", "1", "--max-tokens", "1", "--quiet");
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      assertThat(ran.err()).isEmpty();
    } finally {
      assertThat(new ProcessBuilder("umount", folder.toString()).start().waitFor()).isZero();
    }
    assertThat(program.tried()).doesNotExist();
  }

  /// As `tools/dist.sh` lays it out: a Java of its own beside the program, and nothing to build.
  @Test
  void anArchiveRunsOnItsOwnJavaAndBuildsNothing() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(temp.resolve("archive"));
    Files.copy(
        program.home().resolve("topdraw"),
        folder.resolve("topdraw"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(folder.resolve("runtime"), Path.of(System.getProperty("java.home")));
    Files.move(program.home().resolve("cli/target/topdraw"), folder.resolve("program"));
    LaunchedProgram archive = new LaunchedProgram(folder);
    Map<String, String> noJava = Map.of("TOPDRAW_JAVA_HOME", "/nowhere", "JAVA_HOME", "/nowhere");
    String table = Path.of("..", "examples", "table.json").toAbsolutePath().toString();
    Ran ran = archive.run(noJava, "exact", table, "-n", "4");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("== best-of-4 ==");
    Ran more = archive.run(noJava, "sample", "x", "--reward", "similar:y");
    assertThat(more.exitCode()).isEqualTo(1);
    assertThat(more.err()).startsWith("topdraw: this archive does not hold").hasLineCount(1);
    // Whose command is not the first word.
    Ran quiet = archive.run(noJava, "--quiet", "figures", "x", "--formats=svg");
    assertThat(quiet.err()).isEqualTo(more.err().replace("neural", "press"));
  }

  @Test
  void aBuildLeavesNoLibraryOfAnEarlierVersion() throws IOException, InterruptedException {
    Path folder = program.home().resolve("cli/target/topdraw");
    Path made = Files.move(folder.resolve("lib"), temp.resolve("made"));
    Path stale = Files.createDirectory(folder.resolve("lib")).resolve("picocli-0.1.jar");
    Files.writeString(stale, "no jar");
    Files.delete(folder.resolve("built"));
    Path tools = Files.createDirectories(temp.resolve("bin"));
    Path maven =
        Files.writeString(
            tools.resolve("mvn"),
            "#!/bin/sh\nmkdir -p %1$s/lib && cp -P %2$s/* %1$s/lib\n".formatted(folder, made));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Ran ran = program.run(Map.of("PATH", tools + ":" + System.getenv("PATH")), "compute", "--list");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(stale).doesNotExist();
    assertThat(folder.resolve("built")).exists();
    // Inside its jar DuckDB's library would be unpacked anew at each start.
    try (var files = Files.newDirectoryStream(folder.resolve("lib"), "*duckdb*")) {
      for (Path file : files) {
        boolean jar = file.toString().endsWith(".jar");
        assertThat(Files.size(file)).as(file.toString()).matches(size -> jar == size < 1 << 20);
      }
    }
    assertThat(folder.resolve("lib")).isDirectoryContaining("glob:**/libduckdb_java.so_linux_*");
  }

  @ParameterizedTest
  @CsvSource({"INT, false, 130", "INT, true, 130", "TERM, false, 143", "TERM, true, 143"})
  void aSignalWhileBuildingEndsTheBuildWithOneLine(String signal, boolean group, int code)
      throws IOException, InterruptedException {
    Files.delete(program.home().resolve("cli/target/topdraw/built"));
    Path tools = Files.createDirectories(temp.resolve("bin"));
    Path maven = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\nexec sleep 600\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Process process =
        program.command(Map.of("PATH", tools + ":" + System.getenv("PATH")), "doctor").start();
    BufferedReader err = process.errorReader();
    assertThat(err.readLine()).startsWith("Building Topdraw");
    LaunchedProgram.signal(process, signal, group);
    Ran ran = LaunchedProgram.ended(process, "", err);
    assertThat(ran.exitCode()).isEqualTo(code);
    assertThat(ran.err())
        .isEqualTo("topdraw: interrupted while building; the next call builds again");
  }

  @ParameterizedTest
  @CsvSource({"INT, false, 130", "TERM, true, 143"})
  void aSignalWhileTheModelComesEndsWithOneLine(String signal, boolean group, int code)
      throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          program
              .command(
                  Map.of(
                      "HF_ENDPOINT",
                      "http://127.0.0.1:" + silent.getLocalPort(),
                      "TOPDRAW_CACHE",
                      temp.resolve("empty").toString()),
                  "models",
                  "--fetch")
              .start();
      BufferedReader err = process.errorReader();
      assertThat(err.readLine()).startsWith("fetching");
      try (var asked = silent.accept()) {
        assertThat(asked.getInputStream().read()).isNotNegative();
        LaunchedProgram.signal(process, signal, group);
        Ran ran = LaunchedProgram.ended(process, "", err);
        assertThat(ran.exitCode()).isEqualTo(code);
        assertThat(ran.err()).isEqualTo("topdraw: interrupted; what was written so far stays");
      }
    }
  }

  @Test
  void aFolderForTemporaryFilesThatIsNotThereIsOneLine() throws IOException, InterruptedException {
    Path samples =
        Files.writeString(
            temp.resolve("samples.jsonl"), "{\"prompt\": \"q\", \"text\": \"a\", \"score\": 1}\n");
    Path nowhere = temp.resolve("nowhere");
    for (String command : new String[] {"analyze", "columns"}) {
      Ran ran =
          program.run(
              Map.of("TOPDRAW_JAVA_OPTS", "-Djava.io.tmpdir=" + nowhere),
              command,
              samples.toString());
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.err())
          .isEqualTo(
              "topdraw: cannot make a folder for temporary files in "
                  + nowhere
                  + ": it is not there; set java.io.tmpdir to one that can be written to");
    }
  }

  /// The program itself writes where it was told, and what the JVM has to say is not lost.
  @Test
  void ofStandardErrorOneLineIsLeftOut() throws IOException, InterruptedException {
    Ran misused = program.run(Map.of(), "score", "What?", "--reward", "none");
    assertThat(misused.exitCode()).isEqualTo(2);
    assertThat(misused.err()).startsWith("topdraw: ").doesNotContain("WARNING");
    Ran unborn = program.run(Map.of("TOPDRAW_JAVA_OPTS", "-Xnone"), "score", "What?");
    assertThat(unborn.exitCode()).isEqualTo(1);
    assertThat(unborn.err()).contains("Unrecognized option: -Xnone");
    Process closed =
        new ProcessBuilder(
                "bash", "-c", "exec \"$0\" score x --reward none 2>&-", program.home() + "/topdraw")
            .start();
    assertThat(closed.waitFor()).isEqualTo(2);
    assertThat(closed.errorReader().readLine()).isNull();
  }

  @Test
  void ctrlCWhileDrawingEndsWithOneLine() throws IOException, InterruptedException {
    assertThat(interrupted("sample", "Tell a long story.", "-n", "4096", "--threads", "1"))
        .endsWith("topdraw: interrupted; what was written so far stays");
  }

  @Test
  void aQuickstartThatIsInterruptedGoesOnInTheSameFolder()
      throws IOException, InterruptedException {
    for (int time = 0; time < 2; time++) {
      assertThat(interrupted("quickstart", "--threads", "1"))
          .containsPattern(
              "topdraw: interrupted; \\d+ of 448 samples are recorded in topdraw-quickstart, and"
                  + " the same command goes on$");
    }
    assertThat(program.home().resolve("topdraw-quickstart/run.json")).exists();
    assertThat(program.home().resolve("topdraw-quickstart-2")).doesNotExist();
  }

  /// What a command says that is interrupted while it draws.
  private String interrupted(String... args) throws IOException, InterruptedException {
    Process process = program.command(Map.of("OMP_WAIT_POLICY", "passive"), args).start();
    BufferedReader err = process.errorReader();
    String line = err.readLine();
    while (line != null && !line.startsWith("drawn")) line = err.readLine();
    LaunchedProgram.signal(process, "INT", true);
    Ran ran = LaunchedProgram.ended(process, "", err);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(130);
    return ran.err();
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() throws IOException, InterruptedException {
    String script = program.home().resolve("topdraw") + " help-page | true; echo ${PIPESTATUS[0]}";
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
    builder.environment().put("TOPDRAW_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Ran ran = LaunchedProgram.ended(process, out, process.errorReader());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo("141\n");
  }

  @ParameterizedTest
  @CsvSource({"--version", "--help", "models", "completion"})
  void aFullDeviceIsOneLineAndExitCodeOne(String command) throws IOException, InterruptedException {
    Ran ran =
        command.equals("completion")
            ? program.toAFullDevice(command, "bash")
            : program.toAFullDevice(command);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("topdraw: cannot write to standard output; the device may be full");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | what is similar:x | -n                     | 0 | false
          ''                | what is similar:x | --reward-timeout       | 0 | false
          ''                | x                 | --reward               | similar:x | true
          ''                | x                 | --reward=similar:x     | '' | true
          ''                | x                 | --reward=sum(similar:x, regex:y) | '' | true
          ''                | x                 | --reward               | regex:dissimilar:x | false
          similar:x         | x                 | -n                     | 0 | true
          ''                | x                 | --reward               | civil | true
          ''                | x                 | --reward=sum(civil, regex:y) | '' | true
          ''                | x                 | --reward               | regex:civility | false
          civil             | x                 | -n                     | 0 | true
          """)
  void theSentenceModelIsBuiltForARewardThatNeedsItOnly(
      String variable, String prompt, String option, String value, boolean built)
      throws IOException, InterruptedException {
    // There is nothing to build in this folder, so asking for it ends at once.
    String[] words =
        value.isEmpty()
            ? new String[] {"sample", prompt, "-n", "0", option}
            : new String[] {"sample", prompt, "-n", "0", option, value};
    Ran ran =
        program.run(variable.isEmpty() ? Map.of() : Map.of("TOPDRAW_REWARD", variable), words);
    assertThat(ran.err().contains("module neural")).as(ran.err()).isEqualTo(built);
    assertThat(ran.exitCode()).isEqualTo(built ? 1 : 2);
  }

  @Test
  void aReadOnlyFolderIsOneLineAndExitCodeOne() throws IOException, InterruptedException {
    Path mounted = Files.createDirectories(temp.resolve("mounted"));
    int code =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", mounted.toString())
            .redirectErrorStream(true)
            .start()
            .waitFor();
    assumeTrue(code == 0, "a read-only folder needs root, to mount one");
    try {
      String inside = mounted.resolve("x").toString();
      Ran cache = program.run(Map.of("TOPDRAW_CACHE", inside), "models", "--fetch");
      Ran run = program.run(Map.of(), "quickstart", "--threads", "1", "-o", inside);
      assertThat(cache.exitCode()).isEqualTo(1);
      assertThat(cache.err()).hasLineCount(1).contains(inside, "Read-only file system");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).hasLineCount(1).contains(inside, "Read-only file system");
    } finally {
      assertThat(new ProcessBuilder("umount", mounted.toString()).start().waitFor()).isZero();
    }
  }

  @Test
  void noNetworkAndNoPipSayWhatToDo() throws IOException, InterruptedException {
    Path tools = Files.createDirectories(temp.resolve("bin"));
    for (String tool : new String[] {"bash", "env", "find", "cksum", "tr", "dirname", "sed"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    Map<String, String> alone =
        Map.of(
            "TOPDRAW_CACHE", temp.resolve("empty").toString(), "HF_ENDPOINT", "http://127.0.0.1:1");
    ProcessBuilder command = program.command(alone, "models", "--fetch");
    command.command().add(3, "PATH=" + tools);
    Process started = command.start();
    Ran ran = LaunchedProgram.ended(started, "", started.errorReader());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err().lines().toList().getLast())
        .startsWith("topdraw: ")
        .contains("pip: not found", "pass --model FILE.gguf");
  }

  @Test
  void bashCompletesACommand() throws IOException, InterruptedException {
    Path script = temp.resolve("completion.bash");
    Files.writeString(script, program.run(Map.of(), "completion", "bash").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source \"$1\"; COMP_WORDS=(topdraw qu); COMP_CWORD=1; COMP_LINE='topdraw qu';"
                    + " _complete_topdraw; echo \"${COMPREPLY[*]}\"",
                "bash",
                script.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes()).strip()).isEqualTo("quickstart");
  }
}
