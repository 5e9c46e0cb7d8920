package topdraw.llama;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.llama.engine.LlamaContext;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.llama.file.ModelFile;
import topdraw.reference.Answer;
import topdraw.reference.Beginnings;
import topdraw.reference.BlockPolicy;
import topdraw.reference.Capabilities;
import topdraw.reference.Continuation;
import topdraw.reference.Judge;
import topdraw.reference.PausingPolicy;
import topdraw.reference.Provenance;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;
import topdraw.reference.Verdict;

/// A language model in this process, driven by llama.cpp, as a reference policy.
///
/// The prompt is decoded once and its cache shared; completions are drawn side by side in
/// [LlamaSettings#width] slots, and a slot whose completion ends is given to the next draw at once.
/// The head that a prompt shares with the one before, as a chat template's system message, is not
/// decoded again. Completion `i` of a prompt is a function of (seed, prompt, `i`) and of what
/// [#provenance] names, not of what is drawn before it, beside it or after it.
///
/// A [Prompt.Text] is continued as it stands, a [Prompt.Chat] goes through the model's own chat
/// template. Control tokens spelt out in either count as control tokens, as they do in the model's
/// own tokenizer. One call runs at a time; others wait. An interrupt ends a call between two steps
/// with [java.util.concurrent.CancellationException]. Whoever is handed a completion by [#drawAll]
/// may ask for [#logOdds], but not draw or score.
///
/// Memory beside the model's file: the cache, of at most `4 · prompt + 2 · width · maxTokens`
/// tokens for the longest prompt so far (22.5 KiB a token for the default model), and about 250 MB
/// of working space. [#logOdds] takes a second cache, of 4096 tokens or the longest question, and
/// [#begin] and [#beginnings] a third, of `prompt + n · maxTokens`; what is begun stays apart from
/// other draws.
public final class LlamaPolicy implements BlockPolicy, PausingPolicy, Judge {
  private final ModelFile file;
  private final LlamaModel model;
  private final Sampling sampling;
  private final long seed;
  private final LlamaSettings settings;
  private final TokenSampler sampler;
  private final PromptCache cache;
  private final Slots slots;
  private final PromptTokens prompts;
  private final ModelJudge judge;
  private final Blocks blocks;
  private boolean drawing;

  private LlamaPolicy(
      ModelFile file,
      LlamaModel model,
      Sampling sampling,
      long seed,
      LlamaSettings settings,
      LocalDate day) {
    this.file = file;
    this.model = model;
    this.sampling = sampling;
    this.seed = seed;
    this.settings = settings;
    prompts = new PromptTokens(model, settings.contextTokens(), () -> day);
    judge = new ModelJudge(prompts, new Questions(model, settings, Runnable::run));
    blocks = new Blocks(model, settings.threads(), Runnable::run);
    sampler = new TokenSampler(model.vocabularySize(), sampling);
    cache = new PromptCache(model, settings.width(), settings.threads());
    slots = new Slots(cache);
  }

  /// Loads a model.
  ///
  /// @param file the model, its header checked
  /// @param sampling how tokens are drawn
  /// @param seed the run's seed
  /// @param settings how the machine is used
  /// @return the policy; the caller closes it
  /// @throws InputException if the model cannot be loaded, or so many completions of this length
  ///   cannot be held, by the cache or by this machine
  /// @throws IllegalStateException if llama.cpp's library cannot be used on this machine
  public static LlamaPolicy open(
      ModelFile file, Sampling sampling, long seed, LlamaSettings settings) {
    LocalDate day = TemplateDay.of(System.getenv(), LocalDate.now(ZoneId.systemDefault()));
    return new LlamaPolicy(
        file, settings.load(file, sampling.maxTokens()), sampling, seed, settings, day);
  }

  @Override
  public synchronized void drawAll(Iterator<Request> requests, Answers answers) {
    requireIdle();
    drawing = true;
    try {
      slots.draw(new Tasks(requests, answers));
    } finally {
      drawing = false;
    }
  }

  /// {@inheritDoc}
  ///
  /// Candidates are drawn side by side, at most 256; what is accepted keeps its cache.
  @Override
  public synchronized Continuation begin(Prompt prompt, int n) {
    return blocks.begin(prompts.of(prompt, sampling.maxTokens()), prompt.key(), sampling, seed, n);
  }

  /// {@inheritDoc}
  ///
  /// They are drawn side by side, at most 256, in the cache of [#begin].
  @Override
  public synchronized Beginnings beginnings(Prompt prompt, int n) {
    return blocks.beginnings(
        prompts.of(prompt, sampling.maxTokens()), prompt.key(), sampling, seed, n);
  }

  /// The log-probability of given tokens after a prompt, found by decoding prompt and tokens as one
  /// text, not token by token: a second road to what [#draw] reports.
  ///
  /// @param prompt what is asked
  /// @param tokens the completion's tokens, at most as many as the context leaves room for
  /// @return log p of each token given those before it, in nats; negative infinity for a token that
  ///   is never drawn
  /// @throws InputException if prompt and tokens do not fit the context, or a token is not in the
  ///   vocabulary
  public synchronized double[] score(Prompt prompt, int[] tokens) {
    requireIdle();
    int[] start = prompts.of(prompt, sampling.maxTokens());
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
    slots.reserve(start.length, sampling.maxTokens());
    cache.clear();
    LlamaContext context = cache.context();
    var logits = new float[model.vocabularySize()];
    context.decodeRun(
        run,
        0,
        start.length - 1,
        (position, row) -> {
          context.logits(row, logits);
          int i = position - (start.length - 1);
          logProbabilities[i] = sampler.score(logits, tokens[i]);
        });
    return logProbabilities;
  }

  @Override
  public synchronized List<Score> logOdds(List<Prompt> asked, String yes, String no) {
    return judge.logOdds(asked, yes, no);
  }

  /// {@inheritDoc}
  ///
  /// Always weighed.
  @Override
  public synchronized List<Verdict> verdicts(List<Prompt> asked, List<String> answers) {
    return judge.verdicts(asked, answers);
  }

  @Override
  public String model() {
    return file.name() + " sha256:" + file.sha256();
  }

  /// The token that an answer begins with.
  int firstToken(String answer) {
    return prompts.firstToken(answer);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, settings.width());
  }

  @Override
  public Provenance provenance() {
    Map<String, String> fingerprint =
        Fingerprint.of(file, model.processor(), settings, prompts.day());
    return new Provenance(file.name(), fingerprint, sampling, seed);
  }

  @Override
  public synchronized void close() {
    cache.close();
    judge.close();
    blocks.close();
    model.close();
  }

  /// Whoever is handed a completion runs on the thread that draws, so no lock keeps it out.
  private void requireIdle() {
    if (drawing) {
      throw new IllegalStateException(
          "this policy is drawing and waits for its listener; ask again when the drawing has"
              + " ended");
    }
  }

  /// What is to be drawn, made ready, and handed over when it is drawn; of requests of one prompt
  /// after the other the prompt is cut into tokens once. A prompt that does not fit is refused on
  /// the way.
  private final class Tasks implements Slots.Source {
    private final Iterator<Request> requests;
    private final Answers answers;
    private @Nullable Prompt prompt;
    private String key = "";
    private PromptTokens.Cut cut = new PromptTokens.Unreadable("");
    private int completions;
    private long drawn;

    Tasks(Iterator<Request> requests, Answers answers) {
      this.requests = requests;
      this.answers = answers;
    }

    @Override
    public Slots.@Nullable Task next() {
      while (requests.hasNext()) {
        Request request = requests.next();
        if (!request.prompt().equals(prompt)) {
          cut = prompts.cut(request.prompt(), sampling.maxTokens());
          key = request.prompt().key();
          prompt = request.prompt();
        }
        switch (cut) {
          case PromptTokens.Fits(int[] tokens) -> {
            return new Asked(request, tokens);
          }
          case PromptTokens.Unreadable(String reason) ->
              answers.answered(request, new Answer.Refused(reason));
        }
      }
      return null;
    }

    @Override
    public void stepped() {
      answers.drawn(completions, drawn);
    }

    /// One request.
    private final class Asked implements Slots.Task {
      private final Request request;
      private final int[] tokens;
      private final Sequence sequence;

      Asked(Request request, int[] tokens) {
        this.request = request;
        this.tokens = tokens;
        var stream = Seeds.stream(seed, key, request.index());
        sequence = new Sequence(request.index(), stream, sampling.maxTokens());
      }

      @Override
      public int[] prompt() {
        return tokens;
      }

      @Override
      public Sequence sequence() {
        return sequence;
      }

      @Override
      public void extend(float[] logits) {
        sequence.draw(sampler, logits, model::isEnd);
        drawn++;
        if (sequence.finished()) {
          completions++;
          answers.answered(request, new Answer.Drawn(sequence.draw(model)));
        }
      }
    }
  }
}
