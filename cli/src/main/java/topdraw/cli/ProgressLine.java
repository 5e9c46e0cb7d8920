package topdraw.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// How long work goes: a live bar on a terminal, a plain line every ten seconds elsewhere.
public final class ProgressLine implements AutoCloseable {
  private static final long PLAIN_LINE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int WIDTH = 79;

  private final PrintWriter err;
  private final LongSupplier clock;
  private final @Nullable ProgressBar bar;
  private final long started;
  private long lastLine;

  private ProgressLine(PrintWriter err, LongSupplier clock, @Nullable ProgressBar bar) {
    this.err = err;
    this.clock = clock;
    this.bar = bar;
    started = clock.getAsLong();
    lastLine = started;
  }

  /// A bar where a person watches.
  ///
  /// @param err where plain lines go
  /// @param task one word
  /// @param total how much is to be done; 0 where nobody can tell
  /// @param unit of what, after the numbers; may be empty
  /// @return what shows it
  public static ProgressLine of(PrintWriter err, String task, long total, String unit) {
    if (!Terminal.live()) {
      return plain(err, System::nanoTime);
    }
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total == 0 ? -1 : total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
    return new ProgressLine(
        err, System::nanoTime, (unit.isEmpty() ? bar : bar.setUnit(unit, 1)).build());
  }

  /// Plain lines, by a clock in nanoseconds.
  static ProgressLine plain(PrintWriter err, LongSupplier clock) {
    return new ProgressLine(err, clock, null);
  }

  double seconds() {
    return (clock.getAsLong() - started) / 1e9;
  }

  /// Shows how far the work is.
  ///
  /// @param done how much of the total
  /// @param state what a bar says beside it
  /// @param line what a plain line says
  public void show(long done, String state, Supplier<String> line) {
    if (bar != null) {
      bar.stepTo(done).setExtraMessage(state);
    } else if (clock.getAsLong() - lastLine >= PLAIN_LINE_NANOS) {
      lastLine = clock.getAsLong();
      err.println(line.get());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
