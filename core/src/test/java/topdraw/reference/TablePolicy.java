package topdraw.reference;

import java.util.Iterator;
import java.util.Map;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Outcome;
import topdraw.draw.Tokens;
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

  /// Which outcome of the table a draw is.
  public static int outcome(Draw draw) {
    return ((Outcome.Ids) draw.outcome()).ids()[0];
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    ReferencePolicy.oneByOne(requests, answers, request -> new Answer.Drawn(draw(request)));
  }

  private Draw draw(Request request) {
    double u = Seeds.stream(seed, request.prompt().key(), request.index()).nextDouble();
    int outcome = 0;
    double below = Math.exp(logProbabilities[0]);
    while (u >= below && outcome < logProbabilities.length - 1) {
      outcome++;
      below += Math.exp(logProbabilities[outcome]);
    }
    return Draw.of(
        request.index(),
        "outcome " + outcome,
        new Tokens.Ids(new int[] {outcome}, new double[] {logProbabilities[outcome]}),
        LogProbability.exact(logProbabilities[outcome]),
        FinishReason.STOP);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, width);
  }

  @Override
  public Provenance provenance() {
    return new Provenance("table", Map.of(), Sampling.plain(1), seed);
  }

  @Override
  public void close() {}
}
