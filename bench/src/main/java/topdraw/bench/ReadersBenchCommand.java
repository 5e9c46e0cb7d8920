package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

@Command(
    name = "readers",
    description = {
      "Times topdraw analyze on JSON Lines and CSV against DuckDB, pandas and Polars.",
      "",
      "The same made-up file for all; each side is a process of its own, timed from its start to"
          + " the mean reward of best-of-n, in turns. Ours also audits the samples, takes texts and"
          + " log-probabilities, gives intervals, drift and win rate; the peers read two columns"
          + " and do none of it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench readers --rounds 1"})
final class ReadersBenchCommand implements Callable<Integer> {
  private static final String GRID = "1,4,16";
  private static final List<String> LIBRARIES = List.of("duckdb", "pandas", "polars");
  private static final int WORDS = 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--prompts",
      paramLabel = "B",
      defaultValue = "2000",
      description = "Prompts of the made-up recording. Default: 2000.")
  private int prompts;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "100",
      description = "Samples of each prompt, at least 17. Default: 100.")
  private int samples;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "3",
      description = "Runs of each side behind every median. Default: 3.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the recording. Default: 0.")
  private long seed;

  @Mixin private final PythonOption python = new PythonOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /// What one side did with one file.
  ///
  /// @param name of the side, with its version
  /// @param seconds median of the runs
  /// @param megabytesPerSecond of the file, 10^6 bytes, by that median
  /// @param ratio median of its time over that of ours in the same round; 1 for ours
  /// @param largestDifference from our means
  record Side(
      String name,
      double seconds,
      double megabytesPerSecond,
      double ratio,
      double largestDifference) {}

  @Override
  public Integer call() throws IOException {
    if (prompts < 1 || samples < 17 || rounds < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--prompts and --rounds are at least 1 and --samples at least 17, were %d, %d and %d"
              .formatted(prompts, rounds, samples));
    }
    Path folder = Files.createTempDirectory("topdraw-bench");
    Path lines = folder.resolve("samples.jsonl");
    Path table = folder.resolve("samples.csv");
    try {
      write(lines, table);
      Map<String, List<Side>> sides = new LinkedHashMap<>();
      sides.put("JSON Lines", measure(lines));
      sides.put("CSV", measure(table));
      print(sides, Map.of("JSON Lines", Files.size(lines), "CSV", Files.size(table)));
    } finally {
      Files.deleteIfExists(lines);
      Files.deleteIfExists(table);
      Files.delete(folder);
    }
    return 0;
  }

  /// The same rows in both files.
  private void write(Path lines, Path table) throws IOException {
    Random random = new Random(seed);
    try (var json = Files.newBufferedWriter(lines);
        var csv = Files.newBufferedWriter(table)) {
      csv.write("prompt_id,completion,log_p,reward\n");
      for (int p = 0; p < prompts; p++) {
        for (int i = 0; i < samples; i++) {
          String said =
              "word" + " another word".repeat(random.nextInt(WORDS)) + " " + random.nextInt(50);
          String logP = Double.toString(-said.length() * (0.5 + random.nextDouble()));
          String reward = Double.toString(random.nextDouble());
          json.write(
              "{\"prompt_id\":\"p%d\",\"completion\":\"%s\",\"log_p\":%s,\"reward\":%s}\n"
                  .formatted(p, said, logP, reward));
          csv.write("p%d,%s,%s,%s\n".formatted(p, said, logP, reward));
        }
      }
    }
  }

  private List<Side> measure(Path file) throws IOException {
    List<MeasuredProcess> ours = new ArrayList<>();
    Map<String, List<MeasuredProcess>> theirs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      ours.add(MeasuredProcess.run(ours(file)));
      for (String library : LIBRARIES) {
        MeasuredProcess peer = MeasuredProcess.run(peer(library, file));
        theirs.computeIfAbsent(library, _ -> new ArrayList<>()).add(peer);
      }
    }
    List<Side> sides = new ArrayList<>();
    JsonNode curve = Json.read(ours.getFirst().output()).get("curve");
    sides.add(side("topdraw analyze", ours, ours, file, 0));
    for (Map.Entry<String, List<MeasuredProcess>> peer : theirs.entrySet()) {
      Optional<JsonNode> answer =
          Optional.of(peer.getValue().getFirst().output())
              .filter(said -> !said.startsWith("missing"))
              .map(Json::read);
      if (answer.isEmpty()) continue;
      Agreement agreement = Agreement.of(curve, answer.get().get("curves"));
      if (agreement.compared() != GRID.split(",", -1).length) {
        throw new IllegalStateException(peer.getKey() + ": compared " + agreement.compared());
      }
      String name = answer.get().get("peer").stringValue();
      sides.add(side(name, peer.getValue(), ours, file, agreement.largestDifference()));
    }
    return sides;
  }

  private static Side side(
      String name,
      List<MeasuredProcess> runs,
      List<MeasuredProcess> ours,
      Path file,
      double difference)
      throws IOException {
    double seconds = Median.of(runs, MeasuredProcess::seconds);
    double[] ratios =
        IntStream.range(0, runs.size())
            .mapToDouble(i -> runs.get(i).seconds() / ours.get(i).seconds())
            .toArray();
    return new Side(name, seconds, Files.size(file) / 1e6 / seconds, Median.of(ratios), difference);
  }

  private static List<String> ours(Path file) {
    List<String> command = new ArrayList<>(AnalysisRecording.program());
    command.addAll(List.of("analyze", file.toString(), "--quiet", "--json"));
    command.addAll(List.of("--reward", "reward", "-n", GRID));
    return command;
  }

  private List<String> peer(String library, Path file) throws IOException {
    return List.of(
        python.interpreter(),
        "-c",
        PythonPeer.text("readers_bench.py"),
        library,
        file.toString(),
        GRID);
  }

  private void print(Map<String, List<Side>> sides, Map<String, Long> bytes) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("rows", (long) prompts * samples);
      object.put("rounds", rounds);
      object.put("machine", Machine.described());
      object.put("bytes", bytes);
      object.put("sides", sides);
      out.println(Json.line(object));
      return;
    }
    out.printf(
        Locale.ROOT,
        "%,d rows of %d prompts, best of %s, medians of %d rounds%nmachine  %s%n",
        (long) prompts * samples,
        prompts,
        GRID,
        rounds,
        Machine.described());
    sides.forEach(
        (kind, each) -> {
          out.printf(Locale.ROOT, "%n%s, %.0f MB%n", kind, bytes.getOrDefault(kind, 0L) / 1e6);
          for (Side side : each) {
            out.printf(
                Locale.ROOT,
                "%8.2f s  %7.1f MB/s  its time / topdraw's %5.2f  %s%s%n",
                side.seconds(),
                side.megabytesPerSecond(),
                side.ratio(),
                side.name(),
                side.largestDifference() == 0
                    ? ""
                    : String.format(Locale.ROOT, " (differs by %.0e)", side.largestDifference()));
          }
          if (each.size() <= LIBRARIES.size()) {
            out.println(
                "some peers are not installed: "
                    + String.join(", ", LIBRARIES)
                    + "; tools/peers.sh FOLDER brings them");
          }
        });
  }
}
