package topdraw.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Option;
import topdraw.cli.ModelOptions.RecordedFingerprint;
import topdraw.reference.ReferencePolicy;

/// The options of commands that draw for prompts of the user's.
final class DrawOptions extends PolicyOptions {
  @Option(
      names = "--max-tokens",
      paramLabel = "T",
      defaultValue = "256",
      description = "The most tokens of a completion. Default: 256.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed, model and settings draw the same completions. Default: 0.")
  private long seed;

  /// Opens the policy, fetching the default model when it is not there yet.
  ///
  /// @param raw whether prompts are continued as they stand
  /// @param blocks whether completions are drawn block by block
  ReferencePolicy open(boolean raw, boolean blocks) throws IOException {
    return open(seed, maxTokens, raw, blocks, Map::of);
  }

  /// The same for a run that may go on in its folder.
  ReferencePolicy open(boolean raw, RecordedFingerprint recorded) throws IOException {
    return open(seed, maxTokens, raw, false, recorded);
  }

  int maxTokens() {
    return maxTokens;
  }
}
