package topdraw.recordings;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import topdraw.reference.Completion;
import topdraw.reference.Draw;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// A fast reference policy of made-up words that finishes its draws out of order, as one that keeps
/// its slots full does. Prompts that contain `too long` do not fit it.
final class ShuffledPolicy implements ReferencePolicy {
  private static final int SLOTS = 7;

  private final long seed;
  int drawn;

  ShuffledPolicy(long seed) {
    this.seed = seed;
  }

  @Override
  public List<Completion> draw(Prompt prompt, int first, int count, DrawProgress progress) {
    List<Completion> completions = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      completions.add(completion(prompt, i));
    }
    return completions;
  }

  @Override
  public void drawAll(Iterator<Draw> draws, Finished finished) {
    RandomGenerator order = Seeds.stream(seed, "order", 0);
    List<Draw> slots = new ArrayList<>();
    while (draws.hasNext() || !slots.isEmpty()) {
      while (slots.size() < SLOTS && draws.hasNext()) {
        slots.add(draws.next());
      }
      Draw done = slots.remove(order.nextInt(slots.size()));
      finished.finished(done, completion(done.prompt(), done.index()));
    }
  }

  private Completion completion(Prompt prompt, int index) {
    drawn++;
    RandomGenerator random = Seeds.stream(seed, prompt.key(), index);
    int length = 1 + random.nextInt(4);
    StringBuilder text = new StringBuilder();
    int[] tokens = new int[length];
    double[] logProbabilities = new double[length];
    for (int t = 0; t < length; t++) {
      tokens[t] = random.nextInt(1000);
      logProbabilities[t] = -random.nextExponential();
      text.append(t == 0 ? "é" : " ").append(tokens[t]);
    }
    return new Completion(
        index,
        text.toString(),
        tokens,
        logProbabilities,
        length == 4 ? FinishReason.LENGTH : FinishReason.STOP);
  }

  @Override
  public Optional<String> refusal(Prompt prompt) {
    return prompt.display().contains("too long")
        ? Optional.of("the prompt has 9000 tokens")
        : Optional.empty();
  }

  @Override
  public int width() {
    return SLOTS;
  }

  @Override
  public Provenance provenance() {
    return new Provenance(
        "made up", Map.of("threads", "1", "library", "test"), Sampling.plain(4), seed);
  }

  @Override
  public void close() {}
}
