package topdraw.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topdraw.cli.ModelOptions.RecordedFingerprint;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;

/// The options that say which reference policy to draw from, and how.
class PolicyOptions {
  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "Divides the logits. Default: 1, the model as it is.")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Draw among the K most likely tokens only. Default: 0, all.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Draw among the most likely tokens that together reach P. Default: 1, all.")
  private double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      defaultValue = "0",
      description = "Drop tokens less likely than P times the most likely one. Default: 0, none.")
  private double minP;

  /// Whether completions come from servers.
  final boolean onServers() {
    return modelOptions.onServers();
  }

  /// The executors of a cluster are to draw, where there is one.
  final void drawOn(@Nullable String master) {
    modelOptions.drawOn(master);
  }

  /// Opens the policy, fetching the default model when it is not there yet.
  final ReferencePolicy open(long seed, int maxTokens) throws IOException {
    return open(seed, maxTokens, false, false, Map::of);
  }

  /// The same for prompts of a kind, and for a run that may go on.
  ///
  /// @param raw whether prompts are continued as they stand
  /// @param blocks whether completions are drawn block by block
  final ReferencePolicy open(
      long seed, int maxTokens, boolean raw, boolean blocks, RecordedFingerprint recorded)
      throws IOException {
    Sampling sampling = new Sampling(temperature, topK, topP, minP, maxTokens);
    return modelOptions.open(sampling, seed, raw, blocks, recorded);
  }
}
