package topdraw.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import topdraw.bench.MeanStatistic.Answer;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;

/// Intervals of means over prompts, or over the drawing where prompts are few, as [MeanIntervals]
/// chooses them: how often they hold the truth.
///
/// @param trials data sets of each cell
/// @param alpha the chance of missing that the intervals are made for
/// @param seed the same seed gives the same cells
record MeanCoverage(int trials, double alpha, long seed) {
  static final String STUDY = "means";
  static final List<Integer> PROMPTS = List.of(1, 3, 5, 20, 200);
  static final List<Integer> DRAWS = List.of(4, 16, 64);
  private static final List<Double> RATES = List.of(0.002, 0.01, 0.05, 0.2, 0.5);

  /// How many rates stand for a law of rates.
  private static final int KINDS = 200;

  /// How many numbers stand for a law of rewards: so many that equal ones hardly come.
  private static final int PARTS = 50_000;

  /// Prompts drawn at random from some kinds, equally likely.
  ///
  /// @param name what is hard about them
  /// @param kinds the kinds
  /// @param statistics what is asked of a number of draws
  private record Law(String name, List<? extends PromptLaw> kinds, Asked statistics) {}

  private interface Asked {
    List<MeanStatistic> of(int draws);
  }

  private static List<Law> laws() {
    List<Law> laws = new ArrayList<>();
    for (double rate : RATES) {
      laws.add(passes("pass rate " + rate, List.of(new PromptLaw.Passing(rate))));
      laws.add(passes("pass rates around " + rate, spread(rate)));
    }
    for (double rate : new double[] {0.01, 0.3}) {
      laws.add(votes("right answers " + rate, List.of(PromptLaw.Answering.of(rate))));
    }
    laws.add(votes("right answers around 0.3", answers(spread(0.3))));
    RewardLaw stars = new RewardLaw(1, 2, 2, 3, 3, 3, 4, 4, 4, 5);
    laws.add(rewards("five stars", List.of(stars), Optional.of(new Range(1, 5))));
    laws.add(
        rewards(
            "five stars, three kinds",
            List.of(stars, new RewardLaw(1, 1, 1, 2, 2, 3), new RewardLaw(3, 4, 4, 5, 5, 5)),
            Optional.of(new Range(1, 5))));
    RewardLaw uniform = RewardLaw.of(u -> u, PARTS);
    laws.add(rewards("uniform in [0, 1]", List.of(uniform), Optional.of(Range.UNIT)));
    laws.add(rewards("uniform, no range", List.of(uniform), Optional.empty()));
    laws.add(
        rewards(
            "exponential", List.of(RewardLaw.of(u -> -Math.log1p(-u), PARTS)), Optional.empty()));
    laws.add(
        rewards(
            "exponential, spread scales",
            IntStream.range(0, 20)
                .mapToObj(
                    i -> RewardLaw.of(u -> -Math.log1p(-u) * -Math.log1p(-(i + 0.5) / 20), PARTS))
                .toList(),
            Optional.empty()));
    return List.copyOf(laws);
  }

  private static List<PromptLaw.Passing> spread(double rate) {
    BetaDistribution law = BetaDistribution.of(rate, 1 - rate);
    return IntStream.range(0, KINDS)
        .mapToObj(i -> new PromptLaw.Passing(law.inverseCumulativeProbability((i + 0.5) / KINDS)))
        .toList();
  }

  private static List<PromptLaw.Answering> answers(List<PromptLaw.Passing> rates) {
    return rates.stream().map(law -> PromptLaw.Answering.of(law.rate())).toList();
  }

  private static Law passes(String name, List<PromptLaw.Passing> kinds) {
    return new Law(
        name,
        kinds,
        draws -> {
          int half = draws / 2;
          return List.of(
              new MeanStatistic.OfPasses("pass@1", new SuccessStatistic.AnyOf(1)),
              new MeanStatistic.OfPasses("pass@" + half, new SuccessStatistic.AnyOf(half)),
              new MeanStatistic.OfPasses("pass^2", new SuccessStatistic.AllOf(2)),
              new MeanStatistic.OfPasses(
                  "G-Pass@" + half, new SuccessStatistic.ShareOf(half, 0.75)));
        });
  }

  private static Law votes(String name, List<PromptLaw.Answering> kinds) {
    return new Law(name, kinds, draws -> List.of(new MeanStatistic.OfVotes(draws / 2)));
  }

  private static Law rewards(String name, List<RewardLaw> kinds, Optional<Range> range) {
    return new Law(
        name,
        kinds,
        draws ->
            List.of(
                new MeanStatistic.OfBest(1, range),
                new MeanStatistic.OfBest(draws / 2, range),
                new MeanStatistic.OfWins(draws / 2)));
  }

  /// The parts of the study: each law at each number of draws.
  List<CoveragePart> parts() {
    List<CoveragePart> parts = new ArrayList<>();
    for (Law law : laws()) {
      for (int draws : DRAWS) {
        parts.add(new CoveragePart(STUDY, law.name(), draws, () -> cells(law, draws)));
      }
    }
    return parts;
  }

  private List<CoverageCell> cells(Law law, int draws) {
    return law.statistics().of(draws).stream()
        .flatMap(
            statistic -> {
              double[] truths = law.kinds().stream().mapToDouble(statistic::truth).toArray();
              return PROMPTS.stream().map(prompts -> cell(law, draws, statistic, truths, prompts));
            })
        .toList();
  }

  /// A data set's answer and its truth.
  private record Trial(Answer answer, double truth) {}

  private CoverageCell cell(
      Law law, int draws, MeanStatistic statistic, double[] truths, int prompts) {
    var intervals = new MeanIntervals(Scope.of(prompts), alpha);
    double ofAll = Arrays.stream(truths).average().orElseThrow();
    long salt = 31 * (31 * (31 * seed + law.name().hashCode()) + draws) + prompts;
    var tally = new CoverageTally();
    IntStream.range(0, trials)
        .parallel()
        .mapToObj(
            t -> {
              var random = new SplittableRandom(31 * salt + t);
              int[] kinds = random.ints(prompts, 0, truths.length).toArray();
              List<double[]> drawn =
                  Arrays.stream(kinds)
                      .mapToObj(kind -> law.kinds().get(kind).draw(random, draws))
                      .toList();
              double ofThese =
                  Arrays.stream(kinds).mapToDouble(kind -> truths[kind]).average().orElseThrow();
              return new Trial(
                  statistic.answer(drawn, intervals),
                  intervals.scope() == Scope.PROMPTS ? ofAll : ofThese);
            })
        .toList()
        .forEach(trial -> count(tally, trial));
    return tally.cell(STUDY, law.name(), prompts, draws, statistic.words());
  }

  private static void count(CoverageTally tally, Trial trial) {
    if (trial.answer().interval() instanceof MeanInterval.Found found) {
      tally.add(trial.answer().value(), found.interval(), trial.truth());
    } else {
      tally.addWithheld();
    }
  }
}
