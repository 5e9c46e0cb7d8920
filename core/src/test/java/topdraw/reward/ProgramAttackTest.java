package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.draw.Score;

/// Programs that score and fail at it, in every way at every call: whatever they do, a completion
/// has its own score or none, no call outlasts its limit, and nothing they started lives on. A
/// right score is the length of the completion, so no other's is taken for it.
@Tag("attack")
@DisabledOnOs(OS.WINDOWS)
class ProgramAttackTest {
  private static final Duration LIMIT = Duration.ofMillis(700);
  private static final int CALLS = 4;

  /// Answers truly, except where it is told to do something else first.
  private static final String SCORER =
      """
      import json, os, random, subprocess, sys, time
      random.seed(int(sys.argv[1]))
      marker = sys.argv[2]
      doings = sys.argv[3].split(",")
      def line(items):
          return json.dumps({"rewards": [{"id": i["id"], "value": len(i["completion"])} for i in items]})
      def say(text):
          sys.stdout.write(text)
          sys.stdout.flush()
      def damage(text):
          at = random.randrange(len(text))
          return text[:at] + random.choice(["\\0", "}", "NaN", "1e999", "\\"", "null", "\\n", "[" * 5000]) + text[at:]
      def do(doing, items):
          good = line(items)
          if doing == "answer": say(good + "\\n")
          elif doing == "die": os._exit(random.randrange(4))
          elif doing == "die within": say(good[: random.randrange(len(good))]); os._exit(0)
          elif doing == "kill": os.kill(os.getpid(), 9)
          elif doing == "garbage": say("\\x00\\ufffd{[" * random.randrange(1, 2000) + "\\n")
          elif doing == "bytes": os.write(1, bytes(random.randrange(256) for _ in range(500)) + b"\\n")
          elif doing == "cut": say(good[: random.randrange(len(good))] + "\\n")
          elif doing == "late": say(good); time.sleep(2); say("\\n")
          elif doing == "hang": time.sleep(60)
          elif doing == "drip":
              for c in good: say(c); time.sleep(0.05)
              say("\\n")
          elif doing == "extra": say(good + "\\n" + good + "\\n")
          elif doing == "extra before": say(json.dumps({"rewards": []}) + "\\n" + good + "\\n")
          elif doing == "nothing": say("\\n")
          elif doing == "fewer": say(line(items[1:]) + "\\n")
          elif doing == "more": say(line(items + [{"id": "999", "completion": "xxxxxxx"}]) + "\\n")
          elif doing == "swapped": say(line(items[::-1]) + "\\n")
          elif doing == "twice": say(line(items + items[:1]) + "\\n")
          elif doing == "nan": say(good.replace("\\"value\\": ", "\\"value\\": NaN, \\"x\\": ", 1) + "\\n")
          elif doing == "huge": say(good.replace("\\"value\\": ", "\\"value\\": 1e999, \\"x\\": ", 1) + "\\n")
          elif doing == "text": say(good.replace("\\"value\\": ", "\\"value\\": \\"7\\", \\"x\\": ", 1) + "\\n")
          elif doing == "old ids":
              say(json.dumps({"rewards": [{"id": str(k), "value": 99} for k in range(len(items))]}) + "\\n" if items[0]["id"] != "0" else good + "\\n")
          elif doing == "damaged": say(damage(line([{"id": i["id"], "completion": i["completion"]} for i in items])) + "\\n")
          elif doing == "flood": say("x" * 20_000_000)
          elif doing == "stderr": sys.stderr.write("noise\\n" * 12_000); sys.stderr.flush(); say(good + "\\n")
          elif doing == "closes out": os.close(1); time.sleep(60)
          elif doing == "child": subprocess.Popen(["sleep", "3131" + marker]); say(good + "\\n")
          elif doing == "child that holds out": subprocess.Popen(["sleep", "3131" + marker]); os._exit(0)
          elif doing == "grandchild": subprocess.Popen(["sh", "-c", "sleep 3131%s & sleep 3131%s" % (marker, marker)]); os._exit(1)
          elif doing == "before": say(good + "\\n"); os._exit(0)
      if doings[0] == "closes in": os.close(0); say(line([]) + "\\n"); time.sleep(60)
      if doings[0] == "never reads": time.sleep(60)
      if doings[0] == "speaks first": say("hello\\n")
      while True:
          text = sys.stdin.readline()
          if not text: break
          do(random.choice(doings), json.loads(text)["items"])
      """;

  private static final String[] DOINGS = {
    "die",
    "die within",
    "kill",
    "garbage",
    "bytes",
    "cut",
    "late",
    "hang",
    "drip",
    "extra",
    "extra before",
    "nothing",
    "fewer",
    "more",
    "swapped",
    "twice",
    "nan",
    "huge",
    "text",
    "old ids",
    "damaged",
    "flood",
    "stderr",
    "closes out",
    "child",
    "child that holds out",
    "grandchild",
    "before",
    "closes in",
    "never reads",
    "speaks first"
  };

  @TempDir private static Path folder;
  private static Path scorer = Path.of("");

  @BeforeAll
  static void write() throws IOException, InterruptedException {
    ProcessRewardTest.needsPython();
    scorer = Files.writeString(folder.resolve("scorer.py"), SCORER);
  }

  static LongStream seeds() {
    return Attack.seeds(3, 0.12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCompletionHasItsOwnScoreOrNone(long seed) throws Exception {
    Mutation mutation = new Mutation(seed);
    String doings =
        mutation.oneOf(DOINGS)
            + ",answer"
            + (mutation.random().nextBoolean() ? "," + mutation.oneOf(DOINGS) : "");
    String marker = ".%06d".formatted(Math.floorMod(seed, 1_000_000));
    String command =
        "process:python3 " + scorer + " " + seed + " " + marker + " \"" + doings + "\"";
    String what = "seed " + seed + ": " + doings;
    int[] lengths = mutation.random().ints(CALLS * 3, 0, 900).distinct().toArray();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(25),
        () -> {
          try (Reward reward = RewardCatalog.withoutModel().withProcessLimit(LIMIT).open(command)) {
            for (int call = 0; call < CALLS; call++) score(reward, lengths, call, what);
          }
        },
        () -> "took too long: " + what);
    assertThat(alive(marker)).as("lives on, %s", what).isEmpty();
  }

  private static void score(Reward reward, int[] lengths, int call, String what) {
    int[] of =
        IntStream.range(0, lengths.length)
            .filter(i -> i % CALLS == call)
            .map(i -> lengths[i])
            .toArray();
    String[] texts = Arrays.stream(of).mapToObj("x"::repeat).toArray(String[]::new);
    long start = System.nanoTime();
    List<Score> scores = Completions.score(reward, texts);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(scores).as(what).hasSize(texts.length);
    for (int i = 0; i < of.length; i++) {
      if (scores.get(i) instanceof Score.Value(double value)) {
        assertThat(value).as("call %d, completion %d, %s", call, i, what).isEqualTo(of[i]);
      }
    }
    // Two exchanges, and a second each for what ends and is ended.
    assertThat(took).as(what).isLessThan(2 * (LIMIT.toMillis() + 2_000) + 4_000);
  }

  /// What the program started and still is there; what was killed is given a moment to be gone.
  private static List<String> alive(String marker) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(marker))
        .filter(process -> !gone(process))
        .map(process -> process.info().commandLine().orElse("?"))
        .toList();
  }

  private static boolean gone(ProcessHandle process) {
    try {
      process.onExit().get(5, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
