package topdraw.recordings.run;

import java.util.List;
import java.util.Map;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reference.Provenance;
import topdraw.reward.Reward;

/// What is asked of a run, before a model is loaded.
///
/// @param command the command that makes it
/// @param prompts its prompts
/// @param n completions of one selection
/// @param batches selections of each prompt
/// @param raw whether prompts are continued as they stand, without the chat template
public record RunRequest(String command, PromptFile prompts, int n, int batches, boolean raw) {
  /// The command that alone sets a run aside to begin anew.
  public static final String RUN = "run";

  /// Refuses numbers that no run has, before its prompts are read.
  ///
  /// @param n completions of one selection
  /// @param batches selections of each prompt
  /// @throws InputException if one is below 1, or there would be too many draws of a prompt
  public static void check(int n, int batches) {
    if (n < 1 || batches < 1 || (long) n * batches > Integer.MAX_VALUE) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          Parameter.N,
          " and ",
          Parameter.BATCHES,
          " count from 1, and their product to %d; were %d and %d"
              .formatted(Integer.MAX_VALUE, n, batches));
    }
  }

  /// Checks the numbers.
  ///
  /// @throws InputException if one is below 1, or there would be too many draws
  public RunRequest {
    check(n, batches);
    if ((long) n * batches * prompts.prompts().size() > Integer.MAX_VALUE) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "that is more than %d completions; split the prompt file, or ask for fewer batches"
              .formatted(Integer.MAX_VALUE));
    }
  }

  /// What the run is begun with.
  ///
  /// @param rewards what scores its completions; the first selects
  /// @param provenance the policy that is drawn from
  /// @param versions Topdraw, Java, operating system
  /// @param started now, ISO-8601, UTC
  /// @return the manifest
  public RunManifest manifest(
      List<Reward> rewards, Provenance provenance, Map<String, String> versions, String started) {
    return RunManifest.of(
        command,
        RunSettings.of(
            n, rewards.stream().map(Reward::identity).toList(), prompts, raw, provenance),
        batches,
        prompts,
        provenance.fingerprint().getOrDefault("threads", "unknown"),
        versions,
        started);
  }
}
