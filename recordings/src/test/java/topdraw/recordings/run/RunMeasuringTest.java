package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptPool;
import topdraw.reference.Answer;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.pool.Pool;

/// The bound of a run from its log-probabilities is the mean over all prompts, whatever draws lack
/// one.
class RunMeasuringTest {
  private static final int BATCHES = 2;

  @TempDir private Path temp;

  private List<Finding> bounds(Path folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return RunMeasuring.of(run, new Confidence(.95)).findings().stream()
          .filter(finding -> finding.source().equals(PromptPool.MEAN_OF_25))
          .toList();
    }
  }

  private static void record(Path folder, Function<Draw, LogProbability> changed)
      throws IOException {
    try (RunFolder run = Runs.open(folder, 7, BATCHES)) {
      run.record(
          new ScriptedPolicy(
              7,
              (_, answer) ->
                  answer instanceof Answer.Drawn(Draw draw)
                      ? new Answer.Drawn(draw.withLogProbability(changed.apply(draw)))
                      : answer),
          Runs.REWARDS,
          (_, _) -> {});
    }
  }

  @Test
  void aPromptOfWhichSomeDrawsLackOneCountsWithThoseItHas() throws IOException {
    Path folder = temp.resolve("run");
    record(
        folder,
        draw ->
            draw.text().orElseThrow().hashCode() % 2 == 0
                ? LogProbability.missing()
                : draw.logProbability());
    double sum = 0;
    int prompts = 0;
    int lacking = 0;
    try (RunReader run = RunReader.open(folder)) {
      for (RecordedPrompt prompt : run.stream().toList()) {
        if (prompt.draws().isEmpty()) continue;
        PromptDraws drawn = prompt.recorded().orElseThrow();
        double[] logP =
            drawn.draws().stream().mapToDouble(d -> d.logProbability().floor()).toArray();
        boolean none = drawn.draws().stream().noneMatch(d -> d.logProbability().proves());
        lacking += drawn.draws().stream().allMatch(d -> d.logProbability().proves()) ? 0 : 1;
        sum +=
            none
                ? KlBounds.analytical(Runs.N)
                : Pool.of(drawn.outcomes(), drawn.ranks("log-likelihood"), logP).klBound(Runs.N);
        prompts++;
      }
    }
    assertThat(lacking).isPositive();
    Finding found = bounds(folder).getFirst();
    assertThat(found.prompts()).hasValue(prompts);
    assertThat(found.value()).isCloseTo(sum / prompts, within(1e-12));
  }

  @Test
  void whereNoDrawHasOneThereIsNoSuchBound() throws IOException {
    Path folder = temp.resolve("run");
    record(folder, _ -> LogProbability.missing());
    assertThat(bounds(folder)).isEmpty();
  }
}
