package topdraw.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.llama.file.ModelFile;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// How fast the embedded engine draws, what it costs beside native decoding, how it compares to
/// llama.cpp's own benchmark doing the same work, and what refilling slots and sharing steps among
/// requests gain.
///
/// The work: one prompt of 16 tokens decoded once, then [#NEW_TOKENS] tokens for each of n
/// completions side by side, at temperature 1, drawn on past end tokens so that every run is
/// equally long. The loop timed is the one that [topdraw.llama.LlamaPolicy] draws with.
final class EngineBench implements AutoCloseable {
  /// Tokens of every completion.
  static final int NEW_TOKENS = 64;

  private static final List<Integer> SIZES = List.of(1, 4, 16, 64);
  private static final int WARM_UP = 4;
  private static final String PROMPT =
      "The old lighthouse keeper climbed the stairs that evening and saw, far out at sea, a";
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ModelFile file;
  private final EngineBuild build;
  private final LlamaModel model;
  private final int threads;
  private final int[] prompt;
  private final TokenSampler sampler;

  private EngineBench(ModelFile file, EngineBuild build, int threads) {
    this.file = file;
    this.build = build;
    model = LlamaModel.load(file, build);
    this.threads = threads;
    prompt = model.tokenize(PROMPT.getBytes(StandardCharsets.UTF_8), true);
    sampler = new TokenSampler(model.vocabularySize(), Sampling.plain(NEW_TOKENS));
  }

  /// Loads a model.
  ///
  /// @param file the model
  /// @param build ours of llama.cpp
  /// @param threads threads that decode, here and in the peer
  /// @return the benchmark; the caller closes it
  static EngineBench open(ModelFile file, EngineBuild build, int threads) {
    return new EngineBench(file, build, threads);
  }

  /// Loads a model into several builds, or into none.
  ///
  /// @param file the model
  /// @param builds ours of llama.cpp
  /// @param threads threads that decode
  /// @return a benchmark for each; the caller closes them
  static List<EngineBench> open(ModelFile file, List<EngineBuild> builds, int threads) {
    List<EngineBench> opened = new ArrayList<>();
    try {
      for (EngineBuild build : builds) opened.add(open(file, build, threads));
      return opened;
    } catch (RuntimeException | Error e) {
      opened.forEach(EngineBench::close);
      throw e;
    }
  }

  /// Medians at one number of completions.
  ///
  /// @param n completions drawn side by side
  /// @param tokensPerSecond all tokens drawn, over the whole run: prompt, decoding, sampling
  /// @param stepTokensPerSecond tokens of the decode steps only, sampling included; a step draws
  ///   one token for each completion, and the first tokens come from the prompt's logits without a
  ///   step
  /// @param outsideDecode share of the whole run spent outside native decoding
  /// @param bytesPerToken Java heap allocated while drawing, over the tokens drawn
  /// @param peakBytes the process's peak of resident memory up to here, null where it cannot be
  ///   read
  /// @param peer the peer's side, null without one
  record Row(
      int n,
      double tokensPerSecond,
      double stepTokensPerSecond,
      double outsideDecode,
      double bytesPerToken,
      @Nullable Long peakBytes,
      @Nullable Peer peer) {}

  /// The peer's side of a row.
  ///
  /// @param stepTokensPerSecond median of its decode steps, which sample nothing
  /// @param ratio median over the rounds of ours over the peer's, each of two runs next to each
  ///   other
  /// @param ratios the ratio of every round
  record Peer(double stepTokensPerSecond, double ratio, List<Double> ratios) {
    /// Copies the list.
    public Peer {
      ratios = List.copyOf(ratios);
    }
  }

  /// One benchmark's answer.
  ///
  /// @param model the model's name and quantisation
  /// @param engine our library's build
  /// @param peerBuild the peer's build, null without one
  /// @param processor what llama.cpp finds in the processor
  /// @param threads threads that decode
  /// @param promptTokens tokens of the prompt
  /// @param newTokens tokens of every completion
  /// @param rounds runs of each side behind every median
  /// @param rows one per number of completions
  /// @param refill what refilling gains on completions of uneven lengths
  /// @param shared what it gains that requests share steps
  record Report(
      String model,
      String engine,
      @Nullable String peerBuild,
      String processor,
      int threads,
      int promptTokens,
      int newTokens,
      int rounds,
      List<Row> rows,
      RefillBench.Report refill,
      SharedBench.Report shared) {
    /// Copies the list.
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /// Measures every number of completions; ours and the peer's runs alternate.
  ///
  /// @param rounds runs of each side, at least 1
  /// @param peer llama.cpp's own benchmark, or null
  /// @param progress is told each run in a line
  /// @return the medians
  /// @throws IOException if the peer cannot be run
  Report measure(int rounds, @Nullable BatchedBench peer, Consumer<String> progress)
      throws IOException {
    if (rounds < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "rounds must be at least 1, was " + rounds);
    }
    draw(WARM_UP, NEW_TOKENS);
    var rows = new ArrayList<Row>();
    for (int n : SIZES) {
      rows.add(row(n, rounds, peer, progress));
    }
    return new Report(
        file.name() + " " + file.quantization(),
        "llama.cpp " + build.label(),
        peer == null ? null : peer.build(),
        model.processor(),
        threads,
        prompt.length,
        NEW_TOKENS,
        rounds,
        rows,
        refill(rounds, progress),
        shared(rounds, progress));
  }

  private RefillBench.Report refill(int rounds, Consumer<String> progress) {
    try (RefillBench bench = RefillBench.open(file, build, threads)) {
      return bench.measure(rounds, progress);
    }
  }

  private SharedBench.Report shared(int rounds, Consumer<String> progress) {
    try (SharedBench bench = SharedBench.open(file, build, threads)) {
      return bench.measure(rounds, progress);
    }
  }

  private Row row(int n, int rounds, @Nullable BatchedBench peer, Consumer<String> progress)
      throws IOException {
    var ours = new ArrayList<Drawing>();
    var theirs = new ArrayList<Double>();
    for (int round = 1; round <= rounds; round++) {
      Drawing drawing = draw(n, NEW_TOKENS);
      ours.add(drawing);
      String said = "n=%d round %d: %.1f".formatted(n, round, drawing.stepTokensPerSecond());
      if (peer != null) {
        // Our first token needs no step, so the peer is asked for one step less than tokens.
        theirs.add(
            peer.run(file.path(), threads, prompt.length, NEW_TOKENS - 1, n).stepTokensPerSecond());
        said += ", peer %.1f".formatted(theirs.getLast());
      }
      progress.accept(said + " tokens/s");
    }
    return new Row(
        n,
        Median.of(ours, Drawing::tokensPerSecond),
        Median.of(ours, Drawing::stepTokensPerSecond),
        Median.of(ours, Drawing::outsideDecode),
        Median.of(ours, Drawing::bytesPerToken),
        peakBytes(Path.of("/proc/self/status")),
        peer == null ? null : against(ours, theirs));
  }

  private static Peer against(List<Drawing> ours, List<Double> theirs) {
    List<Double> ratios =
        IntStream.range(0, ours.size())
            .mapToObj(i -> ours.get(i).stepTokensPerSecond() / theirs.get(i))
            .toList();
    return new Peer(Median.of(theirs, x -> x), Median.of(ratios, x -> x), ratios);
  }

  /// The prompt's tokens.
  List<Integer> prompt() {
    return IntStream.of(prompt).boxed().toList();
  }

  /// Our build, and what it finds in the processor.
  String processor() {
    return build.label() + ": " + model.processor().strip();
  }

  /// Draws n completions of exactly so many tokens.
  Drawing draw(int n, int newTokens) {
    try (var cache = new PromptCache(model, n, threads)) {
      var slots = new Slots(cache);
      Slots.Source work = new Work(n, newTokens);
      slots.reserve(prompt.length, newTokens);
      long start = System.nanoTime();
      cache.restart(prompt);
      long prompted = System.nanoTime();
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      slots.draw(work);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      long end = System.nanoTime();
      return new Drawing(
          n, newTokens, end - start, end - prompted, cache.context().nativeNanos(), allocated);
    }
  }

  /// The completions of one run, which nobody listens to.
  private final class Work implements Slots.Source {
    private final Iterator<Completion> completions;

    Work(int n, int newTokens) {
      completions =
          IntStream.range(0, n).mapToObj(i -> completion(i, newTokens)).toList().iterator();
    }

    @Override
    public Slots.@Nullable Task next() {
      return completions.hasNext() ? completions.next() : null;
    }

    @Override
    public void stepped() {}
  }

  private Completion completion(int index, int newTokens) {
    var stream = Seeds.stream(1, PROMPT, index);
    return new Completion(prompt, new Sequence(index, stream, newTokens), sampler);
  }

  private record Completion(int[] prompt, Sequence sequence, TokenSampler sampler)
      implements Slots.Task {
    @Override
    public void extend(float[] logits) {
      sequence.draw(sampler, logits, _ -> false);
    }
  }

  /// One run of ours.
  record Drawing(int n, int newTokens, long nanos, long stepNanos, long nativeNanos, long bytes) {
    double seconds() {
      return nanos / 1e9;
    }

    double tokensPerSecond() {
      return n * newTokens * 1e9 / nanos;
    }

    double stepTokensPerSecond() {
      return n * (newTokens - 1) * 1e9 / stepNanos;
    }

    double outsideDecode() {
      return 1 - (double) nativeNanos / nanos;
    }

    double bytesPerToken() {
      return (double) bytes / (n * newTokens);
    }
  }

  /// The peak of resident memory, which Linux tells in kB; null elsewhere.
  static @Nullable Long peakBytes(Path status) {
    if (!Files.isReadable(status)) return null;
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
