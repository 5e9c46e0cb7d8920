package topdraw.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import topdraw.search.CounterexampleSearch.Progress;

/// Shows how a search goes, by its time.
final class SearchMeter implements Progress, AutoCloseable {
  private final ProgressLine shown;
  private final long budget;
  private double worst = Double.NEGATIVE_INFINITY;

  SearchMeter(PrintWriter err, Duration budget) {
    this.budget = budget.toSeconds();
    shown = ProgressLine.of(err, "searching", this.budget, "s");
  }

  @Override
  public synchronized void round(int rounds, double violation) {
    worst = Math.max(worst, violation);
    long seconds = (long) shown.seconds();
    String state = String.format(Locale.ROOT, "%d rounds, worst %+.2e", rounds, worst);
    shown.show(
        Math.min(seconds, budget),
        state,
        () -> "searched " + seconds + " of " + budget + " s: " + state);
  }

  @Override
  public void close() {
    shown.close();
  }
}
