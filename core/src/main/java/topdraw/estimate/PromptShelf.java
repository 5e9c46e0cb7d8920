package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptCurves.Best;
import topdraw.estimate.PromptCurves.Curve;
import topdraw.estimate.PromptCurves.Point;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding.Role;

/// The curves of the first prompts, as many as stay small. Later prompts count in every mean and
/// have no picture of their own.
final class PromptShelf {
  private static final int MOST_PROMPTS = 1_000;
  private static final int MOST_POINTS = 250_000;
  private static final int PROMPT_LENGTH = 300;
  private static final int TEXT_LENGTH = 1_000;
  private static final Set<String> SHOWN = Set.of("reward", "gold_reward", "win_rate", "kl");

  private final List<Measure> measures;
  private final List<Entry> entries = new ArrayList<>();
  private int points;

  /// One prompt, a list of points for each measure; a measure that is not shown has none.
  private record Entry(
      String key, String prompt, int draws, Optional<Best> best, List<List<Point>> points) {}

  PromptShelf(List<Measure> measures) {
    this.measures = measures;
  }

  /// Keeps a prompt while there is room.
  ///
  /// @param measured its points, a list for each measure
  void put(PromptDraws prompt, PromptView view, List<List<Point>> measured) {
    if (entries.size() == MOST_PROMPTS || points >= MOST_POINTS) {
      return;
    }
    List<List<Point>> kept =
        IntStream.range(0, measures.size())
            .mapToObj(m -> shown(measures.get(m)) ? measured.get(m) : List.<Point>of())
            .toList();
    points += kept.stream().mapToInt(List::size).sum();
    entries.add(
        new Entry(
            prompt.key(),
            cut(prompt.display(), PROMPT_LENGTH),
            view.size(),
            best(prompt, view.ranks()),
            kept));
  }

  /// The quantity itself, and what is certain for its one prompt.
  private static boolean shown(Measure measure) {
    return SHOWN.contains(measure.quantity())
        && (measure.role() == Role.VALUE || measure.proof() == Measure.Proof.CERTAIN);
  }

  /// The curves that may be told.
  ///
  /// @param told which measures the audit lets stand
  /// @param name what a measure is called at the end
  List<PromptCurves> curves(Predicate<Measure> told, Function<Measure, Measure> name) {
    return entries.stream().map(entry -> curves(entry, told, name)).toList();
  }

  private PromptCurves curves(
      Entry entry, Predicate<Measure> told, Function<Measure, Measure> name) {
    List<Curve> curves = new ArrayList<>();
    for (int m = 0; m < measures.size(); m++) {
      if (!entry.points().get(m).isEmpty() && told.test(measures.get(m))) {
        curves.add(curve(name.apply(measures.get(m)), entry.points().get(m)));
      }
    }
    return new PromptCurves(entry.key(), entry.prompt(), entry.draws(), entry.best(), curves);
  }

  private static Curve curve(Measure measure, List<Point> points) {
    return new Curve(
        measure.quantity(),
        measure.role(),
        measure.proof() == Measure.Proof.CERTAIN ? Evidence.THEOREM : Evidence.ESTIMATE,
        measure.unit(),
        measure.source(),
        points);
  }

  private static Optional<Best> best(PromptDraws prompt, double[] ranks) {
    int best = 0;
    for (int i = 1; i < ranks.length; i++) {
      best = ranks[i] > ranks[best] ? i : best;
    }
    double reward = ranks[best];
    return Double.isFinite(reward)
        ? Optional.of(
            new Best(reward, prompt.draws().get(best).text().map(text -> cut(text, TEXT_LENGTH))))
        : Optional.empty();
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    // Never between the two halves of one character.
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "…";
  }
}
