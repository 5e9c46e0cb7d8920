package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
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

  /// Adds the samples of one prompt.
  ///
  /// @param prompt its samples
  public void add(PromptSamples prompt) {
    audit.look(prompt);
    PromptView view = PromptView.of(prompt, settings);
    if (Arrays.stream(view.ranks()).allMatch(Double::isInfinite)) {
      unscored++;
      return;
    }
    prompts++;
    samples += view.size();
    binary &= Arrays.stream(view.ranks()).allMatch(r -> r == 0 || r == 1);
    List<List<Point>> own = measures.stream().<List<Point>>map(_ -> new ArrayList<>()).toList();
    grid(view.size()).forEach(n -> add(view, n, own));
    shelf.put(prompt, view, own);
    for (int m = 0; m < rewind.size(); m++) {
      rewind.get(m).add(rewindMeasures.get(m).value().at(view, 1), view.size());
    }
  }

  private void add(PromptView view, int n, List<List<Point>> own) {
    Column column =
        columns.computeIfAbsent(n, _ -> new Column(measures.size(), new LevelProof(n, limits)));
    column.prompts++;
    if (settings.protocol() == Protocol.SUBSETS) {
      column.proof.add(view.levels());
    }
    for (int m = 0; m < measures.size(); m++) {
      if (n + measures.get(m).spare() <= view.size()) {
        OptionalDouble value = measures.get(m).value().at(view, n);
        column.tallies.get(m).add(value, view.size());
        if (value.isPresent()) {
          own.get(m).add(new Point(n, value.getAsDouble()));
        }
      }
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
