package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;

/// The options that say which model is loaded, and how it uses the machine: a picocli mixin.
public final class ModelOptions {
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

  /// Options that nothing has been read into.
  public ModelOptions() {}

  /// Opens the model as a reference policy, fetching the default model when it is not there yet.
  ///
  /// @param sampling how it draws
  /// @param seed the same seed gives the same completions
  /// @return the policy; the caller closes it
  /// @throws IOException if the model cannot be read or fetched
  public ReferencePolicy open(Sampling sampling, long seed) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("trust-model", Boolean.toString(trusted));
    if (threads != null) {
      settings.put("threads", threads.toString());
    }
    try (DownloadBar bar = DownloadBar.on(spec.commandLine().getErr())) {
      return new PolicyCatalog()
          .open(
              model == null ? "llama" : "llama:" + model,
              new PolicyContext(sampling, seed, settings, bar, Surroundings.of(System.getenv())));
    }
  }
}
