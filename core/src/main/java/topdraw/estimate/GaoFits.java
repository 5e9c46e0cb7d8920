package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import topdraw.estimate.Overoptimization.Axis;
import topdraw.estimate.Overoptimization.Fit;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.OveroptimizationFit;

/// The curve of Gao et al. through the mean gain over n = 1, its coefficients with bootstrap
/// intervals over prompts.
///
/// @param gold gold reward by prompt and n, the first n being 1
/// @param samples how many completions are behind it
/// @param random where the resamples come from
/// @param confidence of the intervals
record GaoFits(double[][] gold, long samples, RandomGenerator random, Confidence confidence) {
  private static final int RESAMPLES = 300;

  /// The fits on the analytical axis and, with a drift per prompt and n, on the estimated one.
  List<Fit> on(double[] formula, Optional<double[][]> drift) {
    List<Fit> fits = new ArrayList<>();
    var same = new double[gold.length][];
    Arrays.fill(same, formula);
    fit(Axis.ANALYTICAL, same).ifPresent(fits::add);
    drift.flatMap(kls -> fit(Axis.ESTIMATED, kls)).ifPresent(fits::add);
    return fits;
  }

  private Optional<Fit> fit(Axis axis, double[][] drift) {
    Optional<OveroptimizationFit> fit = through(gold, drift);
    if (fit.isEmpty()) {
      return Optional.empty();
    }
    List<OveroptimizationFit> resampled = new ArrayList<>();
    for (int r = 0; r < RESAMPLES; r++) {
      int[] picked = random.ints(gold.length, 0, gold.length).toArray();
      through(pick(gold, picked), pick(drift, picked)).ifPresent(resampled::add);
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        coefficient(Quantity.ALPHA, axis, fit.get(), resampled, OveroptimizationFit::alpha));
    findings.add(coefficient(Quantity.BETA, axis, fit.get(), resampled, OveroptimizationFit::beta));
    if (fit.get().peakIsMeasured()) {
      findings.add(
          coefficient(Quantity.PEAK_KL, axis, fit.get(), resampled, OveroptimizationFit::peakKl));
    }
    return Optional.of(new Fit(axis, fit.get(), findings));
  }

  private static double[][] pick(double[][] rows, int[] picked) {
    return Arrays.stream(picked).mapToObj(j -> rows[j]).toArray(double[][]::new);
  }

  /// Empty where two different drifts above 0 are missing, as with two draws per prompt.
  private static Optional<OveroptimizationFit> through(double[][] gold, double[][] drift) {
    double[] kls = Arrays.stream(JointBand.mean(drift)).map(k -> Math.max(0, k)).toArray();
    if (Arrays.stream(kls).filter(k -> k > 0).distinct().count() < 2) {
      return Optional.empty();
    }
    double[] mean = JointBand.mean(gold);
    return Optional.of(
        OveroptimizationFit.of(kls, Arrays.stream(mean).map(g -> g - mean[0]).toArray()));
  }

  private Finding coefficient(
      Quantity quantity,
      Axis axis,
      OveroptimizationFit fit,
      List<OveroptimizationFit> resampled,
      ToDoubleFunction<OveroptimizationFit> of) {
    double value = of.applyAsDouble(fit);
    double tail = confidence.alpha() / 2;
    double[] sorted = resampled.stream().mapToDouble(of).sorted().toArray();
    Optional<Interval> interval =
        sorted.length == 0
            ? Optional.empty()
            : Optional.of(
                new Interval(
                    Math.min(value, sorted[(int) (tail * sorted.length)]),
                    Math.max(value, sorted[(int) ((1 - tail) * sorted.length)])));
    return new Finding(
        quantity,
        Role.VALUE,
        value,
        Evidence.ESTIMATE,
        interval.isPresent() ? OptionalDouble.of(confidence.value()) : OptionalDouble.empty(),
        interval,
        OptionalLong.of(samples),
        OptionalLong.of(gold.length),
        source(axis),
        List.of("gold gain = d (alpha - beta d), d = sqrt(KL)"));
  }

  private static Estimator source(Axis axis) {
    return switch (axis) {
      case ANALYTICAL -> GoldStudy.FIT_ON_FORMULA;
      case ESTIMATED -> GoldStudy.FIT_ON_ESTIMATE;
    };
  }
}
