package topdraw.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import topdraw.provider.DownloadProgress;

/// Shows a download on stderr: a live bar on a terminal, a line for each quarter elsewhere.
public final class DownloadBar implements DownloadProgress, AutoCloseable {
  private static final int WIDTH = 78;
  private static final int QUARTERS = 4;
  private static final long MEGABYTE = 1_000_000;

  private final PrintWriter err;
  private final boolean live;
  private @Nullable ProgressBar bar;
  private int quarter;

  DownloadBar(PrintWriter err, boolean live) {
    this.err = err;
    this.live = live;
  }

  /// A live bar if a person watches.
  ///
  /// @param err where it is shown
  /// @return the bar; the caller closes it
  public static DownloadBar on(PrintWriter err) {
    return new DownloadBar(err, Terminal.live());
  }

  @Override
  public void bytes(long done, long total) {
    if (live) {
      bar(total).stepTo(done);
    } else {
      line(done, total);
    }
  }

  @Override
  public void note(String line) {
    close();
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      err.println();
      err.flush();
      bar = null;
    }
    quarter = 0;
  }

  private void line(long done, long total) {
    int reached = (int) (QUARTERS * done / Math.max(1, total));
    if (reached > quarter) {
      err.printf("%d of %d MB%n", done / MEGABYTE, total / MEGABYTE);
      err.flush();
    }
    quarter = reached;
  }

  private ProgressBar bar(long total) {
    if (bar == null) bar = newBar(total);
    return bar;
  }

  private ProgressBar newBar(long total) {
    return new ProgressBarBuilder()
        .setTaskName("model")
        .setInitialMax(total)
        .setUnit("MB", MEGABYTE)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
        .build();
  }

  private void draw(String line) {
    err.print("\r" + line);
    err.flush();
  }
}
