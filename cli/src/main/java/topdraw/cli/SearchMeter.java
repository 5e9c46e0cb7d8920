package topdraw.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import topdraw.search.CounterexampleSearch.Progress;

/// Shows how a search goes: a live bar of its time on a terminal, a plain line every ten seconds
/// elsewhere.
final class SearchMeter implements Progress, AutoCloseable {
  private static final long PLAIN_LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter err;
  private final Duration budget;
  private final @Nullable ProgressBar bar;
  private final long started = System.nanoTime();
  private long lastLine = started;
  private double worst = Double.NEGATIVE_INFINITY;

  private SearchMeter(PrintWriter err, Duration budget, @Nullable ProgressBar bar) {
    this.err = err;
    this.budget = budget;
    this.bar = bar;
  }

  static SearchMeter to(PrintWriter err, Duration budget) {
    return new SearchMeter(
        err,
        budget,
        Terminal.live()
            ? new ProgressBarBuilder()
                .setTaskName("searching")
                .setInitialMax(budget.toSeconds())
                .setUnit("s", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 79))
                .build()
            : null);
  }

  @Override
  public synchronized void round(int rounds, double violation) {
    worst = Math.max(worst, violation);
    long now = System.nanoTime();
    long seconds = (now - started) / 1_000_000_000;
    String state = String.format(Locale.ROOT, "%d rounds, worst %+.2e", rounds, worst);
    if (bar != null) {
      bar.stepTo(Math.min(seconds, budget.toSeconds())).setExtraMessage(state);
    } else if (now - lastLine >= PLAIN_LINE_NANOS) {
      lastLine = now;
      err.println("searched " + seconds + " of " + budget.toSeconds() + " s: " + state);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
