package topdraw.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
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

  private final PromptView prompt;
  private final String reward;
  private final int size;
  private final int group;
  private final int groups;

  private Redrawn(PromptView prompt, String reward, int group, int groups) {
    this.prompt = prompt;
    this.reward = reward;
    size = prompt.size();
    this.group = group;
    this.groups = groups;
  }

  /// @param prompt the prompt as it was drawn
  /// @param reward the reward that orders
  static Redrawn of(PromptView prompt, String reward) {
    int size = prompt.size();
    int group = (size + MOST_GROUPS - 1) / MOST_GROUPS;
    return new Redrawn(prompt, reward, group, size == 1 ? 0 : Math.min(size / group, MOST_GROUPS));
  }

  /// A measure at one `n`.
  record Asked(Measure measure, int n) {
    /// What n draws cost is n times what one does.
    int at() {
      return measure.quantity() == Quantity.TOKENS ? 1 : n;
    }

    double of(RankedDraws draws, int[] asked, Map<Integer, PromptAt> known) {
      return measure.reading().of(known.computeIfAbsent(at(), n -> draws.at(n, asked)))[0];
    }
  }

  private static Draw unseen(PromptDraws prompt) {
    List<Draw> draws = prompt.draws();
    List<String> names =
        draws.stream().flatMap(draw -> draw.scores().names().stream()).distinct().toList();
    List<Score> scores =
        names.stream()
            .map(
                name -> {
                  double[] known = finite(prompt.ranks(name));
                  boolean passes = Range.ofPasses(known).isPresent();
                  OptionalDouble best = beyond(known);
                  return best.isEmpty()
                      ? new Score.Missing("no draw has one")
                      : Score.of(passes ? 1 : best.getAsDouble());
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
    double[] known = new double[0];
    int count = 0;
    for (Draw draw : draws) {
      OptionalDouble of = number.apply(draw);
      if (of.isPresent()) {
        known = known.length == 0 ? new double[draws.size()] : known;
        known[count++] = of.getAsDouble();
      }
    }
    return first(count, known);
  }

  /// @param numbers overwritten
  private static double[] finite(double[] numbers) {
    int count = 0;
    for (double number : numbers) {
      if (Double.isFinite(number)) {
        numbers[count++] = number;
      }
    }
    return first(count, numbers);
  }

  private static double[] first(int count, double[] numbers) {
    return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
  }

  /// Twice the largest less the median.
  ///
  /// @param known sorted here
  private static OptionalDouble beyond(double[] known) {
    if (known.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(known);
    int last = known.length - 1;
    return OptionalDouble.of(2 * known[last] - (known[last / 2] + known[(last + 1) / 2]) / 2);
  }

  /// How measures vary, [#WIDTH] numbers each; 0 where no draw can be spared to tell.
  double[][] spread(List<Asked> asked) {
    if (asked.isEmpty()) {
      return new double[0][];
    }
    var values = new double[asked.size()][groups];
    int[] spared = asked.stream().filter(this::canSpare).mapToInt(Asked::at).toArray();
    int[] ofFewer = IntStream.of(spared).sorted().distinct().toArray();
    for (int g = 0; g < groups; g++) {
      int from = (int) ((long) size * g / groups);
      // One at a time: of millions of draws each is large.
      RankedDraws without = prompt.without(from, from + group).ranked(reward);
      Map<Integer, PromptAt> known = new HashMap<>();
      for (int k = 0; k < values.length; k++) {
        values[k][g] = canSpare(asked.get(k)) ? asked.get(k).of(without, ofFewer, known) : 0;
      }
    }
    RankedDraws more = prompt.with(unseen(prompt.draws())).ranked(reward);
    Map<Integer, PromptAt> known = new HashMap<>();
    int[] ofMore = asked.stream().mapToInt(Asked::at).sorted().distinct().toArray();
    var spreads = new double[asked.size()][];
    for (int k = 0; k < spreads.length; k++) {
      Asked one = asked.get(k);
      double scale = (double) one.n() / one.at();
      spreads[k] =
          new double[] {
            canSpare(one) ? variance(values[k]) * scale * scale : 0,
            one.of(more, ofMore, known) * scale
          };
    }
    return spreads;
  }

  /// Of a single draw nothing is left to ask.
  private boolean canSpare(Asked one) {
    return one.measure().asks(one.at(), size - group);
  }

  private double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return (size - (double) group) / group / values.length * squares;
  }
}
