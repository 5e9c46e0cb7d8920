package topdraw.estimate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Withholds;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.LevelLimits;

/// Takes the samples prompt by prompt and estimates best-of-n for every n of a grid at once. It
/// holds a number per prompt, n and measure, never the samples.
///
///     do {
///       recording.forEach(analyzer::add);
///     } while (analyzer.again());
///     Analysis analysis = analyzer.result();
public final class Analyzer {
  /// Prompts measured at once: enough that no thread waits, few enough that memory is of a few.
  private static final int AHEAD = 2 * ForkJoinPool.getCommonPoolParallelism() + 1;

  private static final int LARGEST = 1 << 20;
  private static final double LIMIT_FAILS = 0.001;

  private final AnalysisSettings settings;
  private final List<Measure> measures;
  private final List<Measure> rewindMeasures;
  private final Audit audit;
  private final LevelLimits limits = new LevelLimits(LIMIT_FAILS);
  private final Deque<ForkJoinTask<Measured>> measuring = new ArrayDeque<>();
  private AnalysisSheet sheet;
  private boolean first = true;
  private boolean again;

  /// Whether to measure what needs no log-probability: only where the audit refuses them.
  private boolean fromLevels;

  /// An analysis that has seen nothing yet.
  ///
  /// @param settings what is asked
  public Analyzer(AnalysisSettings settings) {
    this.settings = settings;
    measures = Measure.of(settings);
    rewindMeasures = settings.threshold().isPresent() ? Measure.ofRewind() : List.of();
    sheet = new AnalysisSheet(settings, measures, rewindMeasures);
    audit =
        new Audit(Stream.concat(Stream.of(settings.reward()), settings.gold().stream()).toList());
  }

  /// Adds the samples of one prompt. It is measured beside the reading of the next ones; what comes
  /// out does not depend on the number of threads.
  ///
  /// @param prompt its samples
  public void add(PromptDraws prompt) {
    if (!again) {
      audit.look(prompt);
    }
    fromLevels |= first && refused();
    first = false;
    boolean levels = fromLevels;
    ForkJoinTask<Measured> task = ForkJoinTask.adapt(() -> measure(prompt, levels));
    measuring.add(task);
    if (measuring.size() < AHEAD) {
      ForkJoinPool.commonPool().execute(task);
    } else {
      task.invoke();
    }
    while (!measuring.isEmpty() && measuring.element().isDone()) {
      sheet.add(measuring.remove().join());
    }
  }

  /// Whether every prompt must be added once more before [#result]: the audit refused the
  /// log-probabilities, and not yet at the first prompt, so what equal rewards say alone was not
  /// measured.
  ///
  /// @return whether to go through the recording again
  public boolean again() {
    finish();
    if (fromLevels || !refused()) {
      return false;
    }
    again = true;
    fromLevels = true;
    sheet = new AnalysisSheet(settings, measures, rewindMeasures);
    return true;
  }

  private boolean refused() {
    return Audit.refusal(audit.verdicts(), Withholds.LOG_PROBABILITIES).isPresent();
  }

  /// What was found.
  ///
  /// @return the analysis of all prompts added so far
  /// @throws topdraw.input.InputException if no prompt has a score of the reward, or none has as
  ///   many draws as the grid asks for
  /// @throws IllegalStateException if [#again] would ask for the prompts once more
  public Analysis result() {
    finish();
    if (!fromLevels && refused()) {
      throw new IllegalStateException("every prompt must be added once more, see again()");
    }
    return sheet.result(audit.verdicts());
  }

  private void finish() {
    while (!measuring.isEmpty()) {
      sheet.add(measuring.remove().join());
    }
  }

  private Measured measure(PromptDraws prompt, boolean levels) {
    PromptView view = PromptView.of(prompt, settings, levels);
    Map<Integer, Measured.AtN> byN = new TreeMap<>();
    if (!view.scored()) {
      return new Measured(prompt, view, byN, List.of());
    }
    grid(view.size()).forEach(n -> byN.put(n, measure(PromptAt.of(view, n))));
    PromptAt one = PromptAt.of(view, 1);
    return new Measured(
        prompt, view, byN, rewindMeasures.stream().map(m -> m.value().at(one)).toList());
  }

  private Measured.AtN measure(PromptAt at) {
    List<Measured.Value> values = new ArrayList<>(measures.size());
    for (int m = 0; m < measures.size(); m++) {
      if (measures.get(m).fits(at)) {
        values.add(new Measured.Value(m, measures.get(m).value().at(at)));
      }
    }
    return new Measured.AtN(
        values,
        settings.protocol() == Protocol.SUBSETS
            ? LevelProof.Limits.of(at, limits)
            : Optional.empty());
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
}
