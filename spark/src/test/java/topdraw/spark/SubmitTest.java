package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import topdraw.cli.Ran;
import topdraw.servers.WordServer;

/// What spark-submit runs, on a local master: its script asks Spark's launcher for a command, which
/// is asked here too, and runs that. Our jars, and the libraries that Spark does not have, come to
/// the driver and its tasks by `--jars` alone.
@Timeout(300)
class SubmitTest {
  private static final String JAVA = System.getProperty("java.home");

  private static final List<String> LIBRARIES =
      List.of("tools/jackson", "info/picocli", "com/google/re2j", "com/networknt", "org/duckdb");

  @TempDir private Path temp;
  private SparkHome home = new SparkHome(Path.of(""));

  @BeforeEach
  void makeHome() throws IOException {
    home = SparkHome.make(temp.resolve("spark"), jar -> !library(jar));
  }

  private static boolean library(Path jar) {
    String path = jar.toString().replace(File.separatorChar, '/');
    return LIBRARIES.stream().anyMatch(group -> path.contains("/" + group + "/"));
  }

  private Ran submit(Class<?> job, String... words) throws IOException, InterruptedException {
    List<Path> ours = SparkHome.ourJars(List.of(), temp.resolve("topdraw.jar"));
    String jars =
        Stream.concat(
                ours.stream().skip(1), SparkHome.classPath().stream().filter(SubmitTest::library))
            .map(Path::toString)
            .collect(Collectors.joining(","));
    List<String> asked =
        new ArrayList<>(
            List.of(
                Path.of(JAVA, "bin", "java").toString(),
                "-cp",
                home.jars(),
                "org.apache.spark.launcher.Main",
                "org.apache.spark.deploy.SparkSubmit"));
    asked.addAll(List.of("--class", job.getName(), "--master", "local[2]", "--jars", jars));
    asked.addAll(List.of("--driver-memory", "512m"));
    asked.addAll(List.of("--driver-java-options", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    asked.add(ours.getFirst().toString());
    asked.addAll(List.of(words));
    Ran launcher = run(asked);
    assertThat(launcher.exitCode()).as(launcher.err()).isZero();
    // Words that end with NUL, after a line for a shell's sake.
    return run(
        Stream.of(launcher.out().split("\0", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList());
  }

  private Ran run(List<String> command) throws IOException, InterruptedException {
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    home.tell(builder, JAVA, "127.0.0.1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private String[] words(String folder, WordServer server) throws IOException {
    Path prompts = Files.writeString(temp.resolve("prompts.txt"), "one\ntwo ☃\n");
    List<String> words =
        new ArrayList<>(List.of(prompts.toString(), "-o", temp.resolve(folder).toString()));
    words.addAll(List.of("--server", server.url(), "-n", "4", "--batches", "3", "--at-once", "2"));
    words.addAll(List.of("--max-tokens", "12", "--reward", "negative-length"));
    return words.toArray(String[]::new);
  }

  private String samples(String folder) throws IOException {
    return Files.readString(temp.resolve(folder).resolve("samples.jsonl"));
  }

  @Test
  void aRunIsRecordedWithTheBytesOfOneMachine() throws IOException, InterruptedException {
    try (WordServer server = WordServer.start()) {
      Ran many = submit(RunJob.class, words("many", server));
      assertThat(many.exitCode()).as(many.err()).isZero();
      assertThat(many.err()).contains("Recorded in " + temp.resolve("many"));
      String[] run =
          Stream.concat(Stream.of("run"), Stream.of(words("one", server))).toArray(String[]::new);
      Ran one = Ran.topdraw(run);
      assertThat(one.exitCode()).as(one.err()).isZero();
      assertThat(many.out()).isEqualTo(one.out());
    }
    assertThat(samples("many")).isEqualTo(samples("one"));
    assertThat(samples("many").lines()).hasSize(24);
  }

  @Test
  void aWrongOptionEndsItWithTheCodeOfTopdraw() throws IOException, InterruptedException {
    Ran ran = submit(RunJob.class, "nowhere.txt", "-o", temp.resolve("x").toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("topdraw: there is no prompt file nowhere.txt");
  }

  @Test
  void anAnalysisPrintsWhatOneMachinePrints() throws IOException, InterruptedException {
    String file = "../examples/samples.jsonl";
    Ran many = submit(AnalyzeJob.class, file, "--reward", "correct");
    assertThat(many.exitCode()).as(many.err()).isZero();
    Ran one = Ran.topdraw("analyze", file, "--reward", "correct");
    assertThat(many.out()).isEqualTo(one.out());
  }
}
