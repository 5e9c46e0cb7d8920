package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import topdraw.cli.Ran;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.OneSet;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.servers.WordServer;
import topdraw.theory.finding.Confidence;

/// A cluster of processes: a master, two workers, and the executors that they start, which have our
/// classes from the driver alone. One executor is killed while prompts are measured, and with it
/// what it has shuffled.
@Tag("spark")
@EnabledIfSystemProperty(named = "topdraw.spark", matches = "true")
class ClusterTest {
  private static final long SEED = 41;

  /// Every process compiles little and is soon over.
  private static final List<String> LIGHT =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  /// What the cluster runs on, if not what the tests do: `-Dtopdraw.spark.java=HOME`.
  private static final String JAVA =
      System.getProperty("topdraw.spark.java", System.getProperty("java.home"));

  /// The modules whose classes executors are given, as by `./topdraw`.
  private static final List<String> MODULES =
      List.of("theory", "core", "servers", "recordings", "spark");

  @TempDir private Path temp;
  private final List<Process> processes = new ArrayList<>();
  private final List<String> properties = new ArrayList<>();
  private String master = "";
  private SparkHome home = new SparkHome(Path.of(""));

  @BeforeEach
  void startCluster() throws IOException, InterruptedException {
    home = SparkHome.make(temp.resolve("spark"), jar -> true);
    int port = freePort();
    master = "spark://127.0.0.1:" + port;
    start("127.0.0.1", "org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
    awaitPort(port);
    for (int worker = 0; worker < 2; worker++) {
      start(
          "127.0.0." + (worker + 1), // a task that lags is tried again on another machine
          "org.apache.spark.deploy.worker.Worker",
          "--cores",
          "1",
          "--memory",
          "600m",
          "--work-dir",
          temp.resolve("work" + worker).toString(),
          master);
    }
    set(
        "spark.jars",
        SparkHome.ourJars(MODULES, temp.resolve("topdraw.jar")).stream()
            .map(Path::toString)
            .collect(Collectors.joining(",")));
    set("spark.executor.memory", "512m");
    set("spark.executor.extraJavaOptions", String.join(" ", LIGHT.subList(0, 2)));
    set("spark.driver.host", "127.0.0.1");
    set("spark.driver.bindAddress", "127.0.0.1");
    // Who lost its shuffle is asked once, not for half a minute.
    set("spark.shuffle.io.maxRetries", "1");
    set("spark.shuffle.io.retryWait", "1s");
  }

  @AfterEach
  void stopCluster() throws InterruptedException {
    properties.forEach(System::clearProperty);
    for (Process process : processes.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private void set(String name, String value) {
    properties.add(name);
    System.setProperty(name, value);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Waits until the master listens, which is the process that was started first.
  private void awaitPort(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
        return;
      } catch (IOException e) {
        if (!processes.getFirst().isAlive() || System.nanoTime() > end) {
          throw new AssertionError(
              "the master %s, listens on no port %d, and has said:%n%s"
                  .formatted(
                      processes.getFirst().isAlive() ? "lives" : "has ended",
                      port,
                      Files.readString(temp.resolve("log0"))),
              e);
        }
        Thread.sleep(100);
      }
    }
  }

  /// A process of Spark's own, from the jars of the class path as a distribution has them.
  private void start(String host, String main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(JAVA, "bin", "java").toString());
    command.addAll(LIGHT);
    command.addAll(List.of("-cp", home.jars(), main));
    command.addAll(List.of("--host", host, "--webui-port", "0"));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("log" + processes.size()).toFile());
    home.tell(builder, JAVA, host);
    processes.add(builder.start());
  }

  private static final AnalysisQuestion QUESTION =
      new AnalysisQuestion(
          "score", Optional.of("correct"), OptionalDouble.empty(), List.of(), Protocol.SUBSETS);

  private static Analysis analysis(Recording recording) throws IOException {
    return Analysis.of(
        recording.measure(Questions.of(QUESTION), new OneSet(List.of()), false),
        QUESTION,
        Confidence.DEFAULT);
  }

  @Test
  void aKilledExecutorChangesNoDigit() throws IOException {
    List<String> file =
        List.of(Samples.write(temp.resolve("s.jsonl"), Samples.rows(SEED, 5_000, 400)).toString());
    Analysis one;
    try (Recording recording = Recordings.open(file, Mapping.NONE)) {
      one = analysis(recording);
    }
    AtomicInteger killed = new AtomicInteger();
    AtomicInteger started = new AtomicInteger();
    Session session = Session.open(master);
    try (Recording recording = Recordings.onCluster(master, file, Mapping.NONE)) {
      Analysis whole = analysis(recording);
      session
          .spark()
          .sparkContext()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskStart(SparkListenerTaskStart task) {
                  if (started.incrementAndGet() == 1) {
                    executors().limit(1).forEach(executor -> killed.addAndGet(kill(executor)));
                  }
                }
              });
      Analysis afterwards = analysis(recording);
      assertThat(killed).as("executors killed").hasValue(1);
      assertThat(started).as("tasks, some tried again").hasValueGreaterThan(2);
      assertThat(whole).isEqualTo(one);
      assertThat(afterwards).isEqualTo(one);
    } finally {
      session.close();
    }
  }

  /// An executor is killed while it draws; later a draw is not answered before another attempt has
  /// asked for it too, so that both draw to the end.
  @Test
  void aKilledExecutorAndRacingAttemptsLeaveEachSampleOnce() throws IOException {
    set("spark.speculation", "true");
    set("spark.speculation.quantile", "0.5");
    Path prompts = Files.writeString(temp.resolve("prompts.txt"), "one\ntwo\nthree\nfour\n");
    int draws = 160;
    try (WordServer server = WordServer.start()) {
      Ran one = Ran.topdraw(run(prompts, "one", server));
      assertThat(one.exitCode()).as(one.err()).isZero();
    }
    AtomicInteger killed = new AtomicInteger();
    AtomicReference<String> raced = new AtomicReference<>();
    CountDownLatch twice = new CountDownLatch(2);
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              if (number == 10) {
                executors().limit(1).forEach(executor -> killed.addAndGet(kill(executor)));
              }
              String seed = body.path("seed").asString();
              if (number >= 90) {
                raced.compareAndSet(null, seed);
              }
              if (seed.equals(raced.get())) {
                twice.countDown();
                twice.await();
              }
              return false;
            })) {
      Ran many = Ran.topdraw(run(prompts, "many", server, "--spark", master));
      assertThat(many.exitCode()).as(many.err()).isZero();
      assertThat(killed).as("executors killed").hasValue(1);
      assertThat(twice.getCount()).as("attempts that did not race").isZero();
      assertThat(server.drawn()).isGreaterThan(draws + 1);
      assertThat(many.err()).contains("are thrown away");
    }
    String samples = Files.readString(temp.resolve("many").resolve("samples.jsonl"));
    assertThat(samples).isEqualTo(Files.readString(temp.resolve("one").resolve("samples.jsonl")));
    assertThat(samples.lines()).hasSize(draws);
  }

  private String[] run(Path prompts, String folder, WordServer server, String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", prompts.toString(), "--reward", "negative-length"));
    words.addAll(List.of("-o", temp.resolve(folder).toString(), "--server", server.url()));
    words.addAll(List.of("-n", "4", "--batches", "10", "--at-once", "2", "--max-tokens", "12"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Stream<ProcessHandle> executors() {
    return processes.stream().skip(1).flatMap(Process::children);
  }

  private static int kill(ProcessHandle executor) {
    return executor.destroyForcibly() ? 1 : 0;
  }
}
