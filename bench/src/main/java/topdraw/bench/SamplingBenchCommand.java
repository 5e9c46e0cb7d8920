package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.cli.DownloadBar;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.Quantizer;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.llama.store.WeightCopies;

@Command(
    name = "sampling",
    mixinStandardHelpOptions = true,
    description = {
      "Times drawing 16 completions of 64 tokens from the default model, beside others that draw"
          + " from the very same file.",
      "",
      "The embedded engine, on both builds of llama.cpp, in turns with llama.cpp's own"
          + " llama-batched-bench, its server, llama-cpp-python and transformers. All get the same"
          + " tokens of a prompt, draw at temperature 1 from the whole vocabulary past end tokens,"
          + " and are timed from the question to the last token; their start is not. tools/peers.sh"
          + " installs the peers; one that is not there is left out. Takes minutes; wants an"
          + " otherwise idle machine.",
    },
    footer = {"", "Example: topdraw bench sampling --against server --rounds 3"})
final class SamplingBenchCommand implements Callable<Integer> {
  @Option(
      names = "--against",
      paramLabel = "PEER",
      split = ",",
      converter = SamplingPeer.Named.class,
      defaultValue = "batched-bench,server,server-log-probabilities,llama-cpp-python,transformers",
      description = "Peers, of: ${COMPLETION-CANDIDATES}. Default: all.")
  List<SamplingPeer> against = List.of();

  @Option(
      names = "--engine",
      paramLabel = "BUILD",
      split = ",",
      defaultValue = "b4916,v0.5.0",
      description = "Our builds of llama.cpp. Default: b4916,v0.5.0.")
  List<String> engines = List.of();

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      description = "q8_0: everyone draws from the faster copy of the model.")
  @Nullable String weights;

  @Mixin final PythonOption python = new PythonOption();

  @Option(
      names = "--batched-bench",
      paramLabel = "PATHS",
      description =
          "Programs llama-batched-bench, separated as in the PATH. Default: the one on the PATH.")
  @Nullable String batchedBench;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "16",
      description = "Completions drawn at once. Default: 16.")
  int n;

  @Option(
      names = "--tokens",
      paramLabel = "T",
      defaultValue = "64",
      description = "Tokens of each, at least 2. Default: 64.")
  int tokens;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Rounds that count, after one to warm up. Default: 5.")
  int rounds;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  SamplingBenchCommand() {}

  /// The answer.
  ///
  /// @param model the weights' name and quantisation
  /// @param sha256 of their file
  /// @param machine that measured
  /// @param processors what each of our builds finds in it, and so uses
  /// @param threads that decode
  /// @param promptTokens tokens of the prompt
  /// @param n completions side by side
  /// @param tokens of each
  /// @param rounds that count
  /// @param rows a side each, ours first
  record Report(
      String model,
      String sha256,
      String machine,
      List<String> processors,
      int threads,
      int promptTokens,
      int n,
      int tokens,
      int rounds,
      List<SamplingBench.Row> rows) {
    /// Copies the lists.
    Report {
      processors = List.copyOf(processors);
      rows = List.copyOf(rows);
    }
  }

  @Override
  public Integer call() throws IOException {
    atLeast(1, rounds, "--rounds");
    atLeast(1, n, "-n");
    atLeast(2, tokens, "--tokens");
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    List<EngineBuild> builds = engines.stream().distinct().map(EngineBuild::of).toList();
    int threads = LlamaSettings.defaults().threads();
    ModelFile model = model(builds, threads, err);
    List<EngineBench> opened = EngineBench.open(model, builds, threads);
    SamplingWork work = new SamplingWork(model, opened.getFirst().prompt(), n, tokens, threads);
    try (SamplingSides sides = new SamplingSides(work, err::println)) {
      for (int i = 0; i < builds.size(); i++) sides.add(builds.get(i), opened.get(i));
      for (SamplingPeer peer : against) {
        String script = peer.script();
        if (script == null) sides.add(programs());
        else sides.add(peer, script, python.interpreter());
      }
      List<SamplingBench.Row> rows =
          new SamplingBench(work, sides.ours(), sides.peers(), err::println).measure(rounds);
      Report report =
          new Report(
              model.name() + " " + model.quantization(),
              model.sha256(),
              Machine.described(),
              opened.stream().map(EngineBench::processor).toList(),
              threads,
              work.prompt().size(),
              n,
              tokens,
              rounds,
              rows);
      if (json) out.println(Json.line(report));
      else print(report, out);
    }
    return 0;
  }

  private static void atLeast(int least, int value, String option) {
    if (value < least) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "%s must be at least %d, was %d".formatted(option, least, value));
    }
  }

  private List<BatchedBench> programs() throws IOException {
    return BatchedBench.find(
        batchedBench == null ? System.getenv() : Map.of(BatchedBench.VARIABLE, batchedBench));
  }

  private ModelFile model(List<EngineBuild> builds, int threads, PrintWriter err) {
    if (weights != null) WeightCopies.require(weights);
    EngineStore store = EngineStore.inUserCache(System.getenv());
    try (DownloadBar bar = DownloadBar.on(err)) {
      for (EngineBuild build : builds) store.fetch(build, bar);
      ModelFile model = ModelStore.inUserCache(System.getenv()).defaultModel(bar);
      if (weights == null) return model;
      store.fetch(Quantizer.BUILD, bar);
      return WeightCopies.inUserCache(System.getenv()).q8(model, threads, bar);
    }
  }

  static void print(Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s, prompt of %d tokens, %d completions of %d tokens, %d threads, medians of %d rounds%n",
        report.model(),
        report.promptTokens(),
        report.n(),
        report.tokens(),
        report.threads(),
        report.rounds());
    out.println("machine  " + report.machine());
    report.processors().forEach(found -> out.println("         " + found));
    out.println();
    out.println("tokens/s");
    for (SamplingBench.Row row : report.rows()) {
      out.printf(Locale.ROOT, "%8.1f  %s (%s)%n", row.tokensPerSecond(), row.name(), row.way());
      for (SamplingBench.Ratio ratio : row.ratios()) {
        out.printf(
            Locale.ROOT,
            "          %s is %.2f times as fast (%.2f to %.2f)%n",
            ratio.of(),
            ratio.median(),
            ratio.least(),
            ratio.most());
      }
    }
  }
}
