package topdraw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What takes from a program the processor that an idle machine would give it, until this is
/// closed.
sealed interface Strain extends AutoCloseable {
  /// What it is.
  String title();

  /// The command that starts a program under it; empty where any program is.
  default List<String> by() {
    return List.of();
  }

  /// How much a fair scheduler leaves, of what an idle machine gives.
  ///
  /// @param cores of the machine
  /// @param threads of the program, each of which would keep a core busy
  /// @return at most 1
  double fairShare(int cores, int threads);

  @Override
  void close();

  /// Nothing at all.
  record Idle() implements Strain {
    @Override
    public String title() {
      return "idle";
    }

    @Override
    public double fairShare(int cores, int threads) {
      return Math.min(1, (double) cores / threads);
    }

    @Override
    public void close() {}
  }

  /// Threads of this process that do nothing but keep cores busy.
  record BusyThreads(int count, AtomicBoolean over) implements Strain {
    static BusyThreads start(int count) {
      var busy = new BusyThreads(count, new AtomicBoolean());
      IntStream.range(0, count)
          .forEach(i -> Thread.ofPlatform().daemon().name("busy-" + i).start(busy::turn));
      return busy;
    }

    private void turn() {
      while (!over.get()) Thread.onSpinWait();
    }

    @Override
    public String title() {
      return count == 1 ? "1 busy thread" : count + " busy threads";
    }

    @Override
    public double fairShare(int cores, int threads) {
      return Math.min(1, (double) cores / (threads + count));
    }

    @Override
    public void close() {
      over.set(true);
    }
  }

  /// A limit on processor time, as containers have one.
  ///
  /// @param cores seconds of processor time a second
  /// @param by starts a program under it
  /// @param made what is removed in the end
  record Quota(double cores, List<String> by, List<Path> made) implements Strain {
    private static final int PERIOD_MICROS = 100_000;
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    /// Copies the lists.
    public Quota {
      by = List.copyOf(by);
      made = List.copyOf(made);
    }

    /// Sets a quota in a control group of its own, or has systemd do so.
    ///
    /// @throws IOException if neither can be done here, saying why
    static Quota set(double cores) throws IOException {
      String why;
      try {
        return inGroup(cores);
      } catch (IOException e) {
        why = "control group: " + e.getClass().getSimpleName() + " " + e.getMessage();
      }
      String percent = "CPUQuota=" + Math.round(100 * cores) + "%";
      for (List<String> scope : List.of(List.of("--scope"), List.of("--user", "--scope"))) {
        List<String> by = new ArrayList<>(List.of("systemd-run"));
        by.addAll(scope);
        by.addAll(List.of("--quiet", "-p", percent, "--"));
        try {
          BatchedBench.output(Stream.concat(by.stream(), Stream.of("true")).toList(), true);
          return new Quota(cores, by, List.of());
        } catch (IOException e) {
          why += "; " + e.getMessage();
        }
      }
      throw new IOException(why);
    }

    private static Quota inGroup(double cores) throws IOException {
      String name = "topdraw-bench-" + ProcessHandle.current().pid();
      long micros = Math.round(cores * PERIOD_MICROS);
      boolean unified = Files.exists(GROUPS.resolve("cgroup.controllers"));
      Path group = GROUPS.resolve(unified ? "" : "cpu").resolve(own(unified)).resolve(name);
      Files.createDirectory(group);
      try {
        if (unified) {
          Files.writeString(group.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
        } else {
          Files.writeString(group.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
          Files.writeString(group.resolve("cpu.cfs_quota_us"), "" + micros);
        }
      } catch (IOException e) {
        Files.delete(group);
        throw e;
      }
      String enter = "echo $$ > \"$0\" && exec \"$@\"";
      String processes = group.resolve("cgroup.procs").toString();
      return new Quota(cores, List.of("sh", "-c", enter, processes), List.of(group));
    }

    /// The control group that this process is in, below the root.
    private static String own(boolean unified) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
          .map(line -> line.split(":", 3))
          .filter(
              parts ->
                  unified ? parts[1].isEmpty() : List.of(parts[1].split(",", -1)).contains("cpu"))
          .map(parts -> parts[2].substring(1))
          .findFirst()
          .orElseThrow(() -> new IOException("none for the processor"));
    }

    @Override
    public String title() {
      return String.format(Locale.ROOT, "quota of %.1f cores", cores);
    }

    @Override
    public double fairShare(int machine, int threads) {
      return Math.min(1, cores / threads);
    }

    @Override
    public void close() {
      for (Path group : made) {
        try {
          Files.deleteIfExists(group); // empty, now that what ran in it has ended
        } catch (IOException e) {
          System.getLogger(Strain.class.getName())
              .log(System.Logger.Level.WARNING, "cannot remove the control group " + group, e);
        }
      }
    }
  }
}
