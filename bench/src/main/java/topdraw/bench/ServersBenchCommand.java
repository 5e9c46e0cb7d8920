package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.cli.DownloadBar;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.ModelStore;

@Command(
    name = "servers",
    mixinStandardHelpOptions = true,
    description = {
      "Measures drawing from servers, side by side with the bare sending of the same questions.",
      "",
      "Completions a second from llama.cpp's server, which ./check --install brings, and from one"
          + " that draws nothing, so that our own cost is seen; beside a bare loop over the JDK's"
          + " HTTP client with the same bodies and, where it is on the PATH, the load tool hey."
          + " Then what 256 questions under way take of memory, and whether a slow server holds up"
          + " a quick one. Takes minutes.",
    },
    footer = {"", "Example: topdraw bench servers --rounds 3"})
final class ServersBenchCommand implements Callable<Integer> {
  private static final int SLOTS = 4;
  private static final int DRAWN = 32;
  private static final int DRAWN_TOKENS = 8;
  private static final int QUICK_TOKENS = 16;
  private static final int QUICK_IN_FLIGHT = 16;
  private static final int QUICK = 8_000;
  private static final int MANY_IN_FLIGHT = 256;
  private static final int MANY = 1024;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      description =
          "A Python that has xllamacpp, llama.cpp's server. Default:"
              + " target/python-servers/bin/python3.")
  Path python = Path.of("target", "python-servers", "bin", "python3");

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Runs of each side behind every median. Default: 5.")
  int rounds;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  ServersBenchCommand() {}

  /// All that was measured.
  ///
  /// @param rounds runs of each side behind every median
  /// @param rates a server each
  /// @param memory of the whole program
  /// @param tail of a slow server beside a quick one
  record Report(
      int rounds,
      List<ServersBench.Rates> rates,
      ServersBench.Memory memory,
      ServersBench.Tail tail) {
    /// Copies the list.
    Report {
      rates = List.copyOf(rates);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "rounds must be at least 1, was " + rounds);
    }
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Optional<HeyLoad> hey = HeyLoad.find(System.getenv());
    if (hey.isEmpty()) err.println("hey is not on the PATH: only the bare loop stands beside ours");
    ServersBench bench = new ServersBench(rounds, hey, err::println);
    List<ServersBench.Rates> rates = new ArrayList<>();
    if (Files.isExecutable(python)) {
      try (ServerProcess server = ServerProcess.llama(python, model(err), SLOTS)) {
        rates.add(bench.rates("llama.cpp's server", server.url(), 2 * SLOTS, DRAWN, DRAWN_TOKENS));
      }
    } else {
      err.println(python + " is not there: llama.cpp's server is left out (./check --install)");
    }
    try (ServerProcess server = ServerProcess.fast(Duration.ZERO)) {
      rates.add(bench.rates("draws nothing", server.url(), QUICK_IN_FLIGHT, QUICK, QUICK_TOKENS));
    }
    Report report =
        new Report(
            rounds,
            rates,
            bench.memory(MANY_IN_FLIGHT, MANY, QUICK_TOKENS),
            bench.tail(QUICK_IN_FLIGHT, QUICK, QUICK_TOKENS));
    if (json) out.println(Json.line(report));
    else print(report, out);
    return 0;
  }

  private static ModelFile model(PrintWriter err) {
    try (DownloadBar bar = DownloadBar.on(err)) {
      return ModelStore.inUserCache(System.getenv()).defaultModel(bar);
    }
  }

  static void print(Report report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "completions a second, medians of %d; ratios are medians of adjacent runs, with the least and"
            + " the most%n%n",
        report.rounds());
    for (ServersBench.Rates rates : report.rates()) print(rates, out);
    out.printf(
        Locale.ROOT,
        "%d under way, %d in all: peak of the process %s%n",
        report.memory().inFlight(),
        report.memory().completions(),
        report.memory().peakBytes().isEmpty()
            ? "unknown"
            : "%.0f MiB".formatted(report.memory().peakBytes().getAsLong() / 1048576.0));
    ServersBench.Tail tail = report.tail();
    out.printf(
        Locale.ROOT,
        "a quick server alone %.0f, beside one that takes a second for each %.0f, ratio %s%n",
        tail.alone(),
        tail.beside(),
        ratio(tail.ratios()));
  }

  private static void print(ServersBench.Rates rates, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d completions, %d under way%n",
        rates.server(),
        rates.completions(),
        rates.inFlight());
    out.printf(
        Locale.ROOT,
        "  topdraw    %8.1f   %.2f s of processor time for 1,000%n",
        rates.ours(),
        rates.processorSeconds());
    out.printf(
        Locale.ROOT,
        "  bare loop  %8.1f   %.2f s of processor time for 1,000   topdraw to it %s%n",
        rates.bare(),
        rates.bareProcessorSeconds(),
        ratio(rates.toBare()));
    if (rates.hey() != null) {
      out.printf(
          Locale.ROOT,
          "  hey        %8.1f   topdraw to it %s%n",
          rates.hey(),
          ratio(rates.toHey()));
    }
    out.println();
  }

  private static String ratio(List<Double> ratios) {
    return "%.2f (%.2f to %.2f)"
        .formatted(
            Median.of(ratios, ratio -> ratio), Collections.min(ratios), Collections.max(ratios));
  }
}
