package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import topdraw.theory.Coverage;
import topdraw.theory.Tables;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.DrawnMeans;

/// How often intervals for means miss the truth, between limits on both sides: estimates, which
/// over few draws miss less often than they may. Of passes over prompts, and of values that no
/// range is known of, it is in [MeanIntervalsTest].
class MeanCoverageTest {
  /// Every outcome of three prompts, summed: 0.129, 0.124, 0.117 and 0.075 of what may be 0.2.
  @Test
  void passesOverDrawsMissTheirMeanLessOftenThanTheyMay() {
    var any = new SuccessStatistic.AnyOf(2);
    Coverage.assertBetween(.12, .14, .2, alpha -> missed(alpha, any, 7, .2, .5, .9));
    Coverage.assertBetween(.115, .135, .2, alpha -> missed(alpha, any, 8, .1, .2, .3));
    Coverage.assertBetween(
        .11, .13, .2, alpha -> missed(alpha, new SuccessStatistic.AllOf(2), 8, .5, .6, .7));
    Coverage.assertBetween(
        .07,
        .08,
        .2,
        alpha -> missed(alpha, new SuccessStatistic.MajorityShareOf(4), 8, .5, .6, .7));
  }

  private static double missed(
      double alpha, SuccessStatistic statistic, int draws, double... rates) {
    double[][] laws =
        Arrays.stream(rates)
            .mapToObj(rate -> Coverage.binomial(draws, rate))
            .toArray(double[][]::new);
    double truth = Arrays.stream(rates).map(statistic::ofRate).average().orElseThrow();
    var intervals = new MeanIntervals(Scope.DRAWS, alpha);
    var missed = new double[1];
    Tables.forEachTuple(
        draws + 1,
        rates.length,
        correct -> {
          int[] each = IntStream.generate(() -> draws).limit(rates.length).toArray();
          double chance = 1;
          for (int j = 0; j < rates.length; j++) {
            chance *= laws[j][correct[j]];
          }
          missed[0] += misses(intervals.ofSuccesses(statistic, correct, each), truth) * chance;
        });
    return missed[0];
  }

  private static int misses(MeanInterval found, double truth) {
    Interval interval = ((MeanInterval.Found) found).interval();
    return truth < interval.lower() || truth > interval.upper() ? 1 : 0;
  }

  private static double rate(RandomGenerator random, Function<RandomGenerator, Integer> misses) {
    return IntStream.range(0, 2000).map(_ -> misses.apply(random)).average().orElseThrow();
  }

  /// The best of one and of three exponential rewards, of three prompts of twelve draws, 2,000
  /// times.
  @Test
  void theJackknifeMissesTheMeanOfTheBestLessOftenThanItMay() {
    Coverage.assertBetween(.085, .125, .2, alpha -> missedByJackknife(alpha, 1, 1));
    Coverage.assertBetween(
        .055, .09, .2, alpha -> missedByJackknife(alpha, 3, 1 + 1 / 2.0 + 1 / 3.0));
  }

  private static double missedByJackknife(double alpha, int n, double truth) {
    var intervals = new MeanIntervals(Scope.DRAWS, alpha);
    return rate(
        Tables.random(17),
        random -> {
          List<DrawnValue> prompts =
              Stream.generate(() -> DoubleStream.generate(random::nextExponential).limit(12))
                  .limit(3)
                  .map(rewards -> DrawnMeans.ofBest(rewards.toArray(), n, Optional.empty()))
                  .toList();
          return misses(intervals.overDraws(prompts, Optional.empty()), truth);
        });
  }

  /// Square roots of uniform numbers, twenty prompts, 2,000 times.
  @Test
  void valuesInARangeMissTheirMeanAboutAsOftenAsTheyMay() {
    Coverage.assertBetween(.16, .2, .2, MeanCoverageTest::missedInRange);
  }

  private static double missedInRange(double alpha) {
    var intervals = new MeanIntervals(Scope.PROMPTS, alpha);
    return rate(
        Tables.random(19),
        random -> {
          double[] values = random.doubles(20).map(Math::sqrt).toArray();
          return misses(intervals.ofValues(values, Optional.of(Range.UNIT)), 2 / 3.0);
        });
  }
}
