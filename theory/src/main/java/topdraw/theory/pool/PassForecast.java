package topdraw.theory.pool;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Quantiles;

/// pass@k for more draws than there are, up to four times as many, without a model of how prompts
/// differ: the estimate of `(1-p)^k` from a count, corrected for bias 64 times as that of
/// [KlFromLevels]. What bias is left is in the interval.
///
///     mean of 1 - e(c_j) ± (t s/√P + b(N, k)),   b = max over w of |E_w e - (1-w)^k|
///
/// Never for a verifier that errs: its passes are not successes. Source: ours, `docs/theory.md` 15.
public final class PassForecast {
  private static final int FEWEST_PROMPTS = 10;
  private static final int FEWEST_SOLVED = 5;
  private static final double WIDEST = 0.6;

  /// Beyond this many times the draws the bias may be anything.
  public static final int FURTHEST = 4;

  private static final int GRID = 300;

  private static final Map<Long, Table> TABLES = new ConcurrentHashMap<>();

  /// The corrected values by count, and the bias that they may have.
  private record Table(double[] misses, double allowance) {}

  private PassForecast() {}

  /// The forecast.
  ///
  /// @param correct how many draws of each prompt succeed
  /// @param draws draws of each prompt, `N`
  /// @param k draws to forecast for, above `N`
  /// @param alpha the chance of missing, in `(0, 1/2]`
  /// @return the forecast, or why there is none
  /// @throws IllegalArgumentException if an argument is out of range
  public static ForecastAnswer at(int[] correct, int draws, int k, double alpha) {
    Checks.atLeastOne(draws, "draws");
    Checks.atLeastOne((double) k - draws, "k - draws");
    ForecastAnswer.Reason refused = refused(correct);
    if (refused == null && k > FURTHEST * draws) {
      refused = ForecastAnswer.Reason.TOO_FAR;
    }
    if (refused != null) {
      return new ForecastAnswer.Refused(refused);
    }
    Table table =
        TABLES.computeIfAbsent(((long) draws << Integer.SIZE) + k, key -> table(draws, k));
    double[] values = Arrays.stream(correct).mapToDouble(c -> 1 - table.misses[c]).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    int count = values.length;
    double half =
        Quantiles.student(alpha, count - 1.0) * Math.sqrt(squares / (count - 1.0) / count)
            + table.allowance;
    return within(
        correct, draws, k, alpha, new Interval(mean - half, mean + half), table.allowance);
  }

  /// Why no forecast is made from these counts, or null.
  static ForecastAnswer.@Nullable Reason refused(int[] correct) {
    if (correct.length < FEWEST_PROMPTS) {
      return ForecastAnswer.Reason.FEW_PROMPTS;
    }
    return Arrays.stream(correct).filter(c -> c > 0).count() < FEWEST_SOLVED
        ? ForecastAnswer.Reason.FEW_SUCCESSES
        : null;
  }

  /// Cut to what pass@N and the envelope allow.
  private static ForecastAnswer within(
      int[] correct, int draws, int k, double alpha, Interval interval, double allowance) {
    double solved = (double) Arrays.stream(correct).filter(c -> c > 0).count() / correct.length;
    Interval ofAll = passAt(draws, correct, draws, alpha);
    double top =
        draws == 1
            ? 1
            : atMost(passAt(draws - 1, correct, draws, alpha).lower(), ofAll.upper(), k - draws);
    double low = Math.clamp(interval.lower(), ofAll.lower(), 1);
    double high = Math.clamp(interval.upper(), low, Math.max(low, top));
    return high - low > WIDEST
        ? new ForecastAnswer.Refused(ForecastAnswer.Reason.TOO_WIDE)
        : new ForecastAnswer.Forecast(
            Math.clamp(
                (interval.lower() + interval.upper()) / 2,
                Math.max(low, solved),
                Math.max(high, solved)),
            new Interval(low, Math.max(high, solved)),
            allowance);
  }

  private static Interval passAt(int k, int[] correct, int draws, double alpha) {
    int[] all = IntStream.generate(() -> draws).limit(correct.length).toArray();
    MeanInterval interval =
        new MeanIntervals(Scope.PROMPTS, alpha)
            .ofSuccesses(new SuccessStatistic.AnyOf(k), correct, all);
    return ((MeanInterval.Found) interval).interval();
  }

  /// The most that pass@k can be, from two neighbours below: `1 - (1-θ_N) ρ^(k-N)`, `ρ = (1-θ_N)/(1
  /// - θ_{N-1})`. A *theorem* for what is true of all prompts: the logarithm of `E (1-p)^k` is
  ///   convex in `k` (Hölder).
  ///
  /// @param before pass@(N-1), in `[0, 1]`
  /// @param now pass@N, in `[0, 1]`
  /// @param further how many draws beyond `N`, at least 0
  /// @return the bound, at least `now`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double atMost(double before, double now, int further) {
    Checks.probability(before, "before");
    Checks.probability(now, "now");
    Checks.divergence(further, "further");
    if (before >= now) {
      return now;
    }
    return 1 - (1 - now) * Math.pow((1 - now) / (1 - before), further);
  }

  /// `b(N, k)`.
  static double allowance(int draws, int k) {
    return table(draws, k).allowance;
  }

  private static Table table(int draws, int k) {
    double[] corrected =
        new BiasCorrection(draws, draws + 1).corrected(c -> Math.pow(1 - (double) c / draws, k));
    double most = 0;
    for (int i = 0; i < GRID; i++) {
      double w = Math.pow(10, -4 * (1 - i / (GRID - 1.0)));
      most = Math.max(most, Math.abs(mean(corrected, w) - Math.pow(1 - w, k)));
    }
    return new Table(corrected, most);
  }

  /// The mean of values of a count at a rate above 0, where the last, that of nothing missed, is 0.
  private static double mean(double[] values, double rate) {
    int draws = values.length - 1;
    double logRate = Math.log(rate);
    double logRest = Math.log1p(-rate);
    double log = 0;
    double mean = 0;
    for (int c = 0; c < draws; c++) {
      mean += Math.exp(log + c * logRate + (draws - c) * logRest) * values[c];
      log += Math.log((draws - c) / (c + 1.0));
    }
    return mean;
  }
}
