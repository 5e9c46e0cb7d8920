package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.LiveListenerBus;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import tools.jackson.databind.JsonNode;
import topdraw.cli.KilledRun;
import topdraw.cli.Ran;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.Capabilities;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.servers.WordServer;

/// Runs whose completions are drawn by tasks of Spark, from a server over real sockets: each sample
/// once, whatever becomes of tasks and of the driver.
@Timeout(300)
class SparkPolicyTest {
  private static final int DRAWS = 96;
  private static final ClassTag<BegunTasks> LISTENERS = ClassTag.apply(BegunTasks.class);

  @TempDir private Path temp;
  private Path prompts = Path.of("");

  @BeforeEach
  void writePrompts() throws IOException {
    assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
    prompts = Files.writeString(temp.resolve("prompts.txt"), "one\ntwo ☃\none\nfour\n");
  }

  private String[] words(String folder, WordServer server, String... more) {
    List<String> words =
        List.of(
            "run",
            prompts.toString(),
            "-o",
            temp.resolve(folder).toString(),
            "--server",
            server.url(),
            "-n",
            "4",
            "--batches",
            "6",
            "--at-once",
            "2",
            "--max-tokens",
            "12",
            "--seed",
            "5",
            "--reward",
            "negative-length",
            "--reward",
            "log-likelihood");
    return Stream.concat(words.stream(), List.of(more).stream()).toArray(String[]::new);
  }

  private String[] onSpark(String folder, WordServer server) {
    return words(folder, server, "--spark", "local[2]");
  }

  private String samples(String folder) throws IOException {
    return Files.readString(temp.resolve(folder).resolve("samples.jsonl"));
  }

  /// What one machine draws.
  private String undisturbed() throws IOException {
    try (WordServer server = WordServer.start()) {
      Ran one = Ran.topdraw(words("one", server));
      assertThat(one.exitCode()).as(one.err()).isZero();
      assertThat(server.drawn()).isEqualTo(DRAWS);
    }
    assertThat(samples("one").lines()).hasSize(DRAWS);
    return samples("one");
  }

  private static boolean killTask() {
    SparkContext spark = SparkSession.getDefaultSession().get().sparkContext();
    return LongStream.range(0, 8).anyMatch(id -> spark.killTaskAttempt(id, true, "by the test"));
  }

  /// One attempt is killed when the server has answered some of its draws.
  @Test
  void aTaskThatDiesAfterDrawingLeavesTheBytesOfOneMachine() throws IOException {
    AtomicBoolean killed = new AtomicBoolean();
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              if (number >= 9 && !killed.get()) {
                killed.compareAndSet(false, killTask());
              }
              return false;
            })) {
      Ran many = Ran.topdraw(onSpark("many", server));
      assertThat(many.exitCode()).as(many.err()).isZero();
      assertThat(killed).isTrue();
      assertThat(server.drawn()).isGreaterThan(DRAWS);
      assertThat(many.err()).containsPattern("1 of \\d+ tasks were tried again.* up to \\d+ compl");
    }
    assertThat(samples("many")).isEqualTo(undisturbed());
    assertThat(settings("many")).isEqualTo(settings("one"));
    Ran analysis = Ran.topdraw("analyze", temp.resolve("many").toString());
    assertThat(analysis.exitCode()).as(analysis.err()).isZero();
  }

  private JsonNode settings(String folder) throws IOException {
    return Json.read(Files.readString(temp.resolve(folder).resolve("run.json"))).get("settings");
  }

  /// What is recorded is not drawn again, and the rest is what it would have been.
  @Test
  void aKilledDriverGoesOnWhereItWas() throws IOException, InterruptedException {
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              Thread.sleep(100);
              return false;
            })) {
      Path folder = temp.resolve("killed");
      KilledRun.killWhen(() -> KilledRun.recorded(folder) > 0, onSpark("killed", server), folder);
      long whole = samples("killed").chars().filter(c -> c == '\n').count() / 4 * 4;
      assertThat(whole).isLessThan(DRAWS);
      Thread.sleep(500); // what the server was asked for by the dead
      int before = server.drawn();
      Ran resumed = Ran.topdraw(onSpark("killed", server));
      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
      assertThat(server.drawn() - before).isEqualTo(DRAWS - (int) whole);
    }
    assertThat(samples("killed")).isEqualTo(undisturbed());
  }

  /// Without a cluster the run goes on as well.
  @Test
  void whereNoServerAnswersAnyMoreItSaysWhatIsRecorded() throws IOException {
    WordServer[] dying = new WordServer[1];
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              if (number < 70) return false;
              dying[0].close();
              return true;
            })) {
      dying[0] = server;
      Ran broken = Ran.topdraw(onSpark("broken", server));
      assertThat(broken.exitCode()).as(broken.err()).isEqualTo(1);
      assertThat(broken.err())
          .containsPattern("\\d+ of 96 samples are recorded in .*, and the same command goes on");
    }
    assertThat(samples("broken").lines().count()).isBetween(1L, 70L);
    try (WordServer server = WordServer.start()) {
      Ran resumed = Ran.topdraw(words("broken", server));
      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    }
    assertThat(samples("broken")).isEqualTo(undisturbed());
  }

  /// As where its master dies: Spark ends the session of its own accord.
  @ParameterizedTest(name = "when {0} draws were asked for")
  @ValueSource(ints = {2, 40, 80})
  void aClusterThatEndsWhileItDrawsIsToldInOneLine(int asked) throws Exception {
    List<Thread> ending = new CopyOnWriteArrayList<>();
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              if (number == asked) {
                SparkContext spark = SparkSession.getDefaultSession().get().sparkContext();
                ending.add(Thread.ofPlatform().start(spark::stop));
              }
              return false;
            })) {
      Ran broken = Ran.topdraw(onSpark("gone", server));
      assertThat(broken.exitCode()).as(broken.err()).isEqualTo(1);
      assertThat(broken.err().strip().lines().toList().getLast())
          .startsWith("topdraw: Spark has ended: its cluster is gone; ")
          .containsPattern(
              "; \\d+ of 96 samples are recorded in .*, and the same command goes on$");
    }
    assertThat(ending).hasSize(1);
    ending.getFirst().join();
    try (WordServer server = WordServer.start()) {
      Ran resumed = Ran.topdraw(words("gone", server));
      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    }
    assertThat(samples("gone")).isEqualTo(undisturbed());
  }

  @Test
  void anExecutorThatFindsAnotherPolicyDrawsNothing() throws IOException {
    try (WordServer server = WordServer.start();
        Session session = Session.open("local[1]")) {
      assertThat(session.own()).isTrue();
      String spec = "server:" + server.url();
      PolicyContext context =
          new PolicyContext(
              Sampling.plain(12), 5, Map.of(), DownloadProgress.SILENT, Surroundings.of(Map.of()));
      try (ReferencePolicy driver = new PolicyCatalog().open(spec, context)) {
        PolicyRecipe recipe = PolicyRecipe.of(spec, context, driver);
        recipe.take().close();
        Map<String, String> fingerprint = new HashMap<>(driver.provenance().fingerprint());
        fingerprint.put("server", "vLLM 9.8");
        PolicyRecipe other =
            new PolicyRecipe(
                spec,
                recipe.settings(),
                new Provenance(
                    driver.provenance().model(), fingerprint, context.sampling(), context.seed()));
        assertThatThrownBy(other::take)
            .isInstanceOf(InputException.class)
            .hasMessageContaining("vLLM 9.8")
            .hasMessageContaining("vLLM 9.9");
      }
    }
  }

  /// In a session of four threads, whose parallelism is set to another number meanwhile.
  @Test
  void whatAPolicyCanDoIsKnownWhenItIsOpenedAndStays() throws IOException {
    try (WordServer server = WordServer.start();
        Session session = Session.open("local[4]");
        ReferencePolicy policy = open(server, DownloadProgress.SILENT)) {
      Capabilities opened = policy.capabilities();
      assertThat(opened.width()).isEqualTo(4 * 2);
      assertThat(opened.deterministic()).isFalse();
      session.spark().sparkContext().conf().set("spark.default.parallelism", "9");
      assertThat(session.context().defaultParallelism()).isEqualTo(9);
      assertThat(policy.capabilities()).isEqualTo(opened);
    }
  }

  /// Others have jobs in the same session, before, while and after it draws.
  @Test
  void onlyItsOwnTasksAreCountedAndNoListenerIsLeftBehind() throws Exception {
    List<String> noted = new ArrayList<>();
    DownloadProgress progress =
        new DownloadProgress() {
          @Override
          public void bytes(long done, long total) {}

          @Override
          public void note(String line) {
            noted.add(line);
          }
        };
    Session[] shared = new Session[1];
    AtomicInteger others = new AtomicInteger();
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number == 3) others.addAndGet(countByAJob(shared[0]));
                  return false;
                });
        Session session = Session.open("local[4]")) {
      shared[0] = session;
      LiveListenerBus bus = session.spark().sparkContext().listenerBus();
      ReferencePolicy policy = open(server, progress);
      others.addAndGet(countByAJob(session));
      assertThat(policy.draw(Prompt.user("one"), 0, 40)).hasSize(40);
      others.addAndGet(countByAJob(session));
      bus.waitUntilEmpty(60_000);
      assertThat(CollectionConverters.asJava(bus.findListenersByClass(LISTENERS))).hasSize(1);
      policy.close();
      assertThat(session.ended()).isFalse();
      assertThat(CollectionConverters.asJava(bus.findListenersByClass(LISTENERS))).isEmpty();
      assertThat(others).hasValue(3 * 30);
    }
    assertThat(noted).isEmpty();
  }

  private static int countByAJob(Session session) {
    List<Integer> numbers = IntStream.range(0, 30).boxed().toList();
    return (int) session.context().parallelize(numbers, 30).count();
  }

  private ReferencePolicy open(WordServer server, DownloadProgress progress) throws IOException {
    return SparkPolicy.open(
        "local[4]",
        "server:" + server.url(),
        new PolicyContext(
            Sampling.plain(12), 5, Map.of("at-once", "2"), progress, Surroundings.of(Map.of())));
  }

  @Test
  void executorsDrawFromServersOnly() {
    Ran ran = Ran.topdraw("run", prompts.toString(), "-o", "x", "--spark", "local[2]");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err().strip())
        .isEqualTo(
            "topdraw: --spark local[2] draws from servers; name one with --server, or leave --spark out");
  }
}
