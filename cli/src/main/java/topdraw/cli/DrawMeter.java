package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import topdraw.recordings.run.RunFolder;
import topdraw.reference.DrawFailedException;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reward.Reward;

/// Shows how a long draw goes.
final class DrawMeter implements DrawProgress, AutoCloseable {
  private final ProgressLine shown;
  private final int total;
  private final String what;
  private final int before;
  private final boolean atMost;

  private DrawMeter(ProgressLine shown, int total, String what, int before, boolean atMost) {
    this.shown = shown;
    this.total = total;
    this.what = what;
    this.before = before;
    this.atMost = atMost;
  }

  /// A meter for `total` completions; 0 where nobody can tell how many there will be.
  static DrawMeter to(PrintWriter err, int total) {
    return new DrawMeter(
        ProgressLine.of(err, "drawing", total, ""), total, "completions", 0, false);
  }

  /// A meter for a completion of at most `most` blocks.
  static DrawMeter toBlocks(PrintWriter err, int most) {
    return new DrawMeter(
        ProgressLine.of(err, "drawing", most, ""), most, "blocks at most", 0, true);
  }

  /// A meter that writes plain lines, for `total` completions of which `before` were drawn earlier.
  static DrawMeter plain(PrintWriter err, LongSupplier nanoClock, int total, int before) {
    return new DrawMeter(ProgressLine.plain(err, nanoClock), total, "completions", before, false);
  }

  /// Draws, scores and writes what a run does not have yet; says what it has, and shows how it
  /// goes. Where it ends before its end, it says how far the run has come.
  static void record(RunFolder run, ReferencePolicy policy, List<Reward> rewards, PrintWriter err)
      throws IOException {
    int total = Math.toIntExact(run.manifest().lines());
    int before = Math.toIntExact(run.recorded());
    if (before > 0) {
      err.println(
          before == total
              ? "All %d samples are recorded already in %s".formatted(total, run.path())
              : "Going on: %d of %d samples are recorded in %s"
                  .formatted(before, total, run.path()));
    }
    try (DrawMeter meter =
        new DrawMeter(
            ProgressLine.of(err, "drawing", total, ""), total, "completions", before, false)) {
      run.record(policy, rewards, meter);
    } catch (CancellationException e) {
      throw Interruption.told(e, run.standing());
    } catch (DrawFailedException e) {
      throw new DrawFailedException(e.getMessage() + "; " + run.standing());
    }
  }

  @Override
  public void drawn(int completions, long tokens) {
    int finished = before + completions;
    double seconds = Math.max(1e-3, shown.seconds());
    String rate =
        String.format(
            Locale.ROOT,
            "%d tokens, %.0f a second%s",
            tokens,
            tokens / seconds,
            left(completions, seconds));
    String of = total == 0 || finished > total ? "" : " of " + total;
    shown.show(finished, rate, () -> "drawn " + finished + of + " " + what + ", " + rate);
  }

  /// As long again for each completion to come as for each drawn, once a quarter of them tells: the
  /// first ones wait for the model to wake, and a prompt may be longer than the next.
  private String left(int completions, double seconds) {
    int missing = total - before - completions;
    if (atMost || missing <= 0 || 4L * completions < total - before) {
      return "";
    }
    long left = Math.round(seconds / completions * missing);
    return left < 120
        ? ", " + left + " s left"
        : left < 7200 ? ", " + left / 60 + " min left" : ", " + left / 3600 + " h left";
  }

  @Override
  public void close() {
    shown.close();
  }
}
