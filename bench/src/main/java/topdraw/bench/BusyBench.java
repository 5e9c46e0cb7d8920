package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;

/// How much of its speed the engine keeps where it has not the machine for itself: beside busy
/// threads, and under a quota as containers have one; llama.cpp's own benchmark in the same place.
///
/// Every run is a process of its own; in each round every strain has its turn, and ours and the
/// peer's run follow each other, the other first each time. A ratio is of two runs of one round.
///
/// @param file the model
/// @param build ours
/// @param peer llama.cpp's own benchmark, or null
/// @param n completions side by side
/// @param tokens of each
record BusyBench(
    ModelFile file, EngineBuild build, @Nullable BatchedBench peer, int n, int tokens) {
  private static final int PROMPT_TOKENS = 16;
  private static final int MANY = 8;
  private static final double QUOTA = 1.5;

  /// What a side did under a strain.
  ///
  /// @param tokensPerSecond median of the decode steps
  /// @param ofIdle median, over the rounds, of this over the same round's on the idle machine
  record Side(double tokensPerSecond, double ofIdle) {}

  /// A strain.
  ///
  /// @param strain what took of the machine
  /// @param threads of ours
  /// @param fairShare of the idle machine's speed, as a fair scheduler would leave it
  /// @param ours the engine's side
  /// @param peer the peer's, null without one
  /// @param ratio median of ours over the peer's, null without one
  record Row(
      String strain,
      int threads,
      double fairShare,
      Side ours,
      @Nullable Side peer,
      @Nullable Double ratio) {}

  /// The answer.
  ///
  /// @param engine our build
  /// @param peerBuild the peer's, null without one
  /// @param cores of the machine
  /// @param n completions side by side
  /// @param rounds behind every median
  /// @param rows a strain each, the idle machine first
  /// @param noQuota why no quota could be set, null where one was
  record Report(
      String engine,
      @Nullable String peerBuild,
      int cores,
      int n,
      int rounds,
      List<Row> rows,
      @Nullable String noQuota) {
    /// Copies the list.
    public Report {
      rows = List.copyOf(rows);
    }
  }

  private interface Setting {
    Strain begin() throws IOException;
  }

  private record Runs(Setting setting, List<EngineRun> ours, List<Double> theirs) {
    Runs(Setting setting) {
      this(setting, new ArrayList<>(), new ArrayList<>());
    }
  }

  /// Measures.
  ///
  /// @param rounds at least 1
  /// @param progress is told each run in a line
  /// @throws IOException if a run fails
  Report measure(int rounds, Consumer<String> progress) throws IOException {
    if (rounds < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "rounds must be at least 1, was " + rounds);
    }
    List<Runs> all = new ArrayList<>();
    all.add(new Runs(Strain.Idle::new));
    all.add(new Runs(() -> Strain.BusyThreads.start(1)));
    all.add(new Runs(() -> Strain.BusyThreads.start(MANY)));
    String noQuota = whyNoQuota();
    if (noQuota == null) all.add(new Runs(() -> Strain.Quota.set(QUOTA)));
    for (int round = 1; round <= rounds; round++) {
      for (Runs runs : all) run(runs, round, progress);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    List<Row> rows = new ArrayList<>();
    for (Runs runs : all) rows.add(row(runs, all.getFirst(), cores));
    return new Report(
        "llama.cpp " + build.label(),
        peer == null ? null : peer.build(),
        cores,
        n,
        rounds,
        rows,
        noQuota);
  }

  private static @Nullable String whyNoQuota() {
    try (Strain _ = Strain.Quota.set(QUOTA)) {
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private void run(Runs runs, int round, Consumer<String> progress) throws IOException {
    try (Strain strain = runs.setting().begin()) {
      boolean oursFirst = round % 2 == 1;
      if (oursFirst) runs.ours().add(ours(strain));
      if (peer != null) {
        int threads = Runtime.getRuntime().availableProcessors();
        runs.theirs()
            .add(
                peer.run(strain.by(), file.path(), threads, PROMPT_TOKENS, tokens - 1, n)
                    .stepTokensPerSecond());
      }
      if (!oursFirst) runs.ours().add(ours(strain));
      progress.accept(
          String.format(
              Locale.ROOT,
              "round %d, %s: %.1f%s tokens/s",
              round,
              strain.title(),
              runs.ours().getLast().stepTokensPerSecond(),
              peer == null
                  ? ""
                  : String.format(Locale.ROOT, ", peer %.1f", runs.theirs().getLast())));
    }
  }

  private EngineRun ours(Strain strain) throws IOException {
    return EngineRun.in(strain.by(), file, build, n, tokens);
  }

  private static Row row(Runs runs, Runs idle, int cores) throws IOException {
    List<Double> ours = rates(runs);
    int threads = runs.ours().getLast().threads();
    try (Strain strain = runs.setting().begin()) {
      boolean alone = runs.theirs().isEmpty();
      return new Row(
          strain.title(),
          threads,
          strain.fairShare(cores, idle.ours().getLast().threads()),
          new Side(median(ours), ratio(ours, rates(idle))),
          alone ? null : new Side(median(runs.theirs()), ratio(runs.theirs(), idle.theirs())),
          alone ? null : ratio(ours, runs.theirs()));
    }
  }

  private static List<Double> rates(Runs runs) {
    return runs.ours().stream().map(EngineRun::stepTokensPerSecond).toList();
  }

  private static double median(List<Double> values) {
    return Median.of(values, x -> x);
  }

  private static double ratio(List<Double> these, List<Double> those) {
    return Median.of(
        IntStream.range(0, these.size()).mapToObj(i -> these.get(i) / those.get(i)).toList(),
        x -> x);
  }

  /// Prints a table.
  static void print(Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s on %d cores, %d completions side by side, tokens/s of decode steps, medians of %d%n",
        report.engine(),
        report.cores(),
        report.n(),
        report.rounds());
    out.println("peer    " + (report.peerBuild() == null ? "none" : report.peerBuild()));
    out.println();
    out.println(
        "                     threads  fair share     ours  of idle     peer  of idle  ours /"
            + " peer");
    for (Row row : report.rows()) {
      Side peer = row.peer();
      Double ratio = row.ratio();
      out.printf(
          Locale.ROOT,
          "%-20s  %6d  %10.2f  %7.1f  %7.2f  %7s  %7s  %11s%n",
          row.strain(),
          row.threads(),
          row.fairShare(),
          row.ours().tokensPerSecond(),
          row.ours().ofIdle(),
          peer == null ? "-" : String.format(Locale.ROOT, "%.1f", peer.tokensPerSecond()),
          peer == null ? "-" : String.format(Locale.ROOT, "%.2f", peer.ofIdle()),
          ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio));
    }
    if (report.noQuota() != null) {
      out.println("no quota could be set here: " + report.noQuota());
    }
  }
}
