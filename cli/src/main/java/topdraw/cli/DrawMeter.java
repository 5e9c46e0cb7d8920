package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import topdraw.recordings.run.RunFolder;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reward.Reward;

/// Shows how a long draw goes: a live bar on a terminal, a plain line every ten seconds elsewhere.
final class DrawMeter implements DrawProgress, AutoCloseable {
  private static final long PLAIN_LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter err;
  private final LongSupplier clock;
  private final int total;
  private final String what;
  private final int before;
  private final @Nullable ProgressBar bar;
  private final long started;
  private long lastLine;
  private int finishedBefore;
  private long tokensBefore;
  private int finished;
  private long tokens;

  private DrawMeter(
      PrintWriter err,
      LongSupplier clock,
      int total,
      String what,
      int before,
      @Nullable ProgressBar bar) {
    this.err = err;
    this.clock = clock;
    this.total = total;
    this.what = what;
    this.before = before;
    this.finished = before;
    this.finishedBefore = before;
    this.bar = bar;
    this.started = clock.getAsLong();
    this.lastLine = started;
  }

  /// A meter for `total` completions; 0 where nobody can tell how many there will be.
  static DrawMeter to(PrintWriter err, int total) {
    return to(err, total, 0);
  }

  /// A meter for `total` completions of which `before` were drawn by an earlier call.
  static DrawMeter to(PrintWriter err, int total, int before) {
    return live(err, total, "completions", before);
  }

  /// Draws, scores and writes what a run does not have yet, and shows how it goes.
  static void record(RunFolder run, ReferencePolicy policy, List<Reward> rewards, PrintWriter err)
      throws IOException {
    int total = Math.toIntExact(run.manifest().lines());
    try (DrawMeter meter = to(err, total, Math.toIntExact(run.recorded()))) {
      run.record(policy, rewards, meter);
    }
  }

  /// A meter for a completion of at most `most` blocks.
  static DrawMeter toBlocks(PrintWriter err, int most) {
    return live(err, most, "blocks at most", 0);
  }

  private static DrawMeter live(PrintWriter err, int total, String what, int before) {
    return new DrawMeter(
        err,
        System::nanoTime,
        total,
        what,
        before,
        Terminal.live()
            ? new ProgressBarBuilder()
                .setTaskName("drawing")
                .setInitialMax(total == 0 ? -1 : total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 79))
                .build()
            : null);
  }

  /// A meter that writes plain lines, for tests with a clock of their own.
  static DrawMeter plain(PrintWriter err, LongSupplier nanoClock, int total) {
    return new DrawMeter(err, nanoClock, total, "completions", 0, null);
  }

  @Override
  public void drawn(int completions, long newTokens) {
    finished = finishedBefore + completions;
    tokens = tokensBefore + newTokens;
    if (bar != null) {
      bar.stepTo(finished).setExtraMessage(rate());
    } else if (clock.getAsLong() - lastLine >= PLAIN_LINE_NANOS) {
      lastLine = clock.getAsLong();
      String of = total == 0 || finished > total ? "" : " of " + total;
      err.println("drawn " + finished + of + " " + what + ", " + rate());
    }
  }

  /// Begins the next prompt: what comes counts on top of what was drawn.
  void next() {
    finishedBefore = finished;
    tokensBefore = tokens;
  }

  private String rate() {
    double seconds = Math.max(1e-3, (clock.getAsLong() - started) / 1e9);
    return String.format(
        Locale.ROOT, "%d tokens, %.0f a second%s", tokens, tokens / seconds, left(seconds));
  }

  /// As long again for each completion to come as for each drawn.
  private String left(double seconds) {
    if (finished == before || finished >= total) {
      return "";
    }
    long left = Math.round(seconds / (finished - before) * (total - finished));
    return left < 120
        ? ", " + left + " s left"
        : left < 7200 ? ", " + left / 60 + " min left" : ", " + left / 3600 + " h left";
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
