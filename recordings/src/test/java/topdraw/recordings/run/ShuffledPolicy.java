package topdraw.recordings.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.reference.Answer;
import topdraw.reference.Capabilities;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// A fast reference policy of made-up words that finishes its draws out of order, as one that keeps
/// its slots full does. Prompts that contain `too long` do not fit it.
public final class ShuffledPolicy implements ReferencePolicy {
  private static final int SLOTS = 7;

  private final long seed;
  int drawn;

  public ShuffledPolicy(long seed) {
    this.seed = seed;
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    RandomGenerator order = Seeds.stream(seed, "order", 0);
    List<Request> slots = new ArrayList<>();
    int completions = 0;
    long tokens = 0;
    while (requests.hasNext() || !slots.isEmpty()) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted while drawing");
      }
      while (slots.size() < SLOTS && requests.hasNext()) {
        slots.add(requests.next());
      }
      Request done = slots.remove(order.nextInt(slots.size()));
      Answer answer = answer(done);
      answers.answered(done, answer);
      if (answer instanceof Answer.Drawn(Draw draw)) {
        tokens += (long) draw.length().orElse(0);
        answers.drawn(++completions, tokens);
      }
    }
  }

  private Answer answer(Request request) {
    return request.prompt().display().contains("too long")
        ? new Answer.Refused("the prompt has 9000 tokens")
        : new Answer.Drawn(draw(request.prompt(), request.index()));
  }

  private Draw draw(Prompt prompt, int index) {
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
    var ids = new Tokens.Ids(tokens, logProbabilities);
    return Draw.of(
        index,
        text.toString(),
        ids,
        LogProbability.exact(ids.logProbability(0)),
        length == 4 ? FinishReason.LENGTH : FinishReason.STOP);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, SLOTS);
  }

  @Override
  public Provenance provenance() {
    return new Provenance(
        "made up", Map.of("threads", "1", "library", "test"), Sampling.plain(4), seed);
  }

  @Override
  public void close() {}
}
