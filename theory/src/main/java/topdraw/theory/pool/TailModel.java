package topdraw.theory.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogBeta;
import topdraw.theory.confidence.BetaBinomialPosterior;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// pass@k far beyond the draws, if rates follow a beta law with a share of prompts never solved: an
/// *estimate* under that model, printed only where the model foretells the second half of the draws
/// from the first. It fails where all prompts are alike, and for laws of another shape.
public final class TailModel {
  private static final double[] NEVER = {0, .02, .05, .1, .2, .3, .5, .7};

  /// How many times the draws it may be asked for.
  private static final int FURTHEST = 100;

  /// One for each share and point of the grid of means and concentrations.
  private final double[] logWeights;

  private TailModel(double[] logWeights) {
    this.logWeights = logWeights;
  }

  /// The forecast, after a test on the draws at hand.
  ///
  /// @param first how many of the first half of each prompt's draws succeed
  /// @param half how many draws that half has
  /// @param correct how many of all draws of each prompt succeed
  /// @param draws draws of each prompt, `N`
  /// @param k draws to forecast for, above `N`, at most 100 times as many
  /// @param alpha the chance of missing, in `(0, 1)`
  /// @return the forecast, or why there is none
  /// @throws IllegalArgumentException if an argument is out of range
  public static ForecastAnswer forecast(
      int[] first, int half, int[] correct, int draws, int k, double alpha) {
    Checks.atLeastOne((double) k - draws, "k - draws");
    ForecastAnswer.Reason refused = PassForecast.refused(correct);
    if (refused == null && k > FURTHEST * draws) {
      refused = ForecastAnswer.Reason.TOO_FAR;
    }
    if (refused == null && !foretells(of(first, half).at(draws, alpha), correct)) {
      refused = ForecastAnswer.Reason.MODEL_FAILS;
    }
    if (refused != null) {
      return new ForecastAnswer.Refused(refused);
    }
    double[] ends = of(correct, draws).at(k, alpha);
    return new ForecastAnswer.Forecast(ends[1], new Interval(ends[0], ends[2]), 0);
  }

  /// Whether an interval holds the share of prompts solved, give or take its standard error.
  private static boolean foretells(double[] ends, int[] correct) {
    double solved = (double) Arrays.stream(correct).filter(c -> c > 0).count() / correct.length;
    double error = Math.sqrt(solved * (1 - solved) / correct.length);
    return ends[0] <= solved + error && ends[2] >= solved - error;
  }

  private static TailModel of(int[] correct, int draws) {
    double[][] table = BetaBinomialPosterior.logTable(draws);
    var times = new int[draws + 1];
    for (int c : correct) {
      times[c]++;
    }
    var logs = new double[NEVER.length * table.length];
    for (int z = 0; z < NEVER.length; z++) {
      double prior = z == 0 ? 0.5 : 0.5 / (NEVER.length - 1);
      for (int g = 0; g < table.length; g++) {
        double mean = BetaBinomialPosterior.meanAt(g);
        double log = Math.log(prior) + (Math.log(mean) + Math.log1p(-mean)) / 2;
        for (int c = 0; c <= draws; c++) {
          log += times[c] == 0 ? 0 : times[c] * logChance(table[g][c], NEVER[z], c);
        }
        logs[z * table.length + g] = log;
      }
    }
    return new TailModel(logs);
  }

  private static double logChance(double log, double never, int count) {
    double some = log + Math.log1p(-never);
    return count == 0 ? LogSpace.logAdd(some, Math.log(never)) : some;
  }

  /// Lower end, median and upper end of pass@k.
  private double[] at(int k, double alpha) {
    int grid = logWeights.length / NEVER.length;
    var values = new double[logWeights.length];
    for (int g = 0; g < grid; g++) {
      double a = BetaBinomialPosterior.meanAt(g) * BetaBinomialPosterior.concentrationAt(g);
      double b = BetaBinomialPosterior.concentrationAt(g) - a;
      double solved = -Math.expm1(Math.min(0, LogBeta.value(a, b + k) - LogBeta.value(a, b)));
      for (int z = 0; z < NEVER.length; z++) {
        values[z * grid + g] = (1 - NEVER[z]) * solved;
      }
    }
    double top = Arrays.stream(logWeights).max().orElseThrow();
    double[] weights = Arrays.stream(logWeights).map(log -> Math.exp(log - top)).toArray();
    double total = Arrays.stream(weights).sum();
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    return new double[] {
      quantile(alpha / 2 * total, order, values, weights),
      quantile(total / 2, order, values, weights),
      quantile((1 - alpha / 2) * total, order, values, weights)
    };
  }

  private static double quantile(double at, int[] order, double[] values, double[] weights) {
    double sum = 0;
    for (int i : order) {
      sum += weights[i];
      if (sum >= at) {
        return values[i];
      }
    }
    return values[order[order.length - 1]];
  }
}
