package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.RunSummary;
import topdraw.input.InputException;
import topdraw.recordings.AnsweredRecording;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reference.Answer;
import topdraw.reward.AnswerExtraction;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// Votes are counted within a batch, by all that was drawn of it in the end.
class RecordedVotesTest {
  private static final Reward VOTES = Rewards.named("majority:regex:[0-9]");
  private static final List<Reward> REWARDS = List.of(VOTES, Rewards.logLikelihood());

  @TempDir private Path temp;

  private static Path record(Path folder, ScriptedPolicy policy) throws IOException {
    PromptFile prompts = Runs.prompts(Runs.PROMPTS);
    RunManifest manifest =
        RunManifest.of(
            "run",
            RunSettings.of(
                Runs.N,
                REWARDS.stream().map(Reward::identity).toList(),
                prompts,
                false,
                new ShuffledPolicy(7).provenance()),
            4,
            prompts,
            "1",
            Map.of("topdraw", "1"),
            "2026-01-01T00:00:00Z");
    try (RunFolder run = RunFolder.open(folder, manifest, prompts)) {
      run.record(policy, REWARDS, (_, _) -> {});
    }
    return folder;
  }

  private static ScriptedPolicy whole() {
    return new ScriptedPolicy(7, (_, answer) -> answer);
  }

  private static ScriptedPolicy failing() {
    return new ScriptedPolicy(
        7,
        (request, answer) ->
            request.index() % 3 == 1 ? new Answer.Failed("the server hung up", true) : answer);
  }

  @Test
  void whenWhatFailedIsDrawnAllOfTheBatchIsCountedAnew() throws IOException {
    Path one = record(temp.resolve("one"), whole());
    Path two = record(temp.resolve("two"), failing());
    record(two, whole());
    assertThat(Runs.samples(two)).isEqualTo(Runs.samples(one));
    assertThat(Files.readString(one.resolve("samples.jsonl"))).contains("\"value\":2.0");
  }

  @Test
  void scoringLaterDoesTheSame() throws IOException {
    Path one = Runs.record(temp.resolve("one"), 7, 2) > 0 ? temp.resolve("one") : temp;
    Path two = temp.resolve("two");
    try (RunFolder run = Runs.open(two, 7, 2)) {
      run.record(failing(), Runs.REWARDS, (_, _) -> {});
    }
    Scoring.score(two, VOTES, _ -> {});
    try (RunFolder run = Runs.open(two, 7, 2)) {
      run.record(whole(), Runs.REWARDS, (_, _) -> {});
    }
    Scoring.score(two, VOTES, _ -> {});
    Scoring.score(one, VOTES, _ -> {});
    assertThat(Files.readAllBytes(ScoreFile.path(two, VOTES.identity())))
        .isEqualTo(Files.readAllBytes(ScoreFile.path(one, VOTES.identity())));
  }

  /// The votes of the answer chosen are of the round's draws, and a share of them.
  @Test
  void aRunChosenByVotesIsSummedUpByWhatHoldsForEveryChoiceAndTheShareThatVotedForIt()
      throws IOException {
    try (RunReader run = RunReader.open(record(temp.resolve("run"), whole()))) {
      double share =
          run.stream()
              .filter(prompt -> !prompt.draws().isEmpty())
              .mapToDouble(
                  prompt ->
                      IntStream.range(0, prompt.batches())
                          .mapToDouble(b -> most(prompt.batch(b).orElseThrow()) / Runs.N)
                          .average()
                          .orElseThrow())
              .average()
              .orElseThrow();
      RunSummary summary = RunMeasuring.of(run, new Confidence(.95));
      assertThat(summary.findings())
          .extracting(Finding::quantity)
          .containsExactly(Quantity.KL, Quantity.VOTE_SHARE);
      assertThat(summary.findings().getFirst().value())
          .isCloseTo(Math.log(3) - 2 / 3., within(1e-15));
      Finding votes = summary.findings().getLast();
      assertThat(votes.value()).isCloseTo(share, within(1e-12)).isBetween(1. / Runs.N, 1.);
      assertThat(votes.source().title())
          .isEqualTo("majority:regex:[0-9]: draws of a round that give its answer");
    }
  }

  private static double most(List<Draw> batch) {
    return batch.stream()
        .mapToDouble(draw -> draw.score() instanceof Score.Value(double value) ? value : 0)
        .max()
        .orElseThrow();
  }

  @Test
  void noOtherNFollowsFromVotesButAnswersAreTakenOut() throws IOException {
    try (RunRecording run = RunRecording.open(record(temp.resolve("run"), whole()))) {
      assertThatThrownBy(() -> run.reward(Optional.empty()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("compares the draws of each round");
      assertThat(run.reward(Optional.of("log-likelihood"))).isEqualTo("log-likelihood");
      try (var answered = new AnsweredRecording(run, AnswerExtraction.of("regex:[0-9]"))) {
        List<PromptDraws> prompts = answered.prompts();
        assertThat(prompts).isNotEmpty();
        assertThat(prompts)
            .flatExtracting(PromptDraws::draws)
            .allMatch(
                draw ->
                    draw.answer()
                        .equals(
                            AnswerExtraction.of("regex:[0-9]").answer(draw.text().orElseThrow())))
            .anyMatch(draw -> draw.answer().isPresent());
      }
    }
  }
}
