package topdraw.llama.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How many cores the work of others leaves to this process, looked at from time to time.
///
/// Threads that wait for each other by spinning without end take the processor from the very thread
/// that they wait for: beside other work fewer of them are faster, by far. On Linux; elsewhere, and
/// where a container hides what else the machine does, all are taken for free.
final class FreeCores {
  private static final Path STATISTICS = Path.of("/proc/stat");

  /// Long enough for its count in hundredths of a second to say something.
  private static final Duration EVERY = Duration.ofMillis(250);

  private final LongSupplier clock;
  private final Supplier<Optional<Reading>> machine;
  private Reading last;
  private long looked;
  private double free = Double.POSITIVE_INFINITY;

  /// The machine and this process at one time; only differences mean something.
  ///
  /// @param at the time
  /// @param own processor time that this process has had, of all its threads
  /// @param idle the idle time of all cores, in ticks
  /// @param all the time of all cores, in ticks
  /// @param cores of the machine
  record Reading(Duration at, Duration own, long idle, long all, int cores) {
    /// What was idle or ours since an earlier reading, in cores.
    double freeSince(Reading before) {
      double idleCores = cores * (double) (idle - before.idle) / (all - before.all);
      return idleCores + (double) own.minus(before.own).toNanos() / at.minus(before.at).toNanos();
    }
  }

  private FreeCores(LongSupplier clock, Supplier<Optional<Reading>> machine, Reading first) {
    this.clock = clock;
    this.machine = machine;
    last = first;
    looked = first.at.toNanos();
  }

  /// Looks at a machine for the first time.
  ///
  /// @param clock the time of its readings, in nanoseconds
  /// @param machine what is read of it
  /// @return nothing where nothing can be read
  static Optional<FreeCores> of(LongSupplier clock, Supplier<Optional<Reading>> machine) {
    return machine.get().map(first -> new FreeCores(clock, machine, first));
  }

  /// Looks at this machine for the first time.
  ///
  /// @return nothing where its statistics cannot be read
  static Optional<FreeCores> ofThisMachine() {
    return of(System::nanoTime, () -> read(STATISTICS));
  }

  /// How many threads there is room for.
  ///
  /// @param most how many would be used on an idle machine
  /// @return from 1 to `most`
  synchronized int room(int most) {
    long now = clock.getAsLong();
    // Asked at every decode, so the machine is looked at only when it is time.
    if (now - looked >= EVERY.toNanos()) {
      looked = now;
      machine.get().ifPresentOrElse(this::look, () -> free = Double.POSITIVE_INFINITY);
    }
    return (int) Math.clamp(Math.rint(free), 1, most);
  }

  private void look(Reading now) {
    if (now.all <= last.all) return;
    free = now.freeSince(last);
    last = now;
  }

  /// Reads the statistics of Linux.
  ///
  /// @param statistics where they are
  /// @return nothing where they cannot be read
  static Optional<Reading> read(Path statistics) {
    Optional<Duration> own = ProcessHandle.current().info().totalCpuDuration();
    if (own.isEmpty() || !Files.isReadable(statistics)) return Optional.empty();
    try (Stream<String> lines = Files.lines(statistics)) {
      return read(
          lines.takeWhile(line -> line.startsWith("cpu")).toList(),
          Duration.ofNanos(System.nanoTime()),
          own.get());
    } catch (IOException | UncheckedIOException e) { // the latter of a line
      return Optional.empty();
    }
  }

  /// Reads the lines of `/proc/stat` that tell of processors: of all together, then of each.
  /// Source: proc(5).
  static Optional<Reading> read(List<String> lines, Duration at, Duration own) {
    if (lines.size() < 2) return Optional.empty();
    // user, nice, system, idle, iowait, irq, softirq, steal; a guest's time is in user's already.
    long[] ticks =
        Stream.of(lines.getFirst().split(" +"))
            .skip(1)
            .limit(8)
            .mapToLong(Long::parseLong)
            .toArray();
    if (ticks.length < 5) return Optional.empty();
    long all = 0;
    for (long of : ticks) all += of;
    return Optional.of(new Reading(at, own, ticks[3] + ticks[4], all, lines.size() - 1));
  }
}
