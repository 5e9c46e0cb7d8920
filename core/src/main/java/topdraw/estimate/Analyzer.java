package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;
import topdraw.sample.PromptSamples;
import topdraw.theory.Finding;
import topdraw.theory.LevelLimits;

/// Takes the samples prompt by prompt and estimates best-of-n for every n of a grid at once. It
/// holds a number per prompt, n and measure, never the samples, those of the first prompts apart.
public final class Analyzer {
  private static final int EXAMPLES = 12;
  private static final int LARGEST = 1 << 20;
  private static final double LIMIT_FAILS = 0.001;

  private final AnalysisSettings settings;
  private final List<Measure> measures;
  private final List<Measure> rewindMeasures;
  private final Audit audit;
  private final TreeMap<Integer, Column> columns = new TreeMap<>();
  private final List<Tally> rewind;
  private final LevelLimits limits = new LevelLimits(LIMIT_FAILS);
  private final List<PromptSamples> examples = new ArrayList<>();
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
    if (examples.size() < EXAMPLES) {
      examples.add(prompt);
    }
    grid(view.size()).forEach(n -> add(view, n));
    for (int m = 0; m < rewind.size(); m++) {
      rewind.get(m).add(rewindMeasures.get(m).value().at(view, 1), view.size());
    }
  }

  private void add(PromptView view, int n) {
    Column column =
        columns.computeIfAbsent(n, _ -> new Column(measures.size(), new LevelProof(n, limits)));
    column.prompts++;
    if (settings.protocol() == Protocol.SUBSETS) {
      column.proof.add(view.levels());
    }
    for (int m = 0; m < measures.size(); m++) {
      if (n + measures.get(m).spare() <= view.size()) {
        column.tallies.get(m).add(measures.get(m).value().at(view, n), view.size());
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
    Withheld withheld = new Withheld();
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
        withheld.sentences(),
        curve,
        rewindFindings,
        examples);
  }

  private AtN atN(int n, Column column, List<Verdict> verdicts, Withheld withheld) {
    List<Finding> findings = new ArrayList<>();
    if (Audit.refusal(verdicts, Withholds.INDEPENDENCE).isEmpty()) {
      findings.add(RoundFindings.textbookKl(n));
      findings.add(RoundFindings.textbookWinRate(n));
    }
    for (int m = 0; m < measures.size(); m++) {
      Measure measure = measures.get(m);
      findings.addAll(
          findings(
              binary && measure.quantity().equals("reward") ? measure.asPassAtK() : measure,
              column.tallies.get(m),
              n,
              verdicts,
              withheld));
    }
    if (Audit.refusal(verdicts, Withholds.INDEPENDENCE).isEmpty()
        && Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isPresent()) {
      findings.addAll(column.proof.findings());
    }
    return new AtN(n, column.prompts, findings);
  }

  private List<Finding> rewind(List<Verdict> verdicts, Withheld withheld) {
    List<Finding> findings = new ArrayList<>();
    for (int m = 0; m < rewind.size(); m++) {
      findings.addAll(findings(rewindMeasures.get(m), rewind.get(m), 1, verdicts, withheld));
    }
    return findings;
  }

  private static List<Finding> findings(
      Measure measure, Tally tally, int n, List<Verdict> verdicts, Withheld withheld) {
    Optional<String> refusal = refusal(measure, verdicts);
    boolean logProbabilities = Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isEmpty();
    if (measure.fallback() && logProbabilities) {
      return List.of();
    }
    if (refusal.isPresent()) {
      withheld.add(measure.quantity() + " (" + measure.source() + ")", refusal.get());
      return List.of();
    }
    if (!tally.complete()) {
      if (tally.without() > 0) {
        unsaid(measure, tally, n, withheld);
      }
      return List.of();
    }
    return tally.findings(measure, n);
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

  private static void unsaid(Measure measure, Tally tally, int n, Withheld withheld) {
    String prompts = tally.without() + (tally.without() == 1 ? " prompt" : " prompts");
    String what = measure.quantity().replace('_', ' ');
    switch (measure.quantity()) {
      case "reward" ->
          withheld.add("reward at n = " + n, "in " + prompts + " a sample without score can win");
      case "gold_reward" -> withheld.add(what, "some samples of " + prompts + " have none");
      case "rewind_kl", "rewind_draws" ->
          withheld.add(
              what,
              "no sample of " + prompts + " reaches the threshold, so it may never end there");
      default -> withheld.add(what, "not recorded for every sample of the prompts");
    }
  }
}
