package topdraw.estimate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;
import topdraw.estimate.PromptCurves.Point;
import topdraw.sample.PromptSamples;
import topdraw.theory.Finding;
import topdraw.theory.LevelLimits;

/// Takes the samples prompt by prompt and estimates best-of-n for every n of a grid at once. It
/// holds a number per prompt, n and measure, never the samples.
public final class Analyzer {
  /// Prompts measured at once: enough that no thread waits, few enough that memory is of a few.
  private static final int AHEAD = 4 * ForkJoinPool.getCommonPoolParallelism() + 4;

  private static final int LARGEST = 1 << 20;
  private static final double LIMIT_FAILS = 0.001;

  private final AnalysisSettings settings;
  private final List<Measure> measures;
  private final List<Measure> rewindMeasures;
  private final Audit audit;
  private final TreeMap<Integer, Column> columns = new TreeMap<>();
  private final List<Tally> rewind;
  private final LevelLimits limits = new LevelLimits(LIMIT_FAILS);
  private final PromptShelf shelf;
  private final Deque<ForkJoinTask<Measured>> measuring = new ArrayDeque<>();
  private long prompts;
  private long unscored;
  private long samples;
  private boolean binary = true;

  /// The tallies of one n.
  private static final class Column {
    final List<Tally> tallies;
    final LevelProof proof;
    long prompts;

    Column(int measures, LevelProof proof) {
      this.proof = proof;
      tallies = Stream.generate(Tally::new).limit(measures).toList();
    }
  }

  /// An analysis that has seen nothing yet.
  ///
  /// @param settings what is asked
  public Analyzer(AnalysisSettings settings) {
    this.settings = settings;
    measures = Measure.of(settings);
    shelf = new PromptShelf(measures);
    rewindMeasures = settings.threshold().isPresent() ? Measure.ofRewind() : List.of();
    rewind = rewindMeasures.stream().map(_ -> new Tally()).toList();
    audit =
        new Audit(Stream.concat(Stream.of(settings.reward()), settings.gold().stream()).toList());
  }

  /// Adds the samples of one prompt. It is measured beside the reading of the next ones; what comes
  /// out does not depend on the number of threads.
  ///
  /// @param prompt its samples
  public void add(PromptSamples prompt) {
    measuring.add(ForkJoinPool.commonPool().submit(() -> measure(prompt)));
    if (measuring.size() > AHEAD) {
      take(measuring.remove().join());
    }
  }

  /// One prompt measured, by n.
  private record Measured(
      PromptSamples prompt,
      PromptView view,
      Map<Integer, Said> byN,
      List<OptionalDouble> rewound) {}

  /// The values of the measures that a prompt's draws suffice for, and what its equal rewards
  /// prove.
  private record Said(List<Value> values, Optional<LevelProof.Limits> proof) {}

  /// The value of a measure, counted from 0; empty when the data cannot say.
  private record Value(int measure, OptionalDouble value) {}

  private Measured measure(PromptSamples prompt) {
    PromptView view = PromptView.of(prompt, settings);
    Map<Integer, Said> byN = new TreeMap<>();
    if (!view.scored()) {
      return new Measured(prompt, view, byN, List.of());
    }
    grid(view.size()).forEach(n -> byN.put(n, measure(PromptAt.of(view, n))));
    PromptAt one = PromptAt.of(view, 1);
    return new Measured(
        prompt, view, byN, rewindMeasures.stream().map(m -> m.value().at(one)).toList());
  }

  private Said measure(PromptAt at) {
    List<Value> values = new ArrayList<>(measures.size());
    for (int m = 0; m < measures.size(); m++) {
      if (at.n() + measures.get(m).spare() <= at.view().size()) {
        values.add(new Value(m, measures.get(m).value().at(at)));
      }
    }
    return new Said(
        values,
        settings.protocol() == Protocol.SUBSETS
            ? LevelProof.Limits.of(at, limits)
            : Optional.empty());
  }

  private void take(Measured measured) {
    audit.look(measured.prompt());
    PromptView view = measured.view();
    if (!view.scored()) {
      unscored++;
      return;
    }
    prompts++;
    samples += view.size();
    binary &= Arrays.stream(view.ranks()).allMatch(r -> r == 0 || r == 1);
    List<List<Point>> own = measures.stream().<List<Point>>map(_ -> new ArrayList<>()).toList();
    measured.byN().forEach((n, said) -> take(n, said, view.size(), own));
    shelf.put(measured.prompt(), view, own);
    for (int m = 0; m < rewind.size(); m++) {
      rewind.get(m).add(measured.rewound().get(m), view.size());
    }
  }

  private void take(int n, Said said, int draws, List<List<Point>> own) {
    Column column = columns.computeIfAbsent(n, _ -> new Column(measures.size(), new LevelProof(n)));
    column.prompts++;
    said.proof().ifPresent(proof -> column.proof.add(proof, draws));
    for (Value value : said.values()) {
      column.tallies.get(value.measure()).add(value.value(), draws);
      value.value().ifPresent(v -> own.get(value.measure()).add(new Point(n, v)));
    }
  }

  /// The grid as far as a prompt of that many draws can say.
  private Stream<Integer> grid(int size) {
    Stream<Integer> all =
        settings.grid().isEmpty()
            ? Stream.iterate(1, n -> n <= LARGEST, n -> 2 * n)
                .flatMap(n -> n < 2 ? Stream.of(n) : Stream.of(n, n + n / 2))
            : settings.grid().stream();
    return all.takeWhile(n -> n <= size);
  }

  /// What was found.
  ///
  /// @return the analysis of all prompts added so far
  /// @throws IllegalArgumentException if no prompt has a score of the reward, or none has as many
  ///   draws as the grid asks for
  public Analysis result() {
    while (!measuring.isEmpty()) {
      take(measuring.remove().join());
    }
    if (prompts == 0) {
      throw new IllegalArgumentException(
          "no sample has a score of the reward '"
              + settings.reward()
              + "'; name another with --reward, or its column with --map reward=COLUMN");
    }
    List<Verdict> verdicts = audit.verdicts();
    Set<Withheld> withheld = new LinkedHashSet<>();
    List<AtN> curve = new ArrayList<>();
    for (Map.Entry<Integer, Column> entry : columns.entrySet()) {
      if (!settings.grid().isEmpty() || 2 * entry.getValue().prompts >= prompts) {
        curve.add(atN(entry.getKey(), entry.getValue(), verdicts, withheld));
      }
    }
    if (curve.isEmpty()) {
      throw new IllegalArgumentException(
          "no prompt has " + settings.grid().getFirst() + " draws; ask for a smaller n with -n");
    }
    List<Finding> rewindFindings = rewind(verdicts, withheld);
    return new Analysis(
        settings,
        prompts,
        unscored,
        samples,
        binary,
        verdicts,
        List.copyOf(withheld),
        curve,
        rewindFindings,
        shelf.curves(measure -> told(measure, verdicts), this::named));
  }

  private AtN atN(int n, Column column, List<Verdict> verdicts, Set<Withheld> withheld) {
    List<Finding> findings = new ArrayList<>();
    if (Audit.refusal(verdicts, Withholds.INDEPENDENCE).isEmpty()) {
      findings.add(RoundFindings.textbookKl(n));
      findings.add(RoundFindings.textbookWinRate(n));
    }
    for (int m = 0; m < measures.size(); m++) {
      Measure measure = measures.get(m);
      findings.addAll(findings(named(measure), column.tallies.get(m), n, verdicts, withheld));
    }
    if (Audit.refusal(verdicts, Withholds.INDEPENDENCE).isEmpty()
        && Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isPresent()) {
      findings.addAll(column.proof.findings());
    }
    return new AtN(n, column.prompts, findings);
  }

  private Measure named(Measure measure) {
    return binary && measure.quantity().equals("reward") ? measure.asPassAtK() : measure;
  }

  private List<Finding> rewind(List<Verdict> verdicts, Set<Withheld> withheld) {
    List<Finding> findings = new ArrayList<>();
    for (int m = 0; m < rewind.size(); m++) {
      findings.addAll(findings(rewindMeasures.get(m), rewind.get(m), 1, verdicts, withheld));
    }
    return findings;
  }

  private static List<Finding> findings(
      Measure measure, Tally tally, int n, List<Verdict> verdicts, Set<Withheld> withheld) {
    if (idle(measure, verdicts)) {
      return List.of();
    }
    Optional<String> refusal = refusal(measure, verdicts);
    if (refusal.isPresent()) {
      withheld.add(Withheld.refused(measure, refusal.get()));
      return List.of();
    }
    if (!tally.complete()) {
      if (tally.without() > 0) {
        withheld.add(Withheld.unsaid(measure, tally.without(), n));
      }
      return List.of();
    }
    return tally.findings(measure, n);
  }

  private static boolean told(Measure measure, List<Verdict> verdicts) {
    return !idle(measure, verdicts) && refusal(measure, verdicts).isEmpty();
  }

  /// A fallback that nothing needs: the log-probabilities may be used.
  private static boolean idle(Measure measure, List<Verdict> verdicts) {
    return measure.fallback() && Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isEmpty();
  }

  private static Optional<String> refusal(Measure measure, List<Verdict> verdicts) {
    Optional<String> dependent = Audit.refusal(verdicts, Withholds.INDEPENDENCE);
    return switch (measure.rests()) {
      case NOTHING -> Optional.empty();
      case INDEPENDENCE -> dependent;
      case LOG_PROBABILITIES ->
          dependent.or(() -> Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES));
    };
  }
}
