package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.cli.DownloadBar;
import topdraw.json.Json;
import topdraw.llama.LlamaSettings;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;

@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the embedded engine, side by side with llama.cpp's own llama-batched-bench.",
      "",
      "Draws 1, 4, 16 and 64 completions of 64 tokens from the default model. Where the peer is"
          + " found (--peer, the first of TOPDRAW_BATCHED_BENCH, or on the PATH; tools/batched-bench.sh builds"
          + " it) its runs alternate with ours: same model, threads, prompt length and steps, flash"
          + " attention on. Then draws completions of uneven lengths, by waves and with every slot"
          + " refilled at once, in turn, and answers 8 requests of 4 completions each, one after"
          + " the other and all at once, in turn. Takes minutes; wants an otherwise idle machine.",
      "",
      "With --busy it measures instead what is left of the speed beside one busy thread, beside 8,"
          + " and under a quota of 1.5 cores where one can be set (a control group, or"
          + " systemd-run), 16 completions side by side; the peer in the same place. Every run is a"
          + " process of its own, without the launcher.",
    },
    footer = {"", "Example: topdraw bench engine --rounds 3"})
final class EngineBenchCommand implements Callable<Integer> {
  private static final int SIDE_BY_SIDE = 16;

  @Option(
      names = "--peer",
      paramLabel = "PATH",
      description = "The llama-batched-bench to compare with.")
  @Nullable Path peer;

  @Option(
      names = "--engine",
      paramLabel = "BUILD",
      description = "Our build of llama.cpp, b4916 or v0.5.0. Default: b4916.")
  @Nullable String engine;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Runs of each side behind every median. Default: 5.")
  int rounds;

  @Option(names = "--busy", description = "Measure beside other work, and under a quota.")
  boolean busy;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  EngineBenchCommand() {}

  @Override
  public Integer call() throws IOException {
    BatchedBench other =
        peer == null ? BatchedBench.first(System.getenv(), err()::println) : BatchedBench.at(peer);
    if (busy) {
      var bench = new BusyBench(model(), fetched(), other, SIDE_BY_SIDE, EngineBench.NEW_TOKENS);
      BusyBench.Report report = bench.measure(rounds, err()::println);
      if (json) out().println(Json.line(report));
      else BusyBench.print(report, out());
      return 0;
    }
    int threads = LlamaSettings.defaults().threads();
    try (EngineBench bench = EngineBench.open(model(), fetched(), threads)) {
      EngineBench.Report report = bench.measure(rounds, other, err()::println);
      if (json) out().println(Json.line(report));
      else print(report, out());
    }
    return 0;
  }

  private EngineBuild fetched() {
    EngineBuild build = engine == null ? EngineBuild.DEFAULT : EngineBuild.of(engine);
    try (DownloadBar bar = DownloadBar.on(err())) {
      EngineStore.inUserCache(System.getenv()).fetch(build, bar);
    }
    return build;
  }

  private ModelFile model() {
    ModelStore store = ModelStore.inUserCache(System.getenv());
    try (DownloadBar bar = DownloadBar.on(err())) {
      return store.defaultModel(bar);
    }
  }

  static void print(EngineBench.Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s, %d threads, flash attention on, prompt of %d tokens, %d new tokens, medians of %d%n",
        report.model(),
        report.threads(),
        report.promptTokens(),
        report.newTokens(),
        report.rounds());
    out.println("engine  " + report.engine() + ": " + report.processor());
    out.println(
        "peer    "
            + Objects.requireNonNullElse(
                report.peerBuild(),
                "none: no --peer, TOPDRAW_BATCHED_BENCH or llama-batched-bench on the PATH"));
    out.println();
    out.println("   n  tokens/s  in steps  peer, in steps  ratio  outside decode  B/token  peak");
    report.rows().forEach(row -> print(row, out));
    out.println();
    print(report.refill(), out);
    print(report.shared(), out);
  }

  private static void print(RefillBench.Report refill, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "uneven lengths: %d completions of %d prompts, %d side by side, %d tokens, the longest"
            + " %d%n",
        refill.completions(),
        refill.prompts(),
        refill.width(),
        refill.tokens(),
        refill.longest());
    out.printf(
        Locale.ROOT,
        "by waves %.1f tokens/s, refilled %.1f tokens/s, ratio %.2f (%.2f to %.2f)%n",
        refill.wavesTokensPerSecond(),
        refill.refilledTokensPerSecond(),
        refill.ratio(),
        Collections.min(refill.ratios()),
        Collections.max(refill.ratios()));
  }

  private static void print(SharedBench.Report shared, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "requests: %d of %d completions each, %d side by side, %d tokens%n",
        shared.requests(),
        shared.n(),
        shared.width(),
        shared.tokens());
    out.printf(
        Locale.ROOT,
        "one after the other %.1f tokens/s, at once %.1f tokens/s, ratio %.2f (%.2f to %.2f)%n",
        shared.aloneTokensPerSecond(),
        shared.sharedTokensPerSecond(),
        shared.ratio(),
        Collections.min(shared.ratios()),
        Collections.max(shared.ratios()));
  }

  private static void print(EngineBench.Row row, PrintWriter out) {
    EngineBench.Peer other = row.peer();
    Long peak = row.peakBytes();
    out.printf(
        Locale.ROOT,
        "%4d  %8.1f  %8.1f  %14s  %5s  %12.2f %%  %7.1f  %s%n",
        row.n(),
        row.tokensPerSecond(),
        row.stepTokensPerSecond(),
        other == null ? "-" : "%.1f".formatted(other.stepTokensPerSecond()),
        other == null ? "-" : "%.2f".formatted(other.ratio()),
        100 * row.outsideDecode(),
        row.bytesPerToken(),
        peak == null ? "-" : "%.0f MB".formatted(peak / 1e6));
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
