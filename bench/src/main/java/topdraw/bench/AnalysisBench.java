package topdraw.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// Analyses of one recording in turns, each a process of its own: ours stands between every two
/// peers, so that a ratio is of two runs next to each other. What a peer says must be what ours
/// says.
final class AnalysisBench {
  private static final double TOLERANCE = 1e-9;

  private final AnalysisRecording recording;
  private final String python;
  private final Consumer<String> told;
  private final Map<AnalysisWork, List<AnalysisPeer>> peers = new EnumMap<>(AnalysisWork.class);
  private final Map<AnalysisWork, Runs> ours = new EnumMap<>(AnalysisWork.class);
  private final Map<AnalysisPeer, Runs> theirs = new EnumMap<>(AnalysisPeer.class);

  /// @param recording what everyone reads
  /// @param python has the peers
  /// @param told is told in a line each run, and who is left out
  AnalysisBench(AnalysisRecording recording, String python, Consumer<String> told) {
    this.recording = recording;
    this.python = python;
    this.told = told;
  }

  /// What a side did.
  ///
  /// @param work what was asked
  /// @param name what answered
  /// @param way what it computes and leaves out
  /// @param seconds median of its runs, from its start to its end
  /// @param processorSeconds median, of all threads; null where the system does not say
  /// @param peakBytes the most memory of any run; null where the system does not say
  /// @param ratio its time over ours next to it; null for ours
  /// @param processorRatio the same of processor time; null for ours and where the system does not
  ///   say
  /// @param compared numbers that it shares with ours; 0 for ours
  /// @param largestDifference of those, relative where they are above 1
  record Row(
      String work,
      String name,
      String way,
      double seconds,
      @Nullable Double processorSeconds,
      @Nullable Long peakBytes,
      @Nullable PairedRatio ratio,
      @Nullable PairedRatio processorRatio,
      int compared,
      double largestDifference) {}

  /// Runs of one side.
  private static final class Runs {
    final List<MeasuredProcess> all = new ArrayList<>();
    final List<MeasuredProcess> besideIt = new ArrayList<>();
    String name = "topdraw analyze";
    Agreement agreement = new Agreement(0, 0);

    /// Their times; empty where the system does not say.
    static List<Double> processor(List<MeasuredProcess> runs) {
      return runs.stream().flatMap(run -> run.processorSeconds().stream().boxed()).toList();
    }

    static List<Double> seconds(List<MeasuredProcess> runs) {
      return runs.stream().map(MeasuredProcess::seconds).toList();
    }

    @Nullable PairedRatio processorRatio() {
      List<Double> theirs = processor(all);
      List<Double> ours = processor(besideIt);
      return ours.isEmpty() || theirs.size() != ours.size() ? null : PairedRatio.of(theirs, ours);
    }

    Row row(AnalysisWork work, String way) {
      List<Double> processor = processor(all);
      OptionalLong peak = all.stream().flatMapToLong(run -> run.peakBytes().stream()).max();
      return new Row(
          work.toString(),
          name,
          way,
          Median.of(seconds(all), seconds -> seconds),
          processor.isEmpty() ? null : Median.of(processor, seconds -> seconds),
          peak.isPresent() ? peak.getAsLong() : null,
          besideIt.isEmpty() ? null : PairedRatio.of(seconds(all), seconds(besideIt)),
          processorRatio(),
          agreement.compared(),
          agreement.largestDifference());
    }
  }

  /// Adds a peer, or tells that it is not there.
  ///
  /// @throws IOException if there is no such Python, or the script fails
  void add(AnalysisPeer peer) throws IOException {
    String said = MeasuredProcess.run(AnalysisRecording.greeting(peer, python)).output().strip();
    if (said.startsWith("missing")) {
      told.accept(
          "%s is left out: %s lacks it (%s); tools/peers.sh installs it"
              .formatted(peer, python, said));
      return;
    }
    peers.computeIfAbsent(peer.work(), _ -> new ArrayList<>()).add(peer);
    Runs runs = new Runs();
    runs.name = said;
    theirs.put(peer, runs);
  }

  /// Measures.
  ///
  /// @param rounds at least 1
  /// @return a row a side, ours before the peers beside it
  /// @throws IOException if a side fails, or a peer says something else than ours
  List<Row> measure(int rounds) throws IOException {
    if (peers.isEmpty()) peers.put(AnalysisWork.EVERYTHING, List.of());
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<AnalysisWork, List<AnalysisPeer>> each : peers.entrySet()) {
        round(round, each.getKey(), each.getValue());
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<AnalysisWork, List<AnalysisPeer>> each : peers.entrySet()) {
      AnalysisWork work = each.getKey();
      rows.add(runs(work).row(work, work.way()));
      for (AnalysisPeer peer : each.getValue()) rows.add(runs(peer).row(work, peer.way()));
    }
    return rows;
  }

  private Runs runs(AnalysisWork work) {
    return ours.computeIfAbsent(work, _ -> new Runs());
  }

  private Runs runs(AnalysisPeer peer) {
    return theirs.computeIfAbsent(peer, _ -> new Runs());
  }

  /// A peer, ours, the next peer; then again for two more.
  private void round(int round, AnalysisWork work, List<AnalysisPeer> each) throws IOException {
    for (int first = 0; first < Math.max(1, each.size()); first += 2) {
      List<AnalysisPeer> pair = each.subList(first, Math.min(first + 2, each.size()));
      Map<AnalysisPeer, String> said = new EnumMap<>(AnalysisPeer.class);
      if (!pair.isEmpty()) said.put(pair.getFirst(), run(round, pair.getFirst()));
      MeasuredProcess own = MeasuredProcess.run(recording.ours(work));
      tell(round, "topdraw, " + work, own);
      runs(work).all.add(own.withoutOutput());
      if (pair.size() > 1) said.put(pair.getLast(), run(round, pair.getLast()));
      pair.forEach(peer -> runs(peer).besideIt.add(own.withoutOutput()));
      // Every run says the same, and reading what ours says takes a while.
      if (round == 1 && !pair.isEmpty()) compare(own.output(), said);
    }
  }

  private String run(int round, AnalysisPeer peer) throws IOException {
    MeasuredProcess run = MeasuredProcess.run(recording.theirs(peer, python));
    tell(round, peer.toString(), run);
    runs(peer).all.add(run.withoutOutput());
    return run.output();
  }

  private void tell(int round, String side, MeasuredProcess run) {
    told.accept(String.format(Locale.ROOT, "round %d, %s: %.1f s", round, side, run.seconds()));
  }

  private void compare(String own, Map<AnalysisPeer, String> said) throws IOException {
    JsonNode curve = Json.read(own).get("curve");
    for (Map.Entry<AnalysisPeer, String> each : said.entrySet()) {
      Runs runs = runs(each.getKey());
      runs.agreement = Agreement.of(curve, Json.read(each.getValue()));
      if (runs.agreement.compared() < recording.grid().size()) {
        throw new IOException(
            "%s shares %d numbers with topdraw, fewer than there are values of n"
                .formatted(runs.name, runs.agreement.compared()));
      }
      if (!(runs.agreement.largestDifference() <= TOLERANCE)) {
        throw new IOException(
            "%s and topdraw differ by %.1e, more than %.0e"
                .formatted(runs.name, runs.agreement.largestDifference(), TOLERANCE));
      }
    }
  }
}
