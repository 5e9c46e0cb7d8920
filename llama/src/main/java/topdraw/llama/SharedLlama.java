package topdraw.llama;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.llama.file.ModelFile;
import topdraw.reference.BusyException;
import topdraw.reference.Capabilities;
import topdraw.reference.Completions;
import topdraw.reference.Continuation;
import topdraw.reference.Judge;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;
import topdraw.reference.SharedPolicy;
import topdraw.reference.Verdict;

/// A language model in this process that many ask at once. Their draws share decode steps, in
/// [LlamaSettings#width] slots: a slot whose completion ends is given to the next draw at once, and
/// a completion has the bits of the one that [LlamaPolicy] draws alone.
///
/// Requests take turns of a full width of draws ([Turns]), so that a request of many draws holds up
/// one of a few no longer than that. What is drawn block by block and what is asked of the judge
/// has caches of its own and goes on beside the draws, a step at a time.
///
/// Memory beside the model's file: the cache, of at most `4 · prompt + 2 · width · tokens` for the
/// longest prompt and the longest limit that has been asked for (22.5 KiB a token for the default
/// model), and about 250 MB of working space; the other two caches as in [LlamaPolicy].
public final class SharedLlama implements SharedPolicy, Judge {
  private final ModelFile file;
  private final LlamaModel model;
  private final String processor;
  private final LlamaSettings settings;
  private final int mostTokens;
  private final int mostRequests;
  private final PromptTokens prompts;
  private final TokenSampler samplers;
  private final PromptCache cache;
  private final EngineThread engine;
  private final Blocks blocks;
  private final ModelJudge judge;
  private final Semaphore requests;
  private final Semaphore blockwise = new Semaphore(1, true);
  private final Semaphore judging = new Semaphore(1, true);

  private SharedLlama(
      ModelFile file, LlamaModel model, LlamaSettings settings, int mostTokens, int mostRequests) {
    this.file = file;
    this.model = model;
    processor = model.processor();
    this.settings = settings;
    this.mostTokens = mostTokens;
    this.mostRequests = mostRequests;
    prompts = new PromptTokens(model, settings.contextTokens(), SharedLlama::today);
    samplers = new TokenSampler(model.vocabularySize(), Sampling.plain(1));
    cache = new PromptCache(model, settings.width(), settings.threads());
    engine = new EngineThread(cache, new Slots(cache));
    blocks = new Blocks(model, settings.threads(), engine);
    judge = new ModelJudge(prompts, new Questions(model, settings, engine));
    requests = new Semaphore(mostRequests);
  }

  /// Loads a model.
  ///
  /// @param file the model, its header checked
  /// @param settings how the machine is used
  /// @param mostTokens the most tokens that a completion may have, at least 1
  /// @param mostRequests how many requests may be open at once, at least 1; what is more is refused
  ///   with [BusyException]
  /// @return the policy; the caller closes it
  /// @throws InputException if the model cannot be loaded, or this machine cannot hold it
  /// @throws IllegalStateException if llama.cpp's library cannot be used on this machine
  public static SharedLlama open(
      ModelFile file, LlamaSettings settings, int mostTokens, int mostRequests) {
    atLeastOne(mostTokens, "the most tokens of a completion");
    atLeastOne(mostRequests, "the most requests at once");
    today(); // refused before a model is loaded, not at the first request
    var shared =
        new SharedLlama(file, settings.load(file, mostTokens), settings, mostTokens, mostRequests);
    shared.engine.start();
    return shared;
  }

  private static void atLeastOne(int value, String what) {
    if (value < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, what + " must be at least 1, was " + value);
    }
  }

  private static LocalDate today() {
    return TemplateDay.of(System.getenv(), LocalDate.now(ZoneId.systemDefault()));
  }

  @Override
  public Completions ask(Prompt prompt, Sampling sampling, long seed) {
    if (sampling.maxTokens() > mostTokens) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "max-tokens must be at most %d here, was %d".formatted(mostTokens, sampling.maxTokens()));
    }
    if (!requests.tryAcquire()) {
      throw new BusyException(
          "%d requests are being answered, as many as may be at once; try again later"
              .formatted(mostRequests));
    }
    try {
      return new Asked(prompt, sampling, seed);
    } catch (RuntimeException | Error e) {
      requests.release();
      throw e;
    }
  }

  @Override
  public List<Score> logOdds(List<Prompt> questions, String yes, String no) {
    return inTurn(() -> judge.logOdds(questions, yes, no));
  }

  @Override
  public List<Verdict> verdicts(List<Prompt> questions, List<String> answers) {
    return inTurn(() -> judge.verdicts(questions, answers));
  }

  private <T> T inTurn(Supplier<T> asking) {
    acquire(judging);
    try {
      return asking.get();
    } finally {
      judging.release();
    }
  }

  private static void acquire(Semaphore turn) {
    try {
      turn.acquire();
    } catch (InterruptedException _) {
      throw new CancellationException("interrupted while waiting for a turn");
    }
  }

  @Override
  public String model() {
    return file.name() + " sha256:" + file.sha256();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, settings.width());
  }

  /// How many draws have not begun.
  int waiting() {
    return engine.waiting();
  }

  /// Does something while nothing is drawn.
  void between(Runnable work) {
    engine.execute(work);
  }

  /// What prompts have cost so far, those drawn block by block and those judged left out.
  long promptTokensDecoded() {
    var tokens = new AtomicLong();
    between(() -> tokens.set(cache.prefilled()));
    return tokens.get();
  }

  /// {@inheritDoc}
  ///
  /// Waits for the step under way.
  @Override
  public void close() {
    engine.close();
    prompts.close();
    cache.close();
    judge.close();
    blocks.close();
    model.close();
  }

  /// One request.
  private final class Asked implements Completions {
    private final int[] tokens;
    private final String key;
    private final Sampling sampling;
    private final long seed;
    private final TokenSampler sampler;
    private final Provenance provenance;
    private final Set<AwaitedDraw> draws = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    Asked(Prompt prompt, Sampling sampling, long seed) {
      tokens = prompts.of(prompt, sampling.maxTokens());
      key = prompt.key();
      this.sampling = sampling;
      this.seed = seed;
      sampler = samplers.by(sampling);
      provenance =
          new Provenance(
              file.name(),
              Fingerprint.of(file, processor, settings, prompts.day()),
              sampling,
              seed);
    }

    @Override
    public int promptTokens() {
      return tokens.length;
    }

    @Override
    public Provenance provenance() {
      return provenance;
    }

    @Override
    public byte[] bytes(int token) {
      return prompts.bytes(token);
    }

    @Override
    public Draw draw(int index, IntConsumer progress) {
      if (index < 0) throw new IllegalArgumentException("index counts from 0, was " + index);
      var draw = new AwaitedDraw(model, tokens, sampler, () -> beginning(index));
      draws.add(draw);
      try {
        if (closed.get()) return givenUp();
        engine.add(this, draw);
        return draw.await(progress);
      } finally {
        draw.end(Asked::givenUp); // where it has not ended: nobody waits any more
        engine.remove(this, draw);
        draws.remove(draw);
      }
    }

    private Sequence beginning(int index) {
      return new Sequence(index, Seeds.stream(seed, key, index), sampling.maxTokens());
    }

    private static Draw givenUp() {
      throw new CancellationException("the request has been closed");
    }

    @Override
    public Continuation begin(int n) {
      if (closed.get()) givenUp();
      acquire(blockwise);
      try {
        return new Turn(blocks.begin(tokens, key, sampling, seed, n));
      } catch (RuntimeException | Error e) {
        blockwise.release();
        throw e;
      }
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) return;
      draws.forEach(draw -> draw.end(Asked::givenUp));
      requests.release();
    }
  }

  /// What is drawn block by block, and the turn that it has until it is closed.
  private final class Turn implements Continuation {
    private final Continuation inner;
    private final AtomicBoolean closed = new AtomicBoolean();

    Turn(Continuation inner) {
      this.inner = inner;
    }

    @Override
    public List<Draw> draw(int tokens, DrawProgress progress) {
      engine.requireOpen();
      return inner.draw(tokens, progress);
    }

    @Override
    public void accept(int candidate) {
      engine.requireOpen();
      inner.accept(candidate);
    }

    @Override
    public boolean finished() {
      return inner.finished();
    }

    @Override
    public long tokensDecoded() {
      return inner.tokensDecoded();
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) return;
      inner.close();
      blockwise.release();
    }
  }
}
