package topdraw.llama;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.reference.Completion;
import topdraw.reference.Prompt;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// A language model in this process, driven by llama.cpp, as a reference policy.
///
/// The prompt is decoded once and its cache shared; completions are drawn in waves of
/// [LlamaSettings#width]. Completion `i` of a prompt is a function of (seed, prompt, `i`) and of
/// what [#provenance] names, not of how many are drawn with it.
///
/// A [Prompt.Text] is continued as it stands, a [Prompt.Chat] goes through the model's own chat
/// template. Control tokens spelt out in either count as control tokens, as they do in the model's
/// own tokenizer. One call runs at a time; others wait. An interrupt ends a call between two steps
/// with [java.util.concurrent.CancellationException].
///
/// Memory beside the model's file: the cache, sized for the longest prompt so far and a whole wave
/// (`prompt + width · maxTokens` tokens; 22.5 KiB a token for the default model), and about 250 MB
/// of working space.
public final class LlamaPolicy implements ReferencePolicy {
  private final ModelFile file;
  private final LlamaModel model;
  private final Sampling sampling;
  private final long seed;
  private final LlamaSettings settings;
  private final int contextTokens;
  private final TokenSampler sampler;
  private final float[] first;
  private @Nullable ChatTemplate template;
  private @Nullable LlamaContext context;
  private int[] decoded = {};

  private LlamaPolicy(
      ModelFile file, LlamaModel model, Sampling sampling, long seed, LlamaSettings settings) {
    this.file = file;
    this.model = model;
    this.sampling = sampling;
    this.seed = seed;
    this.settings = settings;
    contextTokens = Math.min(settings.contextTokens(), model.trainedContext());
    sampler = new TokenSampler(model.vocabularySize(), sampling);
    first = new float[model.vocabularySize()];
  }

  /// Loads a model.
  ///
  /// @param file the model, its header checked
  /// @param sampling how tokens are drawn
  /// @param seed the run's seed
  /// @param settings how the machine is used
  /// @return the policy; the caller closes it
  /// @throws IllegalArgumentException if the model cannot be loaded, or a wave of this width and
  ///   length cannot be held
  /// @throws IllegalStateException if llama.cpp's library cannot be used on this machine
  public static LlamaPolicy open(
      ModelFile file, Sampling sampling, long seed, LlamaSettings settings) {
    long wave = (long) settings.width() * sampling.maxTokens();
    if (wave > LlamaContext.MOST_CELLS / 2) {
      throw new IllegalArgumentException(
          "width %d times max-tokens %d is %d tokens in the cache, more than %d; lower one of them"
              .formatted(
                  settings.width(), sampling.maxTokens(), wave, LlamaContext.MOST_CELLS / 2));
    }
    return new LlamaPolicy(file, LlamaModel.load(file), sampling, seed, settings);
  }

  @Override
  public synchronized List<Completion> draw(
      Prompt prompt, int first, int count, DrawProgress progress) {
    if (first < 0 || count < 1 || first > Integer.MAX_VALUE - count) {
      throw new IllegalArgumentException(
          "completions are counted from 0 and at least 1 is drawn, was first %d, count %d"
              .formatted(first, count));
    }
    int[] tokens = tokens(prompt);
    LlamaContext cache = decode(tokens);
    var progressed = new Progress(progress);
    var completions = new ArrayList<Completion>();
    for (int done = 0; done < count; done += settings.width()) {
      var wave = sequences(prompt.key(), first + done, Math.min(settings.width(), count - done));
      cache.rewind(tokens.length);
      new Wave(cache, sampler, model::isEnd, model.vocabularySize())
          .draw(wave, this.first, tokens.length, progressed);
      wave.forEach(sequence -> completions.add(sequence.completion(model)));
    }
    return completions;
  }

  /// The log-probability of given tokens after a prompt, found by decoding prompt and tokens as one
  /// text, not token by token: a second road to what [#draw] reports.
  ///
  /// @param prompt what is asked
  /// @param tokens the completion's tokens, at most as many as the context leaves room for
  /// @return log p of each token given those before it, in nats; negative infinity for a token that
  ///   is never drawn
  /// @throws IllegalArgumentException if prompt and tokens do not fit the context, or a token is
  ///   not in the vocabulary
  public synchronized double[] score(Prompt prompt, int[] tokens) {
    int[] start = tokens(prompt);
    if (tokens.length > sampling.maxTokens()) {
      throw new IllegalArgumentException(
          "%d tokens to score, more than max-tokens %d"
              .formatted(tokens.length, sampling.maxTokens()));
    }
    for (int token : tokens) {
      if (token < 0 || token >= model.vocabularySize()) {
        throw new IllegalArgumentException("token " + token + " is not in the vocabulary");
      }
    }
    var logProbabilities = new double[tokens.length];
    if (tokens.length == 0) return logProbabilities;
    int[] run = Arrays.copyOf(start, start.length + tokens.length - 1);
    System.arraycopy(tokens, 0, run, start.length, tokens.length - 1);
    LlamaContext cache = context(start.length);
    forget(cache);
    var logits = new float[model.vocabularySize()];
    cache.decodeRun(
        run,
        start.length - 1,
        (position, row) -> {
          cache.logits(row, logits);
          int i = position - (start.length - 1);
          logProbabilities[i] = sampler.score(logits, tokens[i]);
        });
    return logProbabilities;
  }

  @Override
  public Optional<String> refusal(Prompt prompt) {
    try {
      tokens(prompt);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public Provenance provenance() {
    Map<String, String> fingerprint = new LinkedHashMap<>();
    fingerprint.put("library", "llama.cpp " + LlamaLibrary.BUILD + " (de.kherud:llama 4.2.0)");
    fingerprint.put("processor", model.processor());
    fingerprint.put("model-sha256", file.sha256());
    fingerprint.put("quantization", file.quantization());
    fingerprint.put("kv-type", "f16");
    fingerprint.put("threads", Integer.toString(settings.threads()));
    fingerprint.put("flash-attention", "on");
    fingerprint.put("width", Integer.toString(settings.width()));
    return new Provenance(file.name(), fingerprint, sampling, seed);
  }

  @Override
  public synchronized void close() {
    if (context != null) context.close();
    context = null;
    model.close();
  }

  /// The prompt's tokens.
  ///
  /// @throws IllegalArgumentException if they and a whole completion do not fit the context
  int[] tokens(Prompt prompt) {
    byte[] text =
        switch (prompt) {
          case Prompt.Text(String raw) -> raw.getBytes(StandardCharsets.UTF_8);
          case Prompt.Chat chat -> template().render(chat).getBytes(StandardCharsets.UTF_8);
        };
    int fewest = model.fewestTokens(text.length);
    int[] tokens =
        fewest > contextTokens
            ? new int[fewest]
            : model.tokenize(text, prompt instanceof Prompt.Text);
    if (tokens.length == 0) {
      throw new IllegalArgumentException("the prompt has no tokens; give at least one character");
    }
    if (tokens.length > contextTokens - sampling.maxTokens()) {
      throw new IllegalArgumentException(
          "the prompt has %s%d tokens and a completion may have %d, but the context holds %d; shorten the prompt or lower max-tokens"
              .formatted(
                  fewest > contextTokens ? "at least " : "",
                  tokens.length,
                  sampling.maxTokens(),
                  contextTokens));
    }
    return tokens;
  }

  private ChatTemplate template() {
    if (template == null) {
      template = new ChatTemplate(model.chatTemplate(), model.begin(), model.end());
    }
    return template;
  }

  private List<Sequence> sequences(String key, int first, int count) {
    var sequences = new ArrayList<Sequence>(count);
    for (int index = first; index < first + count; index++) {
      sequences.add(new Sequence(index, Seeds.stream(seed, key, index), sampling.maxTokens()));
    }
    return sequences;
  }

  /// Brings the prompt into the cache, where every sequence shares it; a prompt that is still there
  /// from the last call stays.
  private LlamaContext decode(int[] tokens) {
    LlamaContext cache = context(tokens.length);
    if (Arrays.equals(tokens, decoded)) return cache;
    forget(cache);
    cache.decodeRun(tokens, tokens.length - 1, (_, row) -> cache.logits(row, first));
    cache.share();
    decoded = tokens;
    return cache;
  }

  private void forget(LlamaContext cache) {
    decoded = new int[0];
    cache.clear();
  }

  /// A cache with room for a prompt of this length and a whole wave.
  private LlamaContext context(int promptLength) {
    int needed = promptLength + settings.width() * sampling.maxTokens();
    if (context == null || context.cells() < needed) {
      if (context != null) context.close();
      context = null;
      decoded = new int[0];
      // Room to spare, so that a slightly longer prompt needs no new cache.
      context = LlamaContext.open(model, needed + 512, settings.width(), settings.threads());
    }
    return context;
  }

  /// Adds up the steps of all waves of one call.
  private static final class Progress implements Wave.Steps {
    private final DrawProgress progress;
    private int completions;
    private long tokens;

    Progress(DrawProgress progress) {
      this.progress = progress;
    }

    @Override
    public void step(int finished, int drawn) {
      completions += finished;
      tokens += drawn;
      progress.drawn(completions, tokens);
    }
  }
}
