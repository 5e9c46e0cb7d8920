package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Score;

/// Real little programs, well and ill behaved.
class ProcessRewardTest {
  @TempDir private Path folder;

  @BeforeAll
  static void needsPython() throws IOException, InterruptedException {
    boolean there;
    try {
      there = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    Assumptions.assumeTrue(there, "needs python3");
  }

  private Reward python(Duration limit, String body) throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("score.py"),
            "import json, os, sys, time\n"
                + "def say(*rewards): print(json.dumps({'rewards': list(rewards)}), flush=True)\n"
                + "for line in sys.stdin:\n"
                + "    items = json.loads(line)['items']\n"
                + body.indent(4));
    return RewardCatalog.withoutModel().withProcessLimit(limit).open("process:python3 " + script);
  }

  @Test
  void theExampleProgramCountsPoliteWords() {
    try (Reward reward =
        Rewards.named(
            "process:python3 '" + Path.of("..", "examples", "score_politeness.py") + "'")) {
      assertThat(Completions.score(reward, "Thank you, glad to help!", "No."))
          .isEqualTo(Completions.values(2, 0));
      assertThat(Completions.score(reward, "please, please")).isEqualTo(Completions.values(2));
    }
  }

  @Test
  void promptAndCompletionArriveAndANullIsMissingWithItsReason() throws IOException {
    String body =
        """
        say(*[{'id': i['id'], 'value': len(i['completion'])} if i['prompt'] == '?' and i['completion'] != 'ü'
              else {'id': i['id'], 'value': None, 'error': 'no ü'} for i in reversed(items)])
        """;
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      assertThat(Completions.score(reward, "a\nb", "ü"))
          .containsExactly(new Score.Value(3), new Score.Missing("no ü"));
    }
  }

  @Test
  void aProgramThatEndsAfterEachAnswerScoresEveryCall() throws IOException {
    String body =
        """
        open('starts', 'a').write('x')
        say(*[{'id': i['id'], 'value': len(i['completion'])} for i in items])
        break
        """
            .replace("starts", folder.resolve("starts").toString());
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      for (int call = 1; call <= 6; call++) {
        assertThat(Completions.score(reward, "a".repeat(call), ""))
            .as("call " + call)
            .isEqualTo(Completions.values(call, 0));
      }
    }
    assertThat(folder.resolve("starts")).hasContent("xxxxxx");
  }

  @Test
  void aProgramThatEndsWhenAskedAgainIsAskedOnceMoreAndNoMore() throws IOException {
    String body =
        """
        open('starts', 'a').write('x')
        if items[0]['completion'] == 'no': break
        say(*[{'id': i['id'], 'value': 1} for i in items])
        """
            .replace("starts", folder.resolve("starts").toString());
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      assertThat(Completions.score(reward, "yes")).isEqualTo(Completions.values(1));
      assertThat(Completions.score(reward, "no"))
          .singleElement()
          .isInstanceOfSatisfying(
              Score.Missing.class,
              missing -> assertThat(missing.reason()).contains("ended without an answer"));
      assertThat(folder.resolve("starts")).hasContent("xxx");
      assertThat(Completions.score(reward, "yes")).isEqualTo(Completions.values(1));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sys.exit(3)                                                   | exit code 3
          print('garbage', flush=True)                                  | not JSON
          say()                                                         | no score for id
          say({'id': '0', 'value': 1}, {'id': '0', 'value': 2})         | more than once
          say({'id': '0', 'value': 1}, {'id': '7', 'value': 2})         | not asked for
          say({'id': '0', 'value': float('nan')})                       | not JSON: NaN is no number in JSON; where there is none, write null
          time.sleep(600)                                               | within 2.5 s
          print('x' * 20_000_000, flush=True)                           | longer than 16 MiB
          """)
  void whateverGoesWrongTheScoresAreMissingWithTheReason(String body, String reason)
      throws IOException {
    try (Reward reward = python(Duration.ofMillis(2500), body)) {
      assertThat(Completions.score(reward, "a").getFirst())
          .isInstanceOfSatisfying(
              Score.Missing.class, missing -> assertThat(missing.reason()).contains(reason));
    }
  }

  @Test
  void aProgramThatDiesIsStartedAgain() throws IOException {
    String body =
        """
        if items[0]['completion'] == 'die': os._exit(1)
        say({'id': items[0]['id'], 'value': os.getpid()})
        """;
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      Score before = Completions.score(reward, "a").getFirst();
      assertThat(Completions.score(reward, "b").getFirst()).isEqualTo(before);
      assertThat(Completions.score(reward, "die").getFirst()).isInstanceOf(Score.Missing.class);
      assertThat(Completions.score(reward, "c").getFirst())
          .isInstanceOf(Score.Value.class)
          .isNotEqualTo(before);
    }
  }

  @Test
  void anAnswerTooManyIsNotTakenForTheNextCalls() throws IOException {
    String body =
        """
        say({'id': items[0]['id'], 'value': len(items[0]['completion'])})
        say({'id': items[0]['id'], 'value': -1})
        """;
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      assertThat(Completions.score(reward, "a")).isEqualTo(Completions.values(1));
      assertThat(Completions.score(reward, "abc").getFirst()).isInstanceOf(Score.Missing.class);
      assertThat(Completions.score(reward, "abc")).isEqualTo(Completions.values(3));
    }
  }

  @Test
  void aReasonIsOneShortLineWithoutControlCharacters() throws IOException {
    String body =
        "say({'id': items[0]['id'], 'value': None, 'error': '\\x1b[31mred\\nline 2 ' + 'x' * 9999})";
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      assertThat(Completions.score(reward, "a").getFirst())
          .isInstanceOfSatisfying(
              Score.Missing.class,
              missing ->
                  assertThat(missing.reason())
                      .startsWith(" [31mred line 2 xxx")
                      .hasSizeLessThanOrEqualTo(Score.Missing.LONGEST + 1));
    }
  }

  @Test
  void anInterruptedCallIsCancelledAndNeverRecordedAsMissing() throws IOException {
    try (Reward reward = python(Duration.ofMinutes(1), "time.sleep(600)")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> Completions.score(reward, "a"))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIGINT", "SIGTERM"})
  void aProgramThatDiesOfCtrlCOrAnEndingGroupIsNoMissingScore(String signal) throws IOException {
    String body =
        "import signal; signal.signal(signal.%1$s, signal.SIG_DFL); os.kill(os.getpid(), signal.%1$s)"
            .formatted(signal);
    try (Reward reward = python(Duration.ofMinutes(1), body)) {
      assertThatThrownBy(() -> Completions.score(reward, "a"))
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aHopelessProgramIsNotAskedForEver() throws IOException {
    Path log = folder.resolve("calls");
    try (Reward reward =
        python(Duration.ofMinutes(1), "open('" + log + "', 'a').write('x'); os._exit(1)")) {
      for (int i = 0; i < ProcessReward.PATIENCE + 5; i++) {
        assertThat(Completions.score(reward, "a").getFirst()).isInstanceOf(Score.Missing.class);
      }
    }
    assertThat(Files.readString(log)).hasSize(ProcessReward.PATIENCE);
  }

  @Test
  void wordsAreSplitWithoutAShell() {
    assertThat(ProcessReward.words("a 'b c' \"d'e\" f$HOME \t''"))
        .isEqualTo(List.of("a", "b c", "d'e", "f$HOME", ""));
    assertThatThrownBy(() -> ProcessReward.words("a 'b")).hasMessageContaining("quote");
    assertThatThrownBy(() -> ProcessReward.words("  ")).hasMessageContaining("command");
  }
}
