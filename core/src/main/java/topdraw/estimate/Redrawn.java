package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.theory.confidence.Range;
import topdraw.theory.finding.Quantity;

/// One prompt as it would have been drawn without some of its draws, and with one that did not
/// come: how far each of its numbers moves tells how it varies with the drawing.
///
/// Up to 128 draws are left out one at a time, more in as many groups. The draw that did not come
/// is the best by every reward, and the longest: twice the largest value less the median.
final class Redrawn {
  /// The variance of a number, and the number with one draw more.
  static final int WIDTH = 2;

  private static final int MOST_GROUPS = 128;

  private final int size;
  private final int group;
  private final List<RankedDraws> without;
  private final RankedDraws more;

  private Redrawn(int size, int group, List<RankedDraws> without, RankedDraws more) {
    this.size = size;
    this.group = group;
    this.without = without;
    this.more = more;
  }

  /// @param prompt the prompt as it was drawn
  /// @param reward the reward that orders
  static Redrawn of(PromptView prompt, String reward) {
    List<Draw> draws = prompt.draws().draws();
    int size = draws.size();
    int group = (size + MOST_GROUPS - 1) / MOST_GROUPS;
    int groups = size == 1 ? 0 : Math.min(size / group, MOST_GROUPS);
    List<RankedDraws> without =
        IntStream.range(0, groups)
            .map(g -> (int) ((long) size * g / groups))
            .mapToObj(
                from -> {
                  List<Draw> kept = new ArrayList<>(draws.subList(0, from));
                  kept.addAll(draws.subList(from + group, size));
                  return prompt.with(kept).ranked(reward);
                })
            .toList();
    List<Draw> longer = new ArrayList<>(draws);
    longer.add(unseen(prompt.draws()));
    return new Redrawn(size, group, without, prompt.with(longer).ranked(reward));
  }

  private static Draw unseen(PromptDraws prompt) {
    List<Draw> draws = prompt.draws();
    List<String> names =
        draws.stream().flatMap(draw -> draw.scores().names().stream()).distinct().toList();
    List<Score> scores =
        names.stream()
            .map(
                name -> {
                  double[] known =
                      Arrays.stream(prompt.ranks(name)).filter(Double::isFinite).toArray();
                  OptionalDouble best = beyond(known);
                  return best.isEmpty()
                      ? new Score.Missing("no draw has one")
                      : Score.of(Range.ofPasses(known).isPresent() ? 1 : best.getAsDouble());
                })
            .toList();
    return new Draw(
        draws.size(),
        new Outcome.Unseen(Place.of("not drawn")),
        Optional.empty(),
        Tokens.count(beyond(known(draws, Draw::length))),
        LogProbability.missing(),
        FinishReason.NOT_RECORDED,
        new Scores(names, scores),
        beyond(known(draws, Draw::seconds)),
        Origin.at(Place.of("not drawn")));
  }

  private static double[] known(List<Draw> draws, Function<Draw, OptionalDouble> number) {
    return draws.stream()
        .map(number)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /// Twice the largest less the median.
  private static OptionalDouble beyond(double[] known) {
    if (known.length == 0) {
      return OptionalDouble.empty();
    }
    double[] sorted = known.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return OptionalDouble.of(2 * sorted[last] - (sorted[last / 2] + sorted[(last + 1) / 2]) / 2);
  }

  /// How a measure varies, [#WIDTH] numbers; NaN where no draw can be spared to tell.
  double[] spread(Measure measure, int n) {
    ToDoubleFunction<PromptAt> value = at -> measure.reading().of(at)[0];
    // What n draws cost is n times what one does.
    int at = measure.quantity() == Quantity.TOKENS ? 1 : n;
    double scale = (double) n / at;
    return new double[] {
      variance(measure, value, at) * scale * scale, value.applyAsDouble(more.at(at)) * scale
    };
  }

  private double variance(Measure measure, ToDoubleFunction<PromptAt> value, int n) {
    if (without.isEmpty() || !measure.asks(n, size - group)) {
      return 0;
    }
    double[] values =
        without.stream().mapToDouble(pool -> value.applyAsDouble(pool.at(n))).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return (size - (double) group) / group / values.length * squares;
  }
}
