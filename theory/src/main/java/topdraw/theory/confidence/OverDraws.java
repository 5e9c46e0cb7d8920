package topdraw.theory.confidence;

/// How a success statistic of one prompt varies with the drawing of `N`.
final class OverDraws {
  private final SuccessStatistic statistic;
  private final int draws;
  private final double[] byCount;
  private final double[] withoutOne;
  private final double[] squares;

  OverDraws(SuccessStatistic statistic, int draws) {
    this.statistic = statistic;
    this.draws = draws;
    byCount = statistic.byCount(draws);
    withoutOne = statistic.k() < draws ? statistic.byCount(draws - 1) : new double[0];
    squares = statistic.squares();
  }

  /// `U(c)`.
  double value(int correct) {
    return byCount[correct];
  }

  /// The variance of `U` after `correct` successes, under Jeffreys' posterior of the rate: `E U² -
  /// E f²`, since `U` is unbiased for `f`.
  double posteriorVariance(int correct) {
    double a = correct + 0.5;
    double b = draws - correct + 0.5;
    double[] counts = BetaBinomialPosterior.logChances(draws, a, b);
    double variance = 0;
    for (int c = 0; c <= draws; c++) {
      variance += Math.exp(counts[c]) * byCount[c] * byCount[c];
    }
    double[] twice = BetaBinomialPosterior.logChances(2 * statistic.k(), a, b);
    for (int s = 0; s < twice.length; s++) {
      variance -= Math.exp(twice[s]) * squares[s];
    }
    return Math.max(0, variance);
  }

  /// The variance of `U` by leaving out one draw at a time; 0 where all are needed.
  double jackknifeVariance(int correct) {
    if (withoutOne.length == 0) {
      return 0;
    }
    double withoutSuccess = withoutOne[Math.max(0, correct - 1)];
    double withoutFailure = withoutOne[Math.min(draws - 1, correct)];
    double mean = (correct * withoutSuccess + (draws - correct) * withoutFailure) / draws;
    return (draws - 1.0)
        / draws
        * (correct * (withoutSuccess - mean) * (withoutSuccess - mean)
            + (draws - correct) * (withoutFailure - mean) * (withoutFailure - mean));
  }
}
