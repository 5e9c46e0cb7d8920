package topdraw.estimate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import topdraw.estimate.PromptCurves.Curve;
import topdraw.estimate.PromptCurves.Point;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// The curves of the first prompts, as many as stay small. Later prompts count in every mean and
/// have no picture of their own.
///
/// @param measured the numbers of all prompts
/// @param grid what is measured
/// @param numbers those of the grid
record PromptPictures(MeasuredPrompts measured, MeasureGrid grid, GridNumbers numbers) {
  private static final int MOST_POINTS = 250_000;
  private static final Set<Quantity> SHOWN =
      EnumSet.of(Quantity.REWARD, Quantity.GOLD_REWARD, Quantity.WIN_RATE, Quantity.KL);

  /// The curves that may be told.
  ///
  /// @param told which measures the audit lets stand
  /// @param name what a measure is called at the end
  List<PromptCurves> curves(Predicate<Measure> told, UnaryOperator<Measure> name) {
    List<PromptCurves> all = new ArrayList<>();
    int points = 0;
    for (Map.Entry<Integer, Portrait> shown : measured.portraits().entrySet()) {
      int prompt = shown.getKey();
      if (points >= MOST_POINTS) {
        break;
      }
      List<Curve> curves = new ArrayList<>();
      for (int m = 0; m < grid.measures().size(); m++) {
        Measure measure = grid.measures().get(m);
        List<Point> own = isShown(measure) && told.test(measure) ? points(prompt, m) : List.of();
        points += own.size();
        if (!own.isEmpty()) {
          curves.add(curve(name.apply(measure), own));
        }
      }
      Portrait portrait = shown.getValue();
      all.add(
          new PromptCurves(
              portrait.key(), portrait.words(), measured.draws(prompt), portrait.best(), curves));
    }
    return all;
  }

  /// The quantity itself, and what is certain for its one prompt.
  private static boolean isShown(Measure measure) {
    return SHOWN.contains(measure.quantity())
        && (measure.role() == Role.VALUE || measure.proof() == Measure.Proof.CERTAIN);
  }

  private List<Point> points(int prompt, int measure) {
    int[] ns = grid.upTo(measured.draws(prompt));
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < ns.length; i++) {
      double value = numbers.at(prompt, i, measure);
      if (grid.measures().get(measure).reading() instanceof Reading.Drift) {
        // Of one prompt the estimate may lie outside of what is possible; only means are cut.
        value = Math.clamp(value, 0, KlBounds.analytical(ns[i]));
      }
      if (!Double.isNaN(value)) {
        points.add(new Point(ns[i], value));
      }
    }
    return points;
  }

  private static Curve curve(Measure measure, List<Point> points) {
    return new Curve(
        measure.quantity(),
        measure.role(),
        measure.proof() == Measure.Proof.CERTAIN ? Evidence.THEOREM : Evidence.ESTIMATE,
        measure.source(),
        points);
  }
}
