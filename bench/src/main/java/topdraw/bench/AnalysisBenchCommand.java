package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import topdraw.cli.Topdraw;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.imports.SyntheticRecording;

@Command(
    name = "analysis",
    description = {
      "Times topdraw analyze on a large Parquet recording against the same estimates in numpy and"
          + " pandas.",
      "",
      "Each side is a process of its own, timed from its start to its end: best-of-n and early stop"
          + " at 64 values of n, rewind-and-repeat, means over prompts with intervals. Ours also"
          + " audits the samples and certifies; the peer does not."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench analysis --prompts 1000"})
final class AnalysisBenchCommand implements Callable<Integer> {
  private static final int GRID = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--prompts",
      paramLabel = "B",
      defaultValue = "10000",
      description = "Prompts of the made-up recording. Default: 10000.")
  private long prompts;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Samples of each prompt. Default: 1000.")
  private int samples;

  @Option(
      names = "--threshold",
      paramLabel = "REWARD",
      defaultValue = "0.9",
      description =
          "Where early stop and rewind-and-repeat accept; rewards are uniform in (0, 1)."
              + " Default: 0.9.")
  private double threshold;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the recording. Default: 0.")
  private long seed;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      defaultValue = "python3",
      description = "A Python that has pandas and pyarrow. Default: python3.")
  private String python = "python3";

  @Option(names = "--alone", description = "Leave the peer out.")
  private boolean alone;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (prompts < 1 || samples < 2) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--prompts is at least 1 and --samples at least 2, were " + prompts + " and " + samples);
    }
    Path folder = Files.createTempDirectory("topdraw-bench");
    Path file = folder.resolve("samples.parquet");
    try {
      SyntheticRecording.write(file, prompts, samples, seed);
      report(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
    return 0;
  }

  private void report(Path file) throws IOException {
    MeasuredProcess ours = MeasuredProcess.run(ours(file));
    Optional<MeasuredProcess> theirs = alone ? Optional.empty() : Optional.of(peer(file));
    Optional<JsonNode> peer =
        theirs.filter(p -> !p.output().startsWith("missing")).map(p -> Json.read(p.output()));
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rows", prompts * samples);
    object.put("prompts", prompts);
    object.put("grid", grid().size());
    put(object, "topdraw", ours);
    peer.ifPresent(
        p -> {
          put(object, "peer", theirs.orElseThrow());
          object.put("peer_name", p.get("peer").stringValue());
          object.put(
              "peer_seconds / topdraw_seconds", theirs.orElseThrow().seconds() / ours.seconds());
          Agreement agreement = Agreement.of(Json.read(ours.output()), p.get("curves"));
          object.put("compared", agreement.compared());
          object.put("largest_difference", agreement.largestDifference());
        });
    if (json) {
      out.println(Json.line(object));
      return;
    }
    out.printf(
        "%,d rows, %d prompts, %d values of n, seed %d, %d cores%n",
        prompts * samples,
        prompts,
        grid().size(),
        seed,
        Runtime.getRuntime().availableProcessors());
    print(out, "topdraw analyze", ours);
    if (peer.isEmpty()) {
      out.println(
          alone
              ? "the peer was left out"
              : python + " has no pandas with pyarrow; to get them: pip install pandas pyarrow");
      return;
    }
    print(out, peer.get().get("peer").stringValue(), theirs.orElseThrow());
    Agreement agreement = Agreement.of(Json.read(ours.output()), peer.get().get("curves"));
    out.printf(
        "peer / topdraw: %.1f; largest difference of %d numbers: %.1e%n",
        theirs.orElseThrow().seconds() / ours.seconds(),
        agreement.compared(),
        agreement.largestDifference());
  }

  private static void put(Map<String, Object> object, String side, MeasuredProcess process) {
    object.put(side + "_seconds", process.seconds());
    process.peakBytes().ifPresent(bytes -> object.put(side + "_peak_bytes", bytes));
  }

  private static void print(PrintWriter out, String name, MeasuredProcess process) {
    OptionalLong peak = process.peakBytes();
    out.printf(
        "%-30s %8.1f s   %s%n",
        name,
        process.seconds(),
        peak.isPresent() ? "peak memory %.2f GiB".formatted(peak.getAsLong() / 0x1p30) : "");
  }

  /// What a person runs.
  private List<String> ours(Path file) {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of("analyze", file.toString(), "--quiet", "--json"));
    command.addAll(List.of("--threshold", Double.toString(threshold), "-n", words()));
    return command;
  }

  /// The launcher, where it started this; else the same Java with its flags.
  static List<String> program() {
    String launcher = System.getProperty("topdraw.launcher");
    return launcher != null
        ? List.of(launcher)
        : List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Topdraw.class.getName());
  }

  private MeasuredProcess peer(Path file) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(python, "-c", PythonPeer.text("analysis_bench.py")));
    command.addAll(List.of(file.toString(), words(), Double.toString(threshold)));
    return MeasuredProcess.run(command);
  }

  private String words() {
    return grid().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /// 64 values of n from 1 to one below the samples, evenly on a logarithmic scale as far as whole
  /// numbers can be; fewer where there are not so many.
  private SortedSet<Integer> grid() {
    SortedSet<Integer> grid = new TreeSet<>();
    int most = samples - 1;
    for (int steps = 1; grid.size() < Math.min(GRID, most); steps++) {
      grid.clear();
      for (int k = 0; k <= steps; k++) {
        grid.add((int) Math.round(Math.pow(most, (double) k / steps)));
      }
    }
    return grid;
  }
}
