package topdraw.recordings.run;

import java.util.Iterator;
import java.util.Map;
import java.util.function.BiFunction;
import topdraw.draw.Draw;
import topdraw.reference.Answer;
import topdraw.reference.Capabilities;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.reference.Sampling;

/// A reference policy that answers as it is told, out of order where the one it wraps does.
final class ScriptedPolicy implements ReferencePolicy {
  private final ShuffledPolicy order;
  private final BiFunction<Request, Answer, Answer> instead;
  int asked;

  /// @param instead what to answer to a request that [ShuffledPolicy] answers so
  ScriptedPolicy(long seed, BiFunction<Request, Answer, Answer> instead) {
    order = new ShuffledPolicy(seed);
    this.instead = instead;
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    var drawn = new Progress();
    order.drawAll(
        requests,
        (request, answer) -> {
          asked++;
          Answer scripted = instead.apply(request, answer);
          answers.answered(request, scripted);
          if (scripted instanceof Answer.Drawn(Draw draw)) drawn.tell(draw, answers);
        });
  }

  private static final class Progress {
    private int completions;
    private long tokens;

    void tell(Draw draw, Answers answers) {
      tokens += (long) draw.length().orElse(0);
      answers.drawn(++completions, tokens);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, 7);
  }

  @Override
  public Provenance provenance() {
    return new Provenance(
        "made up",
        Map.of("threads", "1", "library", "test"),
        Sampling.plain(4),
        order.provenance().seed());
  }

  @Override
  public void close() {}
}
