package topdraw.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.SharedLlama;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;
import topdraw.reference.Completions;
import topdraw.reference.Sampling;

/// What it gains that requests which come at once share decode steps, over answering one after the
/// other.
///
/// The work: [#N] completions of each of [#PROMPTS], a request a prompt, that end where the model
/// ends them. Both draw the same completions.
final class SharedBench implements AutoCloseable {
  static final int WIDTH = 16;
  static final int N = 4;
  static final int MAX_TOKENS = 128;
  static final List<Prompt> PROMPTS =
      Stream.concat(
              RefillBench.PROMPTS.stream(),
              Stream.of("Name a river.", "What do bees make, and how?"))
          .map(Prompt::user)
          .toList();

  private static final long SEED = 1;

  private final LlamaPolicy alone;
  private final SharedLlama shared;
  private final Sampling sampling;

  private SharedBench(ModelFile file, LlamaSettings settings, Sampling sampling) {
    this.sampling = sampling;
    alone = LlamaPolicy.open(file, sampling, SEED, settings);
    shared = SharedLlama.open(file, settings, sampling.maxTokens(), PROMPTS.size());
  }

  static SharedBench open(ModelFile file, EngineBuild build, int threads) {
    return open(file, build, threads, MAX_TOKENS);
  }

  static SharedBench open(ModelFile file, EngineBuild build, int threads, int maxTokens) {
    LlamaSettings defaults = LlamaSettings.defaults();
    var settings = new LlamaSettings(threads, WIDTH, defaults.contextTokens(), build);
    return new SharedBench(file, settings, Sampling.plain(maxTokens));
  }

  /// The same requests, one after the other and all at once.
  ///
  /// @param requests a prompt each
  /// @param n completions of each
  /// @param width slots
  /// @param tokens tokens of all completions
  /// @param aloneTokensPerSecond median one after the other, over the whole run
  /// @param sharedTokensPerSecond median at once, over the whole run
  /// @param ratio median over the rounds of at once over one after the other, each of two runs next
  ///   to each other
  /// @param ratios the ratio of every round
  record Report(
      int requests,
      int n,
      int width,
      long tokens,
      double aloneTokensPerSecond,
      double sharedTokensPerSecond,
      double ratio,
      List<Double> ratios) {
    /// Copies the list.
    public Report {
      ratios = List.copyOf(ratios);
    }
  }

  /// Measures both, one after the other in every round, which begins with the other one each time.
  Report measure(int rounds, Consumer<String> progress) {
    shared(); // makes the caches
    alone();
    List<Run> oneByOne = new ArrayList<>();
    List<Run> atOnce = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      boolean aloneFirst = round % 2 == 1;
      if (aloneFirst) oneByOne.add(alone());
      atOnce.add(shared());
      if (!aloneFirst) oneByOne.add(alone());
      progress.accept(
          "requests round %d: one after the other %.1f, at once %.1f tokens/s"
              .formatted(
                  round, oneByOne.getLast().tokensPerSecond(), atOnce.getLast().tokensPerSecond()));
    }
    List<Double> ratios =
        IntStream.range(0, rounds)
            .mapToObj(i -> atOnce.get(i).tokensPerSecond() / oneByOne.get(i).tokensPerSecond())
            .toList();
    return new Report(
        PROMPTS.size(),
        N,
        WIDTH,
        atOnce.getFirst().tokens(),
        Median.of(oneByOne, Run::tokensPerSecond),
        Median.of(atOnce, Run::tokensPerSecond),
        Median.of(ratios, x -> x),
        ratios);
  }

  /// Answers one request after the other.
  Run alone() {
    long start = System.nanoTime();
    List<Draw> draws =
        PROMPTS.stream().flatMap(prompt -> alone.draw(prompt, 0, N).stream()).toList();
    return new Run(draws, System.nanoTime() - start);
  }

  /// Answers all requests at once, a thread a draw.
  Run shared() {
    long start = System.nanoTime();
    List<Draw> draws = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Completions> requests =
          PROMPTS.stream().map(prompt -> shared.ask(prompt, sampling, SEED)).toList();
      List<Future<Draw>> drawing =
          requests.stream()
              .flatMap(
                  request ->
                      IntStream.range(0, N)
                          .mapToObj(i -> threads.submit(() -> request.draw(i, _ -> {}))))
              .toList();
      for (Future<Draw> draw : drawing) draws.add(draw.get());
      requests.forEach(Completions::close);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Run(draws, System.nanoTime() - start);
  }

  /// One run.
  record Run(List<Draw> draws, long nanos) {
    /// Copies the list.
    Run {
      draws = List.copyOf(draws);
    }

    long tokens() {
      return draws.stream().mapToLong(draw -> (long) draw.length().orElseThrow()).sum();
    }

    double tokensPerSecond() {
      return tokens() * 1e9 / nanos;
    }
  }

  @Override
  public void close() {
    alone.close();
    shared.close();
  }
}
