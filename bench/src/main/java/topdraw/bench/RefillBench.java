package topdraw.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import topdraw.draw.Prompt;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;
import topdraw.reference.Answer;
import topdraw.reference.Request;
import topdraw.reference.Sampling;

/// What refilling a slot at once gains over drawing in waves, on completions that end where the
/// model ends them.
///
/// The work: [#DRAWS] completions of each of [#PROMPTS], [#WIDTH] side by side. By waves, the
/// completions of a prompt begin together and the next prompt waits for the last of them; refilled,
/// they follow each other. Both draw the same completions.
final class RefillBench implements AutoCloseable {
  static final int WIDTH = 16;
  static final int DRAWS = 16;
  static final int MAX_TOKENS = 128;
  static final List<String> PROMPTS =
      List.of(
          "Say hello.",
          "Name one colour.",
          "What is the capital of France?",
          "Is water wet? Answer in one sentence.",
          "Write a short poem about the sea.",
          "Give me three names for a cat.");

  private final LlamaPolicy policy;
  private final List<Request> requests;

  private RefillBench(LlamaPolicy policy, int drawsOfEach) {
    this.policy = policy;
    requests =
        PROMPTS.stream()
            .map(Prompt::user)
            .flatMap(
                prompt -> IntStream.range(0, drawsOfEach).mapToObj(i -> new Request(prompt, i)))
            .toList();
  }

  static RefillBench open(ModelFile file, EngineBuild build, int threads) {
    return open(file, build, threads, DRAWS, MAX_TOKENS);
  }

  static RefillBench open(
      ModelFile file, EngineBuild build, int threads, int drawsOfEach, int maxTokens) {
    LlamaSettings defaults = LlamaSettings.defaults();
    var settings = new LlamaSettings(threads, WIDTH, defaults.contextTokens(), build);
    return new RefillBench(
        LlamaPolicy.open(file, Sampling.plain(maxTokens), 1, settings), drawsOfEach);
  }

  /// The same completions, ending where the model ends them, drawn by waves (the completions of a
  /// prompt begin together, the next prompt waits for the last of them) and with every slot
  /// refilled at once.
  ///
  /// @param prompts short conversations
  /// @param completions of all prompts together
  /// @param width slots
  /// @param tokens tokens of all completions
  /// @param longest tokens of the longest completion
  /// @param wavesTokensPerSecond median by waves, over the whole run
  /// @param refilledTokensPerSecond median refilled, over the whole run
  /// @param ratio median over the rounds of refilled over waves, each of two runs next to each
  ///   other
  /// @param ratios the ratio of every round
  record Report(
      int prompts,
      int completions,
      int width,
      long tokens,
      int longest,
      double wavesTokensPerSecond,
      double refilledTokensPerSecond,
      double ratio,
      List<Double> ratios) {
    /// Copies the list.
    public Report {
      ratios = List.copyOf(ratios);
    }
  }

  /// Measures both, one after the other in every round, which begins with the other one each time.
  Report measure(int rounds, Consumer<String> progress) {
    policy.draw(requests.getFirst().prompt(), 0, 1); // makes the cache
    int wave = requests.size() / PROMPTS.size();
    var waves = new ArrayList<Run>();
    var refilled = new ArrayList<Run>();
    for (int round = 1; round <= rounds; round++) {
      boolean wavesFirst = round % 2 == 1;
      if (wavesFirst) waves.add(run(wave));
      refilled.add(run(requests.size()));
      if (!wavesFirst) waves.add(run(wave));
      progress.accept(
          "uneven round %d: waves %.1f, refilled %.1f tokens/s"
              .formatted(
                  round, waves.getLast().tokensPerSecond(), refilled.getLast().tokensPerSecond()));
    }
    List<Double> ratios =
        IntStream.range(0, rounds)
            .mapToObj(i -> refilled.get(i).tokensPerSecond() / waves.get(i).tokensPerSecond())
            .toList();
    return new Report(
        PROMPTS.size(),
        requests.size(),
        WIDTH,
        refilled.getFirst().tokens,
        refilled.getFirst().longest,
        Median.of(waves, Run::tokensPerSecond),
        Median.of(refilled, Run::tokensPerSecond),
        Median.of(ratios, x -> x),
        ratios);
  }

  /// Draws all, so many at a time: the next begin when the last of these has ended.
  Run run(int atATime) {
    var lengths = new ArrayList<Long>();
    long start = System.nanoTime();
    for (int from = 0; from < requests.size(); from += atATime) {
      int to = Math.min(requests.size(), from + atATime);
      policy.drawAll(
          requests.subList(from, to).iterator(), (_, answer) -> lengths.add(length(answer)));
    }
    long nanos = System.nanoTime() - start;
    return new Run(
        lengths.stream().mapToLong(length -> length).sum(),
        (int) lengths.stream().mapToLong(length -> length).max().orElseThrow(),
        nanos);
  }

  private static long length(Answer answer) {
    return (long) ((Answer.Drawn) answer).draw().length().orElseThrow();
  }

  /// One run.
  record Run(long tokens, int longest, long nanos) {
    double tokensPerSecond() {
      return tokens * 1e9 / nanos;
    }
  }

  @Override
  public void close() {
    policy.close();
  }
}
