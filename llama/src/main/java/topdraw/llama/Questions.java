package topdraw.llama;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import topdraw.llama.engine.LlamaContext;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;

/// Logits of some tokens after each of many prompts, in a cache of its own, so that a drawing under
/// way is not touched.
///
/// Questions are asked in groups of up to one per slot: the head that a group shares is decoded
/// once, the rest of all its questions side by side in full batches, and only the logits after each
/// question are read. The cache holds a group of [#GROUP_TOKENS], or the longest question so far.
final class Questions implements AutoCloseable {
  /// The most tokens of a group of several questions.
  private static final int GROUP_TOKENS = 4096;

  private final PromptCache cache;
  private final Executor steps;
  private final float[] logits;

  /// @param steps does whatever touches the model, a batch at a time, and returns when it is done
  Questions(LlamaModel model, LlamaSettings settings, Executor steps) {
    cache = new PromptCache(model, settings.width(), settings.threads());
    this.steps = steps;
    logits = cache.row();
  }

  /// Asks all questions.
  ///
  /// @param questions their tokens, at least one each
  /// @param tokens the tokens that may come next
  /// @return for each question a number a token: `log p(token | question)` in nats up to a constant
  ///   of the question, which differences do not have
  double[][] logits(List<int[]> questions, int... tokens) {
    var answers = new Answers(questions.size(), tokens);
    int from = 0;
    while (from < questions.size()) {
      int to = groupEnd(questions, from);
      ask(questions.subList(from, to), answers);
      from = to;
    }
    return answers.found;
  }

  private int groupEnd(List<int[]> questions, int from) {
    int to = from;
    long tokens = 0;
    do {
      tokens += questions.get(to++).length;
    } while (to < questions.size()
        && to - from < cache.slots()
        && tokens + questions.get(to).length <= GROUP_TOKENS);
    return to;
  }

  private void ask(List<int[]> group, Answers answers) {
    var asking = new Asking(group, answers);
    step(asking::begin);
    while (asking.goesOn()) step(asking::batch);
  }

  private void step(Runnable step) {
    if (Thread.interrupted()) throw new CancellationException("interrupted while asking");
    steps.execute(step);
  }

  /// A group on its way through the model, batch by batch.
  private final class Asking {
    private final List<int[]> group;
    private final Answers answers;
    private final int head;
    private int slot;
    private int position;

    Asking(List<int[]> group, Answers answers) {
      this.group = group;
      this.answers = answers;
      head = sharedHead(group);
    }

    void begin() {
      int cells = Math.max(GROUP_TOKENS, group.getFirst().length);
      cache.reserve(cells, cells);
      cache.restart(Arrays.copyOf(group.getFirst(), head));
      position = head;
    }

    boolean goesOn() {
      return slot < group.size();
    }

    void batch() {
      LlamaContext context = cache.context();
      while (goesOn() && context.batched() < LlamaContext.BATCH) {
        int[] question = group.get(slot);
        if (position == head) context.share(slot);
        boolean last = position == question.length - 1;
        if (last) answers.expect(context.batched());
        context.add(question[position], position, slot, last);
        position++;
        if (last) {
          slot++;
          position = head;
        }
      }
      answers.decode(context);
    }
  }

  /// How many tokens all begin with, at most all but the last token of each: the logits after that
  /// one are asked for.
  private static int sharedHead(List<int[]> group) {
    int[] first = group.getFirst();
    int length = first.length - 1;
    for (int[] question : group) {
      length = Math.min(length, question.length - 1);
      int differing = Arrays.mismatch(first, 0, length, question, 0, length);
      if (differing >= 0) length = differing;
    }
    return length;
  }

  /// The logits found so far, in the order of the questions.
  private final class Answers {
    private final double[][] found;
    private final int[] tokens;
    private final int[] rows = new int[LlamaContext.BATCH];
    private int expected;
    private int known;

    Answers(int questions, int... tokens) {
      found = new double[questions][];
      this.tokens = tokens;
    }

    /// The next question ends in this row of the batch.
    void expect(int row) {
      rows[expected++] = row;
    }

    void decode(LlamaContext context) {
      context.decode();
      for (int i = 0; i < expected; i++) {
        context.logits(rows[i], logits);
        found[known++] = Arrays.stream(tokens).mapToDouble(token -> logits[token]).toArray();
      }
      expected = 0;
    }
  }

  @Override
  public void close() {
    cache.close();
  }
}
