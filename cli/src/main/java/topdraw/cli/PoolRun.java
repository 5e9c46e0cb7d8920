package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Scores;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.RecordedPrompt;
import topdraw.recordings.run.RunFolder;
import topdraw.recordings.run.RunManifest;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunSettings;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

/// The paper's experiment as a recorded run: each prompt's completions are drawn once, and both its
/// rewards look at the same ones. Log-likelihood is its Figure 4, negative length its Figure 5.
final class PoolRun {
  static final List<Reward> REWARDS = List.of(Rewards.logLikelihood(), Rewards.negativeLength());
  static final int N = 16;

  private PoolRun() {}

  /// Begins the run or goes on with it.
  ///
  /// @param batches of `N` completions a prompt
  static RunFolder open(
      Path folder, String command, PromptFile prompts, int batches, Provenance provenance)
      throws IOException {
    RunSettings settings =
        RunSettings.of(
            N, REWARDS.stream().map(Reward::identity).toList(), prompts, false, provenance);
    RunManifest manifest =
        RunManifest.of(
            command,
            settings,
            batches,
            prompts,
            provenance.fingerprint().getOrDefault("threads", "unknown"),
            Versions.all(),
            Times.now());
    return RunFolder.open(folder, manifest, prompts);
  }

  /// Draws what the run does not hold yet.
  static List<Round> draw(RunFolder run, ReferencePolicy policy, PrintWriter err)
      throws IOException {
    int total = Math.toIntExact(run.manifest().lines());
    try (DrawMeter meter = DrawMeter.to(err, total, Math.toIntExact(run.lines() - run.failed()))) {
      run.record(policy, REWARDS, meter);
    }
    return read(run.path());
  }

  /// The prompts of any recorded run, each with all its completions as one selection.
  static List<Round> read(Path folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return run.stream()
          .map(RecordedPrompt::recorded)
          .flatMap(Optional::stream)
          .map(PoolRun::pool)
          .toList();
    }
  }

  private static Round pool(PromptDraws recorded) {
    List<Draw> unscored =
        recorded.draws().stream().map(draw -> draw.withScores(Scores.none())).toList();
    List<Draw> draws =
        Selector.scored(REWARDS, new PromptDraws(recorded.key(), recorded.prompt(), unscored));
    return new Round(
        recorded.prompt().orElseThrow(),
        new Selection.BestOfN(draws.size()),
        REWARDS.stream().map(Reward::name).toList(),
        draws,
        draws.size(),
        Selector.best(draws.stream().map(Draw::score).toList()),
        false);
  }

  /// Prompts that come with the program: the paper's of appendix C.1 or C.3.
  static PromptFile prompts(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(PoolRun.class.getResourceAsStream(name))) {
      return PromptFile.read(file, name, false);
    }
  }
}
