package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import topdraw.recordings.PromptFile;
import topdraw.recordings.RecordedPrompt;
import topdraw.recordings.RunFolder;
import topdraw.recordings.RunManifest;
import topdraw.recordings.RunReader;
import topdraw.recordings.RunSettings;
import topdraw.reference.Completion;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.reward.Score;
import topdraw.selection.Candidate;
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
            QuickstartCommand.now());
    return RunFolder.open(folder, manifest, prompts);
  }

  /// Draws what the run does not hold yet.
  static List<Round> draw(RunFolder run, ReferencePolicy policy, PrintWriter err)
      throws IOException {
    int total = Math.toIntExact(run.manifest().lines());
    try (DrawMeter meter = DrawMeter.to(err, total, Math.toIntExact(run.lines()))) {
      run.record(policy, REWARDS, meter);
    }
    return read(run.path());
  }

  /// The prompts of any recorded run, each with all its completions as one selection.
  static List<Round> read(Path folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return run.stream()
          .filter(prompt -> !prompt.candidates().isEmpty())
          .map(PoolRun::pool)
          .toList();
    }
  }

  private static Round pool(RecordedPrompt prompt) {
    List<Completion> completions = prompt.candidates().stream().map(Candidate::completion).toList();
    List<List<Score>> scores =
        REWARDS.stream().map(reward -> reward.score(prompt.prompt(), completions)).toList();
    List<Candidate> candidates =
        IntStream.range(0, completions.size())
            .mapToObj(
                i ->
                    new Candidate(
                        completions.get(i), scores.stream().map(each -> each.get(i)).toList()))
            .toList();
    return new Round(
        prompt.prompt(),
        new Selection.BestOfN(candidates.size()),
        REWARDS.stream().map(Reward::name).toList(),
        candidates,
        candidates.size(),
        Selector.best(scores.getFirst()),
        false);
  }

  /// Prompts that come with the program: the paper's of appendix C.1 or C.3.
  static PromptFile prompts(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(PoolRun.class.getResourceAsStream(name))) {
      return PromptFile.read(file, name, false);
    }
  }
}
