package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.ModelFile;
import topdraw.llama.ModelStore;
import topdraw.reference.Sampling;

/// The options that say which reference policy to draw from, and how.
final class PolicyOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE.gguf",
      description =
          "A model of your own instead of SmolLM2-135M-Instruct, which is fetched on first use.")
  private @Nullable Path model;

  @Option(
      names = "--trust-model",
      description =
          "Load --model even though its hash is not the pinned one: native parsers have had holes,"
              + " so do this only for files you trust.")
  private boolean trusted;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description =
          "Threads that decode; on a busy machine fewer can be faster. Default: all cores.")
  private @Nullable Integer threads;

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

  /// Opens the policy, fetching the default model when it is not there yet.
  LlamaPolicy open(long seed, int maxTokens) throws IOException {
    Sampling sampling = new Sampling(temperature, topK, topP, minP, maxTokens);
    LlamaSettings defaults = LlamaSettings.defaults();
    LlamaSettings settings =
        threads == null
            ? defaults
            : new LlamaSettings(threads, defaults.width(), defaults.contextTokens());
    return LlamaPolicy.open(modelFile(), sampling, seed, settings);
  }

  ModelFile modelFile() throws IOException {
    ModelStore store = ModelStore.inUserCache(System.getenv());
    Optional<Path> own = Optional.ofNullable(model);
    if (own.isPresent()) {
      return store.open(own.get(), trusted);
    }
    try (DownloadBar bar = DownloadBar.on(spec.commandLine().getErr())) {
      return store.defaultModel(bar);
    }
  }
}
