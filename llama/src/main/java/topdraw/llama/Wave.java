package topdraw.llama;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Completions of one prompt drawn side by side: each step decodes the last token of all that are
/// not finished in one batch, and draws the next token of each.
///
/// Within a wave no cell of the cache is given back, so the cells of a sequence lie in the order of
/// their positions. Flash attention adds over cells in that order, which is why a completion's bits
/// do not depend on when its neighbours end.
final class Wave {
  private final LlamaContext context;
  private final TokenSampler sampler;
  private final Sequence.Ends ends;
  private final float[] logits;

  Wave(LlamaContext context, TokenSampler sampler, Sequence.Ends ends, int vocabularySize) {
    this.context = context;
    this.sampler = sampler;
    this.ends = ends;
    logits = new float[vocabularySize];
  }

  /// Draws every sequence to its end.
  ///
  /// @param first the logits after the prompt
  /// @param promptLength tokens of the prompt, which the cache holds for every sequence
  /// @param steps is told after each step how many sequences are finished and how many tokens were
  ///   drawn
  void draw(List<Sequence> sequences, float[] first, int promptLength, Steps steps) {
    for (Sequence sequence : sequences) {
      sequence.draw(sampler, first, ends);
    }
    int[] active = unfinished(sequences);
    steps.step(sequences.size() - active.length, sequences.size());
    for (int position = promptLength; active.length > 0; position++) {
      if (Thread.interrupted()) throw new CancellationException("interrupted while drawing");
      active = step(sequences, active, position, steps);
    }
  }

  private int[] step(List<Sequence> sequences, int[] active, int position, Steps steps) {
    for (int slot : active) {
      context.add(sequences.get(slot).lastToken(), position, slot, true);
    }
    context.decode();
    boolean finished = false;
    for (int row = 0; row < active.length; row++) {
      context.logits(row, logits);
      Sequence sequence = sequences.get(active[row]);
      sequence.draw(sampler, logits, ends);
      finished |= sequence.finished();
    }
    int[] left = finished ? unfinished(sequences) : active;
    steps.step(active.length - left.length, active.length);
    return left;
  }

  private static int[] unfinished(List<Sequence> sequences) {
    int[] slots = new int[sequences.size()];
    int count = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (!sequences.get(slot).finished()) slots[count++] = slot;
    }
    return Arrays.copyOf(slots, count);
  }

  /// Told after each step.
  @FunctionalInterface
  interface Steps {
    void step(int finished, int tokens);
  }
}
