package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;
import topdraw.estimate.PromptCurves.Point;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.finding.Finding;

/// The tallies of an analysis, by n and measure, and what they say once the audit has spoken.
final class AnalysisSheet {
  private final AnalysisSettings settings;
  private final List<Measure> measures;
  private final List<Measure> rewindMeasures;
  private final TreeMap<Integer, Column> columns = new TreeMap<>();
  private final List<Tally> rewind;
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

  AnalysisSheet(AnalysisSettings settings, List<Measure> measures, List<Measure> rewindMeasures) {
    this.settings = settings;
    this.measures = measures;
    this.rewindMeasures = rewindMeasures;
    shelf = new PromptShelf(measures);
    rewind = rewindMeasures.stream().map(_ -> new Tally()).toList();
  }

  /// Adds a prompt.
  void add(Measured measured) {
    PromptView view = measured.view();
    if (!view.scored()) {
      unscored++;
      return;
    }
    prompts++;
    samples += view.size();
    binary &= Arrays.stream(view.ranks()).allMatch(r -> r == 0 || r == 1);
    List<List<Point>> own = measures.stream().<List<Point>>map(_ -> new ArrayList<>()).toList();
    measured.byN().forEach((n, said) -> add(n, said, view.size(), own));
    shelf.put(measured.prompt(), view, own);
    for (int m = 0; m < rewind.size(); m++) {
      rewind.get(m).add(measured.rewound().get(m), view.size());
    }
  }

  private void add(int n, Measured.AtN said, int draws, List<List<Point>> own) {
    Column column = columns.computeIfAbsent(n, _ -> new Column(measures.size(), new LevelProof(n)));
    column.prompts++;
    said.proof().ifPresent(proof -> column.proof.add(proof, draws));
    for (Measured.Value value : said.values()) {
      column.tallies.get(value.measure()).add(value.value(), draws);
      value.value().ifPresent(v -> own.get(value.measure()).add(new Point(n, v)));
    }
  }

  /// What was found.
  ///
  /// @param verdicts the audit of the same prompts
  Analysis result(List<Verdict> verdicts) {
    if (prompts == 0) {
      throw new InputException(
          Problem.UNKNOWN,
          "no sample has a score of the reward '" + settings.reward() + "'; name another with ",
          Parameter.REWARD,
          ", or its column with ",
          Parameter.MAP,
          " reward=COLUMN");
    }
    Set<Withheld> withheld = new LinkedHashSet<>();
    List<AtN> curve = new ArrayList<>();
    for (Map.Entry<Integer, Column> entry : columns.entrySet()) {
      if (!settings.grid().isEmpty() || 2 * entry.getValue().prompts >= prompts) {
        curve.add(atN(entry.getKey(), entry.getValue(), verdicts, withheld));
      }
    }
    if (curve.isEmpty()) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "no prompt has " + settings.grid().getFirst() + " draws; ask for a smaller n with ",
          Parameter.N);
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
