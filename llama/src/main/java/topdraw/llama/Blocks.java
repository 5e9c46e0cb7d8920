package topdraw.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.LlamaContext;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.reference.Beginnings;
import topdraw.reference.Continuation;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// Completions drawn block by block, one at a time, or several that pause on their way, in a cache
/// of its own, so that other drawings are not touched.
///
/// The candidates of a block share the cells of the prompt and of what is accepted; each adds its
/// own. Accepting one makes its cells part of what the next candidates share. Nothing is decoded
/// twice: a candidate's last token, which no token of its block needed, is decoded when the next
/// block asks what follows it.
///
/// Completions that pause keep their cells, and of those given up nothing more is decoded.
///
/// All candidates of a block are drawn side by side, and cells are used once ([LlamaContext] says
/// why), so the cache holds every token that may be decoded.
final class Blocks implements AutoCloseable {
  private final LlamaModel model;
  private final PromptCache cache;
  private final Executor steps;
  private final TokenSampler sampler;
  private final float[] logits;
  private @Nullable AutoCloseable open;

  /// @param threads that decode
  /// @param steps does whatever touches the model, a step at a time, and returns when it is done
  Blocks(LlamaModel model, int threads, Executor steps) {
    this.model = model;
    this.steps = steps;
    cache = new PromptCache(model, model.mostSlots(), threads);
    sampler = new TokenSampler(model.vocabularySize(), Sampling.plain(1));
    logits = cache.row();
  }

  /// Begins a completion.
  ///
  /// @param prompt the prompt's tokens
  /// @param key the prompt's key
  /// @param sampling how tokens are drawn
  /// @param seed the run's seed
  /// @param n candidates of a block
  Continuation begin(int[] prompt, String key, Sampling sampling, long seed, int n) {
    return begun(prompt, sampling, n, () -> new Drawing(prompt, key, sampling, seed, n));
  }

  /// Begins completions that pause.
  ///
  /// @param prompt the prompt's tokens
  /// @param key the prompt's key
  /// @param sampling how tokens are drawn
  /// @param seed the run's seed
  /// @param n how many
  Beginnings beginnings(int[] prompt, String key, Sampling sampling, long seed, int n) {
    return begun(prompt, sampling, n, () -> new Together(prompt, key, sampling, seed, n));
  }

  private <T extends AutoCloseable> T begun(
      int[] prompt, Sampling sampling, int n, Supplier<T> drawing) {
    if (open != null) {
      throw new IllegalStateException(
          "a completion is being drawn block by block; close it before the next is begun");
    }
    if (n < 1 || n > cache.slots()) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "a block has from 1 to %d candidates side by side, was %d".formatted(cache.slots(), n));
    }
    int maxTokens = sampling.maxTokens();
    long cells = prompt.length + (long) n * maxTokens;
    if (cells > LlamaContext.MOST_CELLS) {
      throw new InputException(
          Problem.TOO_LARGE,
          "%d candidates of %d tokens after a prompt of %d are %d tokens in the cache, more than %d; lower n or max-tokens"
              .formatted(n, maxTokens, prompt.length, cells, LlamaContext.MOST_CELLS));
    }
    Slots.throwIfInterrupted();
    AtomicReference<T> begun = new AtomicReference<>();
    try {
      steps.execute(
          () -> {
            cache.reserve((int) cells, (int) cells);
            T made = drawing.get();
            begun.set(made);
            open = made;
          });
    } catch (RuntimeException e) {
      open = null; // nobody has it
      throw e;
    }
    return Objects.requireNonNull(begun.get());
  }

  private final class Drawing implements Continuation {
    private final LlamaContext context = cache.context();
    private final long decodedBefore = context.decoded();
    private final int[] prompt;
    private final String key;
    private final TokenSampler law;
    private final int maxTokens;
    private final long seed;
    private final int n;
    private Tokens.Ids accepted = new Tokens.Ids(new int[0], new double[0]);
    private boolean ended;
    private List<Sequence> candidates = List.of();
    private int block;

    Drawing(int[] prompt, String key, Sampling sampling, long seed, int n) {
      this.prompt = prompt;
      this.key = key;
      law = sampler.by(sampling);
      maxTokens = sampling.maxTokens();
      this.seed = seed;
      this.n = n;
      cache.restart(prompt);
    }

    @Override
    public List<Draw> draw(int tokens, DrawProgress progress) {
      if (tokens < 1) {
        throw new InputException(
            Problem.OUT_OF_RANGE, "a block has at least 1 token, was " + tokens);
      }
      require(open == this, "it is closed");
      require(!finished(), "it is whole");
      require(candidates.isEmpty(), "one of its candidates is to be accepted first");
      long most = Math.min(maxTokens, (long) accepted.size() + tokens);
      List<Sequence> sequences =
          IntStream.range(0, n)
              .mapToObj(
                  j -> Sequence.after(accepted, j, Seeds.block(seed, key, block, j), (int) most))
              .toList();
      List<Draw> drawn = new ArrayList<>();
      orClosed(
          () -> {
            new Steps(sequences, progress).run();
            steps.execute(() -> sequences.forEach(sequence -> drawn.add(sequence.draw(model))));
          });
      candidates = sequences;
      return List.copyOf(drawn);
    }

    @Override
    public void accept(int candidate) {
      require(open == this, "it is closed");
      require(!candidates.isEmpty(), "it has no candidates to accept");
      if (candidate < 0 || candidate >= n) {
        throw new IllegalArgumentException(
            "candidates are counted from 0 to %d, was %d".formatted(n - 1, candidate));
      }
      Sequence kept = candidates.get(candidate);
      Tokens.Ids tokens = kept.drawn();
      orClosed(() -> steps.execute(() -> keep(candidate, kept, tokens)));
      accepted = tokens;
      ended = kept.ended();
      candidates = List.of();
      block++;
    }

    private void keep(int candidate, Sequence kept, Tokens.Ids tokens) {
      if (inSlot(kept)) cache.extendPrompt(candidate, text(tokens, tokens.size() - 1));
      for (int slot = 0; slot < n; slot++) {
        if (inSlot(candidates.get(slot))) context.end(slot);
      }
    }

    /// The first token of a block is drawn from what all share, and the last is not decoded.
    private boolean inSlot(Sequence candidate) {
      return candidate.length() > accepted.size() + 1;
    }

    private int[] text(Tokens.Ids after, int length) {
      int[] text = Arrays.copyOf(prompt, prompt.length + length);
      System.arraycopy(after.ids(), 0, text, prompt.length, length);
      return text;
    }

    @Override
    public boolean finished() {
      return ended || accepted.size() == maxTokens;
    }

    @Override
    public long tokensDecoded() {
      return context.decoded() - decodedBefore;
    }

    @Override
    public void close() {
      if (open == this) open = null;
    }

    /// What fails leaves half a block in the slots, from which nothing can go on.
    private void orClosed(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    private void require(boolean holds, String otherwise) {
      if (!holds) throw new IllegalStateException("the completion cannot go on: " + otherwise);
    }

    /// The steps of one block, each a token for every candidate that has not ended.
    private final class Steps {
      private final List<Sequence> sequences;
      private final DrawProgress progress;
      private int ended;
      private long drawn;

      Steps(List<Sequence> sequences, DrawProgress progress) {
        this.sequences = sequences;
        this.progress = progress;
      }

      void run() {
        Slots.throwIfInterrupted();
        steps.execute(this::first);
        progress.drawn(ended, drawn);
        while (ended < n) {
          Slots.throwIfInterrupted();
          steps.execute(this::step);
          progress.drawn(ended, drawn);
        }
      }

      private void first() {
        float[] first = cache.prefill(text(accepted, accepted.size()));
        for (int slot = 0; slot < n; slot++) {
          extend(sequences.get(slot), first);
          if (!sequences.get(slot).finished()) context.share(slot);
        }
      }

      private void step() {
        List<Sequence> live = sequences.stream().filter(sequence -> !sequence.finished()).toList();
        for (Sequence sequence : live) {
          context.add(
              sequence.lastToken(), prompt.length + sequence.length() - 1, sequence.index(), true);
        }
        context.decode();
        for (int row = 0; row < live.size(); row++) {
          context.logits(row, logits);
          extend(live.get(row), logits);
        }
      }

      private void extend(Sequence sequence, float[] after) {
        sequence.draw(law, after, model::isEnd);
        drawn++;
        if (sequence.finished()) ended++;
      }
    }
  }

  /// Completions of the streams of whole draws. A slot holds what has been decoded of one.
  private final class Together implements Beginnings {
    private final LlamaContext context = cache.context();
    private final long decodedBefore = context.decoded();
    private final int[] prompt;
    private final TokenSampler law;
    private final int maxTokens;
    private final List<Sequence> sequences;
    private final Set<Integer> givenUp = new HashSet<>();
    private boolean begun;

    Together(int[] prompt, String key, Sampling sampling, long seed, int n) {
      this.prompt = prompt;
      law = sampler.by(sampling);
      maxTokens = sampling.maxTokens();
      sequences =
          IntStream.range(0, n)
              .mapToObj(j -> new Sequence(j, Seeds.stream(seed, key, j), maxTokens))
              .toList();
      cache.restart(prompt);
    }

    @Override
    public List<Draw> drawTo(int tokens, DrawProgress progress) {
      if (tokens < 1) {
        throw new InputException(
            Problem.OUT_OF_RANGE, "a beginning has at least 1 token, was " + tokens);
      }
      require();
      List<Draw> drawn = new ArrayList<>();
      try {
        long before = length();
        if (!begun) {
          step(this::first, before, progress);
          begun = true;
        }
        for (List<Sequence> live = live(tokens); !live.isEmpty(); live = live(tokens)) {
          List<Sequence> now = live;
          step(() -> next(now), before, progress);
        }
        steps.execute(() -> sequences.forEach(sequence -> drawn.add(sequence.draw(model))));
      } catch (RuntimeException e) {
        close(); // half a step lies in the slots
        throw e;
      }
      return List.copyOf(drawn);
    }

    private void step(Runnable work, long before, DrawProgress progress) {
      Slots.throwIfInterrupted();
      steps.execute(work);
      int whole = (int) sequences.stream().filter(Sequence::finished).count();
      progress.drawn(whole, length() - before);
    }

    private long length() {
      return sequences.stream().mapToLong(Sequence::length).sum();
    }

    private List<Sequence> live(int tokens) {
      return sequences.stream()
          .filter(s -> !s.finished() && s.length() < tokens && !givenUp.contains(s.index()))
          .toList();
    }

    private void first() {
      float[] first = cache.prefill(prompt);
      for (Sequence sequence : sequences) {
        sequence.draw(law, first, model::isEnd);
        if (!sequence.finished()) context.share(sequence.index());
      }
    }

    private void next(List<Sequence> live) {
      for (Sequence sequence : live) {
        context.add(
            sequence.lastToken(), prompt.length + sequence.length() - 1, sequence.index(), true);
      }
      context.decode();
      for (int row = 0; row < live.size(); row++) {
        context.logits(row, logits);
        Sequence sequence = live.get(row);
        sequence.draw(law, logits, model::isEnd);
        if (sequence.finished()) context.end(sequence.index());
      }
    }

    @Override
    public void giveUp(int completion) {
      require();
      if (completion < 0 || completion >= sequences.size()) {
        throw new IllegalArgumentException(
            "completions are counted from 0 to %d, was %d"
                .formatted(sequences.size() - 1, completion));
      }
      if (!begun) {
        throw new IllegalStateException("nothing has been drawn that could be given up");
      }
      if (givenUp.add(completion) && !sequences.get(completion).finished()) {
        steps.execute(() -> context.end(completion));
      }
    }

    @Override
    public long tokensDecoded() {
      return context.decoded() - decodedBefore;
    }

    @Override
    public void close() {
      if (open == this) open = null;
    }

    private void require() {
      if (open != this) {
        throw new IllegalStateException("the completions cannot go on: they are closed");
      }
    }
  }

  @Override
  public void close() {
    cache.close();
    open = null;
  }
}
