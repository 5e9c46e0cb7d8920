package topdraw.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import topdraw.estimate.Bootstrap;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.finding.Interval;

/// How often intervals hold the truth, and how wide they are, on the data that certificates meet:
/// one number per prompt, most of them at the top, a few prompts far below.
final class CoverageStudy {
  private static final int POPULATION = 1000;

  private CoverageStudy() {}

  /// The intervals compared.
  enum Method {
    /// [ReferenceIntervals#hoeffding].
    HOEFFDING,
    /// [ReferenceIntervals#empiricalBernstein].
    EMPIRICAL_BERNSTEIN,
    /// [Betting#interval].
    BETTING,
    /// [Bootstrap#percentile].
    PERCENTILE,
    /// [Bootstrap#bca], measured also where it is withheld.
    BCA
  }

  /// A law of one prompt's number: each entry is equally likely.
  ///
  /// @param name what it stands for
  /// @param values numbers in `[0, 1]`
  record Case(String name, double[] values) {
    /// Copies the values.
    public Case {
      values = values.clone();
    }

    /// The law.
    ///
    /// @return a copy
    @Override
    public double[] values() {
      return values.clone();
    }

    /// The truth that intervals should hold.
    ///
    /// @return the mean
    double mean() {
      return Arrays.stream(values).average().orElseThrow();
    }
  }

  /// What one method did on one case.
  ///
  /// @param method the method
  /// @param coverage the share of trials whose interval held the mean
  /// @param width the mean width, on a scale of 1
  /// @param withheld the share of trials in which a person would not have seen it
  record Cell(Method method, double coverage, double width, double withheld) {}

  /// One case at one number of prompts.
  ///
  /// @param name the case
  /// @param mean its true mean
  /// @param prompts how many prompts were drawn in each trial
  /// @param cells one per method, in their order
  record Row(String name, double mean, int prompts, List<Cell> cells) {
    /// Copies the cells.
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /// The hard cases: rare low-entropy prompts, a broad law, win rates from a few batches.
  ///
  /// @return the cases
  static List<Case> hardCases() {
    return List.of(
        lowEntropy(0.10),
        lowEntropy(0.02),
        new Case("broad", quantiles(BetaDistribution.of(1.2, 0.34)::inverseCumulativeProbability)),
        new Case(
            "win rate, 8 batches",
            quantiles(
                u -> BinomialDistribution.of(8, 0.93).inverseCumulativeProbability(u) / 8.0)));
  }

  private static Case lowEntropy(double share) {
    return new Case(
        Math.round(100 * share) + " % low-entropy prompts",
        quantiles(u -> u < share ? 0.86 * u / share : 1));
  }

  private static double[] quantiles(DoubleUnaryOperator quantile) {
    return IntStream.range(0, POPULATION)
        .mapToDouble(i -> quantile.applyAsDouble((i + 0.5) / POPULATION))
        .toArray();
  }

  /// Runs every method on one case.
  ///
  /// @param law where numbers come from
  /// @param prompts how many numbers a trial draws, at least 2
  /// @param trials how many trials
  /// @param resamples bootstrap resamples of a trial
  /// @param alpha one minus the nominal confidence, in `(0, 1)`
  /// @param seed the same seed gives the same row
  /// @return the row
  static Row run(Case law, int prompts, int trials, int resamples, double alpha, long seed) {
    double mean = law.mean();
    double[] values = law.values();
    List<Map<Method, Trial>> results =
        IntStream.range(0, trials)
            .parallel()
            .mapToObj(
                t -> {
                  var random = new SplittableRandom(31 * (31 * seed + prompts) + t);
                  double[] drawn = draw(values, prompts, random);
                  return intervals(drawn, Bootstrap.of(drawn, resamples, random), alpha);
                })
            .toList();
    List<Cell> cells = new ArrayList<>();
    for (Method method : Method.values()) {
      List<Trial> trialsOfMethod = results.stream().map(trial -> trial.get(method)).toList();
      cells.add(cell(method, trialsOfMethod, mean));
    }
    return new Row(law.name(), mean, prompts, cells);
  }

  private record Trial(Interval interval, boolean withheld) {}

  private static double[] draw(double[] values, int count, SplittableRandom random) {
    return DoubleStream.generate(() -> values[random.nextInt(values.length)])
        .limit(count)
        .toArray();
  }

  private static Map<Method, Trial> intervals(double[] drawn, Bootstrap bootstrap, double alpha) {
    return Map.of(
        Method.HOEFFDING, new Trial(ReferenceIntervals.hoeffding(drawn, alpha), false),
        Method.EMPIRICAL_BERNSTEIN,
            new Trial(ReferenceIntervals.empiricalBernstein(drawn, alpha), false),
        Method.BETTING, new Trial(Betting.interval(drawn, alpha), false),
        Method.PERCENTILE, new Trial(bootstrap.percentile(alpha), false),
        Method.BCA, new Trial(bootstrap.bcaAnyway(alpha), bootstrap.bca(alpha).isEmpty()));
  }

  private static Cell cell(Method method, List<Trial> trials, double mean) {
    double held = 0;
    double width = 0;
    double withheld = 0;
    for (Trial trial : trials) {
      Interval interval = trial.interval();
      // Sums of equal numbers differ in the last digit from their product.
      held += interval.lower() <= mean + 1e-12 && mean - 1e-12 <= interval.upper() ? 1 : 0;
      width += interval.upper() - interval.lower();
      withheld += trial.withheld() ? 1 : 0;
    }
    int count = trials.size();
    return new Cell(method, held / count, width / count, withheld / count);
  }
}
