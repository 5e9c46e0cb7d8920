package topdraw.llama;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import topdraw.draw.Prompt;
import topdraw.llama.engine.LlamaContext;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// What refilling a slot at once gains over drawing in waves, on completions that end where the
/// model ends them.
///
/// The work: [#DRAWS] completions of each of [#PROMPTS], [#WIDTH] side by side. By waves, the
/// completions of a prompt begin together and the next prompt waits for the last of them; refilled,
/// they follow each other. Both draw the same completions.
final class RefillBench {
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

  private final LlamaModel model;
  private final int threads;
  private final TokenSampler sampler;
  private final List<Request> requests;

  RefillBench(LlamaModel model, int threads) {
    this(model, threads, DRAWS);
  }

  RefillBench(LlamaModel model, int threads, int drawsOfEach) {
    this.model = model;
    this.threads = threads;
    sampler = new TokenSampler(model.vocabularySize(), Sampling.plain(MAX_TOKENS));
    requests =
        PROMPTS.stream()
            .map(Prompt::user)
            .flatMap(
                prompt -> IntStream.range(0, drawsOfEach).mapToObj(i -> new Request(prompt, i)))
            .toList();
  }

  /// Measures both, one after the other in every round, which begins with the other one each time.
  EngineBench.Refill measure(int rounds, Consumer<String> progress) {
    var waves = new ArrayList<Run>();
    var refilled = new ArrayList<Run>();
    for (int round = 1; round <= rounds; round++) {
      boolean wavesFirst = round % 2 == 1;
      if (wavesFirst) waves.add(run(requests.size() / PROMPTS.size()));
      refilled.add(run(requests.size()));
      if (!wavesFirst) waves.add(run(requests.size() / PROMPTS.size()));
      progress.accept(
          "uneven round %d: waves %.1f, refilled %.1f tokens/s"
              .formatted(
                  round, waves.getLast().tokensPerSecond(), refilled.getLast().tokensPerSecond()));
    }
    List<Double> ratios =
        IntStream.range(0, rounds)
            .mapToObj(i -> refilled.get(i).tokensPerSecond() / waves.get(i).tokensPerSecond())
            .toList();
    return new EngineBench.Refill(
        PROMPTS.size(),
        requests.size(),
        WIDTH,
        refilled.getFirst().tokens,
        refilled.getFirst().longest,
        EngineBench.median(waves, Run::tokensPerSecond),
        EngineBench.median(refilled, Run::tokensPerSecond),
        EngineBench.median(ratios, x -> x),
        ratios);
  }

  /// Draws all, so many at a time: the next begin when the last of these has ended.
  Run run(int atATime) {
    var counted = new Count();
    try (var cache = new PromptCache(model, WIDTH, threads)) {
      var slots = new Slots(cache, sampler, model::isEnd, MAX_TOKENS);
      List<Slots.Task> tasks = tasks();
      slots.reserve(tasks.stream().mapToInt(task -> task.prompt().length).max().orElseThrow());
      long start = System.nanoTime();
      for (int from = 0; from < tasks.size(); from += atATime) {
        int to = Math.min(tasks.size(), from + atATime);
        slots.draw(tasks.subList(from, to).iterator(), counted);
      }
      return new Run(counted.tokens, counted.longest, System.nanoTime() - start);
    }
  }

  private List<Slots.Task> tasks() {
    var prompts = new PromptTokens(model, LlamaContext.MOST_CELLS, LocalDate.EPOCH);
    return requests.stream()
        .map(
            draw ->
                new Slots.Task(
                    draw,
                    prompts.of(draw.prompt(), MAX_TOKENS),
                    new Sequence(
                        draw.index(),
                        Seeds.stream(1, draw.prompt().key(), draw.index()),
                        MAX_TOKENS)))
        .toList();
  }

  /// One run.
  record Run(long tokens, int longest, long nanos) {
    double tokensPerSecond() {
      return tokens * 1e9 / nanos;
    }
  }

  private static final class Count implements Slots.Listener {
    private long tokens;
    private int longest;

    @Override
    public void ended(Slots.Task task) {
      longest = Math.max(longest, task.sequence().length());
    }

    @Override
    public void step(int drawn) {
      tokens += drawn;
    }
  }
}
