package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.estimate.RunSummary;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.theory.finding.Confidence;

/// A recorded run in one call, as `topdraw run` makes it. Who wants to see how it goes, or writes
/// `findings.json` too, uses [RunFolder].
public final class Run {
  private Run() {}

  /// Draws, scores and records what a run does not have yet. However it was interrupted, the same
  /// call goes on where it was; more batches make a finished run longer.
  ///
  /// @param folder the run's folder: a new or empty one, or that of the run to go on with
  /// @param policy what is drawn from; the caller closes it
  /// @param rewards what scores the completions, the first selects; the caller closes them
  /// @param prompts the prompts, of a file or [given][PromptFile#of]
  /// @param n completions of one selection, at least 1
  /// @param batches selections of each prompt, at least 1; with two or more, win rates can be
  ///   estimated
  /// @return what the folder holds now, and what best-of-n gave and cost in it
  /// @throws topdraw.input.InputException if a number is out of range, the folder holds something
  ///   else or a run of other settings, or somebody is writing it
  /// @throws topdraw.reference.DrawFailedException if the policy cannot draw any more; what is
  ///   recorded stays
  /// @throws IOException if the folder cannot be written
  public static RunSummary record(
      Path folder,
      ReferencePolicy policy,
      List<Reward> rewards,
      PromptFile prompts,
      int n,
      int batches)
      throws IOException {
    RunManifest manifest =
        new RunRequest("run", prompts, n, batches, raw(prompts))
            .manifest(rewards, policy.provenance(), versions(), now());
    try (RunFolder run = RunFolder.open(folder, manifest, prompts)) {
      run.record(policy, rewards, (completions, tokens) -> {});
    }
    try (RunReader recorded = RunReader.open(folder)) {
      return RunMeasuring.of(recorded, Confidence.DEFAULT);
    }
  }

  /// Text that is continued as it stands was read so; chats go through a template.
  private static boolean raw(PromptFile prompts) {
    return prompts.prompts().stream().anyMatch(one -> one.prompt() instanceof Prompt.Text);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    Optional.ofNullable(Run.class.getPackage().getImplementationVersion())
        .ifPresent(version -> versions.put("topdraw", version));
    versions.put("java", System.getProperty("java.vm.version"));
    versions.put(
        "system",
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    return versions;
  }
}
