package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.cli.DownloadBar;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.Quantizer;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.llama.store.WeightCopies;
import topdraw.reference.Sampling;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;

@Command(
    name = "weights",
    description = {
      "How far the faster copy of the model is from the model, and how much faster it draws.",
      "",
      "Draws completions of 6 prompts from the copy in Q8_0 (--weights q8_0) and from the model, in"
          + " turn, and asks the model how likely it finds those of the copy: the mean of the"
          + " difference of the log-probabilities estimates the KL divergence of the copy from the"
          + " model, of completions of at most so many tokens. Wants an otherwise idle machine.",
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench weights --engine v0.5.0"})
final class WeightsBenchCommand implements Callable<Integer> {
  private static final long SEED = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "BUILD",
      description = "The build of llama.cpp, b4916 or v0.5.0. Default: b4916.")
  private @Nullable String engine;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "16",
      description = "Completions of every prompt. Default: 16.")
  private int n;

  @Option(
      names = "--max-tokens",
      paramLabel = "T",
      defaultValue = "64",
      description = "The most tokens of a completion. Default: 64.")
  private int maxTokens;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "3",
      description = "Runs of each side behind every rate. Default: 3.")
  private int rounds;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /// The answer. Nats are of a completion, and an estimate: only the drawing is random, the prompts
  /// are given.
  ///
  /// @param copy the copy's name
  /// @param engine build of llama.cpp
  /// @param prompts how many
  /// @param n completions of each
  /// @param maxTokens the most of a completion
  /// @param klNats the mean of log p of the copy less log p of the model, over draws from the copy
  /// @param klLower lower end of its interval
  /// @param klUpper upper end, null where the draws say none
  /// @param confidence of the interval
  /// @param klNatsPerToken the same over the copy's tokens
  /// @param modelTokensPerSecond median of whole runs
  /// @param copyTokensPerSecond median of whole runs
  /// @param ratios the copy's rate over the model's, of every round
  record Report(
      String copy,
      String engine,
      int prompts,
      int n,
      int maxTokens,
      double klNats,
      double klLower,
      @Nullable Double klUpper,
      double confidence,
      double klNatsPerToken,
      double modelTokensPerSecond,
      double copyTokensPerSecond,
      List<Double> ratios) {
    /// Copies the list.
    public Report {
      ratios = List.copyOf(ratios);
    }
  }

  private record Run(List<List<Draw>> byPrompt, double seconds) {
    double tokens() {
      return byPrompt.stream()
          .flatMap(List::stream)
          .mapToDouble(draw -> draw.length().orElseThrow())
          .sum();
    }

    double tokensPerSecond() {
      return tokens() / seconds;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || n < 2) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          rounds < 1
              ? "--rounds must be at least 1, was " + rounds
              : "-n must be at least 2, was " + n);
    }
    EngineBuild build = engine == null ? EngineBuild.DEFAULT : EngineBuild.of(engine);
    LlamaSettings settings = LlamaSettings.defaults().on(build);
    ModelFile file;
    ModelFile copied;
    try (DownloadBar bar = DownloadBar.on(spec.commandLine().getErr())) {
      EngineStore.inUserCache(System.getenv()).fetch(build, bar);
      EngineStore.inUserCache(System.getenv()).fetch(Quantizer.BUILD, bar);
      file = ModelStore.inUserCache(System.getenv()).defaultModel(bar);
      copied = WeightCopies.inUserCache(System.getenv()).q8(file, settings.threads(), bar);
    }
    Sampling sampling = Sampling.plain(maxTokens);
    try (LlamaPolicy model = LlamaPolicy.open(file, sampling, SEED, settings);
        LlamaPolicy copy = LlamaPolicy.open(copied, sampling, SEED, settings)) {
      Report report = measure(model, copy, copied.name(), build);
      PrintWriter out = spec.commandLine().getOut();
      if (json) out.println(Json.line(report));
      else print(report, out);
    }
    return 0;
  }

  private Report measure(LlamaPolicy model, LlamaPolicy copy, String name, EngineBuild build) {
    List<Run> ofModel = new ArrayList<>();
    List<Run> ofCopy = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      if (round % 2 == 1) ofModel.add(draw(model));
      ofCopy.add(draw(copy));
      if (round % 2 == 0) ofModel.add(draw(model));
      spec.commandLine().getErr().println("round " + round + " of " + rounds);
    }
    List<DrawnValue> differences = new ArrayList<>();
    for (int i = 0; i < RefillBench.PROMPTS.size(); i++) {
      Prompt prompt = Prompt.user(RefillBench.PROMPTS.get(i));
      differences.add(
          mean(
              ofCopy.getFirst().byPrompt().get(i).stream()
                  .mapToDouble(draw -> difference(model, prompt, (Tokens.Ids) draw.tokens()))
                  .toArray()));
    }
    double kl = differences.stream().mapToDouble(DrawnValue::value).average().orElseThrow();
    double alpha = 1 - Confidence.USUAL;
    MeanInterval interval =
        new MeanIntervals(Scope.DRAWS, alpha).overDraws(differences, Optional.empty());
    var found = interval instanceof MeanInterval.Found it ? it.interval() : null;
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(ofCopy.get(i).tokensPerSecond() / ofModel.get(i).tokensPerSecond());
    }
    int draws = n * RefillBench.PROMPTS.size();
    return new Report(
        name,
        "llama.cpp " + build.label(),
        RefillBench.PROMPTS.size(),
        n,
        maxTokens,
        kl,
        found == null ? 0 : Math.max(0, found.lower()), // no divergence is negative
        found == null ? null : found.upper(),
        Confidence.USUAL,
        kl * draws / ofCopy.getFirst().tokens(),
        Median.of(ofModel, Run::tokensPerSecond),
        Median.of(ofCopy, Run::tokensPerSecond),
        ratios);
  }

  private Run draw(LlamaPolicy policy) {
    long start = System.nanoTime();
    List<List<Draw>> byPrompt = new ArrayList<>();
    for (String prompt : RefillBench.PROMPTS) {
      byPrompt.add(policy.draw(Prompt.user(prompt), 0, n));
    }
    return new Run(byPrompt, (System.nanoTime() - start) / 1e9);
  }

  private static double difference(LlamaPolicy model, Prompt prompt, Tokens.Ids drawn) {
    return Arrays.stream(drawn.logProbabilities()).sum()
        - Arrays.stream(model.score(prompt, drawn.ids())).sum();
  }

  /// The mean of what the draws of one prompt gave, and how it varies with the drawing.
  static DrawnValue mean(double... values) {
    int count = values.length;
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double one = 2 * Arrays.stream(values).max().orElseThrow() - Median.of(values);
    return new DrawnValue(
        mean, squares / (count - 1) / count, (mean * count + one) / (count + 1), count);
  }

  static void print(Report report, PrintWriter out) {
    Double upper = report.klUpper();
    out.println(report.copy() + ", " + report.engine());
    out.printf(
        Locale.ROOT,
        "KL divergence of the copy from the model about %.3f nats a completion"
            + " [%.3f, %s] at %.0f %%%n",
        report.klNats(),
        report.klLower(),
        upper == null ? "unknown" : String.format(Locale.ROOT, "%.3f", upper),
        100 * report.confidence());
    out.printf(
        Locale.ROOT,
        "(estimate, %d draws from the copy, %d prompts, at most %d tokens; jackknife over draws);"
            + " %.4f nats a token%n",
        report.prompts() * report.n(),
        report.prompts(),
        report.maxTokens(),
        report.klNatsPerToken());
    out.printf(
        Locale.ROOT,
        "model %.1f tokens/s, copy %.1f tokens/s, ratio %.2f (%.2f to %.2f)%n",
        report.modelTokensPerSecond(),
        report.copyTokensPerSecond(),
        Median.of(report.ratios(), x -> x),
        Collections.min(report.ratios()),
        Collections.max(report.ratios()));
  }
}
