package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.reward.Reward;

class QuickstartRunTest {
  @TempDir private Path temp;
  private final List<String> notes = new ArrayList<>();

  private static RunPrompt question(String label) throws IOException {
    return QuickstartRun.questions().prompts().stream()
        .filter(prompt -> prompt.label().orElseThrow().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gold        | The chemical symbol for gold is Au.   | The symbol is Aurum.
          earth       | No. The Earth is a sphere.            | Nobody knows.
          earth       | no                                    | Yes, and no.
          france      | The capital of France is Paris.       | Parisian life, in Lyon.
          motherboard | It connects the CPU to all else.      | It is a board with many cables.
          tips        | 'Eat well:\n1. A\n2. B\n3. C'         | 1. Sleep. 2. Run. 3 more follow.
          rain        | Is it going to rain tomorrow?         | Yes, it is going to rain tomorrow.
          rain        | Will it rain tomorrow?                | Is it going to be wet tomorrow?
          times       | 9 times 8 equals 72.                  | 9 times 8 equals 720.
          """)
  void rightAnswersAreToldFromWrongOnes(String label, String right, String wrong)
      throws IOException {
    List<Reward> rewards = QuickstartRun.questions().rewards();
    PromptDraws answers =
        PromptDraws.of(
            question(label).prompt(),
            List.of(
                Draft.drawn(0, right.replace("\\n", "\n"), new int[] {1}, -1),
                Draft.drawn(1, wrong, new int[] {2}, -1)));
    assertThat(rewards.getFirst().name()).isEqualTo(QuickstartRun.CORRECT);
    assertThat(rewards.getFirst().score(answers))
        .containsExactly(new Score.Value(1), new Score.Value(0));
    assertThat(rewards.get(1).name()).isEqualTo(QuickstartRun.GRADE);
    assertThat(rewards.get(1).score(answers).getLast()).isEqualTo(new Score.Value(0));
  }

  @Test
  void thePapersFourAndOneMoreStandInItsFigures() throws IOException {
    QuickstartRun asked = QuickstartRun.questions();
    List<String> shown =
        asked.prompts().stream()
            .filter(prompt -> asked.inFigures(prompt.key()))
            .map(RunPrompt::key)
            .toList();
    assertThat(shown)
        .hasSize(5)
        .containsAll(PaperRun.alpaca().prompts().stream().map(RunPrompt::key).toList());
    assertThat(asked.rewards().stream().map(Reward::name))
        .containsExactly("correct", "grade", "log-likelihood", "negative-length");
  }

  @Test
  void everyQuestionHasAnAnswerOfItsOwn() throws IOException {
    QuickstartRun asked = QuickstartRun.questions();
    Map<String, Long> byKey =
        asked.prompts().stream()
            .collect(Collectors.groupingBy(RunPrompt::key, Collectors.counting()));
    assertThat(byKey).hasSize(7);
    assertThat(asked.prompts())
        .allSatisfy(
            prompt ->
                assertThat(
                        asked
                            .rewards()
                            .getFirst()
                            .score(
                                PromptDraws.of(
                                    prompt.prompt(),
                                    List.of(Draft.drawn(0, "?", new int[] {1}, -1)))))
                    .containsExactly(new Score.Value(0)));
  }

  @Test
  void anUnfinishedRunGoesOnAndDrawsNothingTwice() throws IOException {
    Path whole = temp.resolve("whole");
    assertThat(record(whole.toString(), 7, Integer.MAX_VALUE)).isEqualTo(448);
    String name = temp.resolve("quickstart").toString();
    assertThatThrownBy(() -> record(name, 7, 100)).isInstanceOf(CancellationException.class);
    Path folder = Path.of(name);
    long before = lines(folder);
    assertThat(before).isBetween(1L, 100L);
    assertThat(record(name, 7, Integer.MAX_VALUE)).isEqualTo(448 - (int) before);
    assertThat(Runs.samples(folder)).isEqualTo(Runs.samples(whole));
    assertThat(notes).isEmpty();
  }

  @Test
  void otherRunsKeepTheirFoldersAndUnfinishedOnesAreNamed() throws IOException {
    String name = temp.resolve("quickstart").toString();
    record(name, 7, Integer.MAX_VALUE);
    Files.writeString(Files.createDirectory(Path.of(name + "-2")).resolve("precious"), "mine");
    assertThatThrownBy(() -> record(name, 8, 100)).isInstanceOf(CancellationException.class);
    String anew = name + " stays as it is; answers are drawn anew, into " + name;
    assertThat(notes).as("one is finished, one is no run").containsExactly(anew + "-3");
    record(name, 7, Integer.MAX_VALUE);
    assertThat(Runs.samples(Path.of(name + "-4"))).isEqualTo(Runs.samples(Path.of(name)));
    assertThat(notes)
        .containsExactly(
            anew + "-3",
            "An unfinished run stays as it is: "
                + name
                + "-3 was begun with other settings: seed: 8 -> 7; give those, or another folder"
                + " with output",
            anew + "-4");
    assertThat(record(name, 8, Integer.MAX_VALUE)).isLessThan(448);
    assertThat(lines(Path.of(name + "-3"))).isEqualTo(448);
    assertThat(Path.of(name + "-5")).doesNotExist();
  }

  /// Records as the command does; the thread is interrupted once so many completions are drawn.
  private int record(String name, long seed, int most) throws IOException {
    ShuffledPolicy policy = new ShuffledPolicy(seed);
    QuickstartRun asked = QuickstartRun.questions();
    try (RunFolder run =
        asked.openNamed(
            name,
            policy.provenance(),
            Map.of("topdraw", "1"),
            "2026-01-01T00:00:00Z",
            note -> notes.add(note.toString()))) {
      run.record(
          policy,
          asked.rewards(),
          (drawn, _) -> {
            if (drawn >= most) throw new CancellationException();
          });
      run.writeFindings(Map.of());
    }
    return policy.drawn;
  }

  private static long lines(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("samples.jsonl")).size();
  }
}
