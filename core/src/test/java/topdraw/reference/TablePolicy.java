package topdraw.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import topdraw.theory.law.OutcomeTable;

/// A reference policy whose completions are the outcomes of a table: outcome k is the one-token
/// completion k. What it draws has a law that is known exactly.
public final class TablePolicy implements ReferencePolicy {
  private final double[] logProbabilities;
  private final long seed;
  private final int width;

  public TablePolicy(OutcomeTable table, long seed, int width) {
    this.logProbabilities = table.logProbabilities();
    this.seed = seed;
    this.width = width;
  }

  @Override
  public List<Completion> draw(Prompt prompt, int first, int count, DrawProgress progress) {
    List<Completion> completions = new ArrayList<>(count);
    IntStream.range(first, first + count).forEach(i -> completions.add(completion(prompt, i)));
    progress.drawn(count, count);
    return completions;
  }

  private Completion completion(Prompt prompt, int index) {
    double u = Seeds.stream(seed, prompt.key(), index).nextDouble();
    int outcome = 0;
    double below = Math.exp(logProbabilities[0]);
    while (u >= below && outcome < logProbabilities.length - 1) {
      outcome++;
      below += Math.exp(logProbabilities[outcome]);
    }
    return new Completion(
        index,
        "outcome " + outcome,
        new int[] {outcome},
        new double[] {logProbabilities[outcome]},
        FinishReason.STOP);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Provenance provenance() {
    return new Provenance("table", Map.of(), Sampling.plain(1), seed);
  }

  @Override
  public void close() {}
}
