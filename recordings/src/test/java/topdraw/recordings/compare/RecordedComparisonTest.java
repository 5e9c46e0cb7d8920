package topdraw.recordings.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.estimate.Comparison;
import topdraw.recordings.Recording;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.RunFolder;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunRecording;
import topdraw.recordings.run.Runs;
import topdraw.recordings.run.Scoring;
import topdraw.recordings.run.ShuffledPolicy;
import topdraw.reward.Rewards;
import topdraw.theory.finding.Confidence;

class RecordedComparisonTest {
  private static final int BATCHES = 4;

  @TempDir private Path temp;

  @BeforeEach
  void twoRuns() throws IOException {
    Runs.record(temp.resolve("a"), 7, BATCHES);
    PromptFile others = Runs.prompts("one\nthree ☃\nnew\n");
    try (RunFolder run =
        RunFolder.open(temp.resolve("b"), Runs.manifest(others, 8, BATCHES + 1), others)) {
      run.record(new ShuffledPolicy(8), Runs.REWARDS, (_, _) -> {});
    }
  }

  private Comparison compare(String first, String second, String reward) throws IOException {
    try (Recording one = RunRecording.open(temp.resolve(first));
        Recording other = RunRecording.open(temp.resolve(second))) {
      return RecordedComparison.of(one, other, reward, Confidence.DEFAULT);
    }
  }

  @Test
  void winnersOfTheSamePromptAndBatchArePaired() throws IOException {
    Comparison comparison = compare("a", "b", "log-likelihood");
    assertThat(comparison.prompts()).isEqualTo(2);
    assertThat(comparison.pairs()).isEqualTo(2 * BATCHES);
    assertThat(comparison.onlyFirst()).containsExactly("two \"quoted\"", "one");
    assertThat(comparison.onlySecond()).containsExactly("new");

    double difference = 0;
    try (RunReader one = RunReader.open(temp.resolve("a"));
        RunReader other = RunReader.open(temp.resolve("b"))) {
      for (int[] pair : new int[][] {{0, 0}, {4, 1}}) {
        for (int b = 0; b < BATCHES; b++) {
          difference +=
              best(other.prompt(pair[1]).batch(b).orElseThrow())
                  - best(one.prompt(pair[0]).batch(b).orElseThrow());
        }
      }
    }
    assertThat(comparison.findings().getFirst().value())
        .isCloseTo(difference / (2 * BATCHES), within(1e-12));
  }

  private static double best(List<Draw> batch) {
    return batch.stream().mapToDouble(draw -> draw.logProbability().floor()).max().orElseThrow();
  }

  @Test
  void theOtherWayRoundTheSignsChange() throws IOException {
    List<Double> there = new ArrayList<>();
    compare("a", "b", "log-likelihood").findings().forEach(f -> there.add(f.value()));
    List<Double> back = new ArrayList<>();
    compare("b", "a", "log-likelihood").findings().forEach(f -> back.add(f.value()));
    assertThat(back.get(0)).isCloseTo(-there.get(0), within(1e-12));
    assertThat(back.get(1)).isCloseTo(1 - there.get(1), within(1e-12));
    assertThat(back.get(2)).isCloseTo(-there.get(2), within(1e-12));
  }

  @Test
  void aRunAgainstItselfIsATie() throws IOException {
    Comparison comparison = compare("a", "a", "log-likelihood");
    assertThat(comparison.findings()).extracting(f -> f.value()).containsExactly(0.0, 0.5, 0.0);
    assertThat(comparison.onlyFirst()).isEmpty();
  }

  @Test
  void bothRunsNeedTheRewardAskedFor() throws IOException {
    Scoring.score(temp.resolve("a"), Rewards.negativeLength(), _ -> {});
    assertThatThrownBy(() -> compare("a", "b", "negative-length"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topdraw score RUN reward negative-length");
    Scoring.score(temp.resolve("b"), Rewards.negativeLength(), _ -> {});
    Comparison comparison = compare("a", "b", "negative-length");
    assertThat(comparison.findings().get(0).value())
        .isCloseTo(-comparison.findings().get(2).value(), within(1e-12));
  }

  @Test
  void aRefusedPromptIsInNeither() throws IOException {
    Comparison comparison = compare("a", "b", "log-likelihood");
    assertThat(comparison.onlyFirst()).doesNotContain("far too long");
  }

  private Recording file(String name, String... lines) throws IOException {
    Path file = Files.write(temp.resolve(name), List.of(lines));
    return Recordings.open(List.of(file.toString()), new Mapping(Map.of(), List.of(), false));
  }

  /// The winner is the best of all draws of a prompt; keys tell the prompts apart.
  @Test
  void filesOfOthersArePairedByPromptEachPromptOneBatch() throws IOException {
    try (Recording one =
            file(
                "one.jsonl",
                "{\"prompt_id\": \"p\", \"response\": \"a\", \"score\": 1, \"tokens\": 5}",
                "{\"prompt_id\": \"q\", \"response\": \"b\", \"score\": 7, \"tokens\": 4}",
                "{\"prompt_id\": \"p\", \"response\": \"c\", \"score\": 3, \"tokens\": 9}",
                "{\"prompt_id\": \"alone\", \"response\": \"c\", \"score\": 3, \"tokens\": 9}",
                "{\"prompt_id\": \"none\", \"response\": \"c\", \"score\": null, \"tokens\": 9}");
        Recording other =
            file(
                "other.jsonl",
                "{\"prompt_id\": \"none\", \"response\": \"c\", \"score\": 1, \"tokens\": 9}",
                "{\"prompt_id\": \"q\", \"response\": \"b\", \"score\": 7, \"tokens\": 6}",
                "{\"prompt_id\": \"p\", \"response\": \"d\", \"score\": 4, \"tokens\": 7}",
                "{\"prompt_id\": \"new\", \"response\": \"d\", \"score\": 4, \"tokens\": 7}")) {
      Comparison comparison = RecordedComparison.of(one, other, "score", Confidence.DEFAULT);
      assertThat(comparison.prompts()).isEqualTo(2);
      assertThat(comparison.pairs()).isEqualTo(2);
      assertThat(comparison.unscored()).isEqualTo(1);
      assertThat(comparison.onlyFirst()).containsExactly("prompt alone");
      assertThat(comparison.onlySecond()).containsExactly("prompt new");
      assertThat(comparison.findings())
          .extracting(finding -> finding.value())
          .containsExactly(0.5, 0.75, 0.0);
    }
  }

  @Test
  void withoutLengthsTheirDifferenceIsNotToldAndARewardMustBeThere() throws IOException {
    try (Recording one =
            file("one.jsonl", "{\"prompt_id\": \"p\", \"response\": \"a\", \"score\": 1}");
        Recording other =
            file("other.jsonl", "{\"prompt_id\": \"p\", \"response\": \"b\", \"score\": 2}")) {
      assertThat(RecordedComparison.of(one, other, "score", Confidence.DEFAULT).findings())
          .hasSize(2);
      assertThatThrownBy(() -> RecordedComparison.of(one, other, "gold", Confidence.DEFAULT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one.jsonl has no scores of gold");
    }
  }

  @Test
  void aRunIsComparedWithTheTableThatItWasExportedTo() throws IOException {
    try (Recording run = RunRecording.open(temp.resolve("a"))) {
      Path table = temp.resolve("a.jsonl");
      Export.toFile(run, ExportFormat.JSONL, new TableShape(run.rewards()), table);
      try (Recording other =
          Recordings.open(List.of(table.toString()), new Mapping(Map.of(), List.of(), false))) {
        Comparison comparison =
            RecordedComparison.of(run, other, "log-likelihood", Confidence.DEFAULT);
        assertThat(comparison.onlyFirst()).isEmpty();
        assertThat(comparison.onlySecond()).isEmpty();
        assertThat(comparison.pairs()).as("the table's draws are one batch").isEqualTo(4);
        assertThat(comparison.findings().getFirst().value()).isGreaterThan(0);
      }
    }
  }
}
