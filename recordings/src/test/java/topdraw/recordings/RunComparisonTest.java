package topdraw.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.reward.Rewards;

class RunComparisonTest {
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

  private RunComparison compare(String first, String second, String reward) throws IOException {
    try (RunReader one = RunReader.open(temp.resolve(first));
        RunReader other = RunReader.open(temp.resolve(second))) {
      return RunComparison.of(one, other, reward);
    }
  }

  @Test
  void winnersOfTheSamePromptAndBatchArePaired() throws IOException {
    RunComparison comparison = compare("a", "b", "log-likelihood");
    assertThat(comparison.prompts()).isEqualTo(2);
    assertThat(comparison.pairs()).isEqualTo(2 * BATCHES);
    assertThat(comparison.onlyFirst()).containsExactly("two \"quoted\"", "one", "far too long");
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
    RunComparison comparison = compare("a", "a", "log-likelihood");
    assertThat(comparison.findings()).extracting(f -> f.value()).containsExactly(0.0, 0.5, 0.0);
    assertThat(comparison.onlyFirst()).containsExactly("far too long");
  }

  @Test
  void bothRunsNeedTheRewardAskedFor() throws IOException {
    Scoring.score(temp.resolve("a"), Rewards.negativeLength(), _ -> {});
    assertThatThrownBy(() -> compare("a", "b", "negative-length"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topdraw score RUN --reward negative-length");
    Scoring.score(temp.resolve("b"), Rewards.negativeLength(), _ -> {});
    RunComparison comparison = compare("a", "b", "negative-length");
    assertThat(comparison.findings().get(0).value())
        .isCloseTo(-comparison.findings().get(2).value(), within(1e-12));
  }
}
